using static System.FormattableString;

namespace Warehouse.Campaigns.Measurement;

/// <summary>Whether an effect may be claimed.</summary>
/// <param name="IsMade">Whether it may.</param>
/// <param name="Refusal">Why not; <see cref="Refusal.None"/> where it may.</param>
/// <param name="Words">The same as a sentence for those who will act on it.</param>
public sealed record Claim(bool IsMade, Refusal Refusal, string Words)
{
    /// <summary>Fewer customers than this with anything but zero, in both arms together, are anecdotes.</summary>
    public const int FewestCustomers = 30;

    internal static Claim Of(Comparison found, Interval alwaysValid, double adjustedP, int comparisons, MeasurementOptions options)
    {
        var numbers = new Numbers(found.Outcome.IsRate);
        var interval = $"(95 % interval {numbers.Signed(found.Test.Interval.Low)} to {numbers.Signed(found.Test.Interval.High)})";
        var size = $"{numbers.Signed(found.Test.Difference)}{numbers.Unit} {interval}";
        var why = WhyNot(found, alwaysValid, adjustedP, options);
        var reason = why switch
        {
            Refusal.None => null,
            Refusal.TooFew => Invariant(
                $"only {found.CustomersWithAny:#,##0} customers of both arms together have any; at least {FewestCustomers} are needed before numbers mean anything"),
            Refusal.NoVariation =>
                "within each arm all customers have the same value, so that there is nothing to tell chance by; see whether the column says anything but the arm",
            Refusal.ChanceAlone => $"the difference is {size}, and the interval holds zero: chance alone may have made it",
            Refusal.ManyComparisons => Invariant(
                $"the difference of {size} would count alone, but {comparisons} comparisons were made, and among so many one as large comes by chance (corrected p {adjustedP:0.000})"),
            Refusal.TooEarly => Invariant(
                $"its window is open until {options.OpenUntil:yyyy-MM-dd}, and who looks before the end finds what he likes by chance: the interval that allows for looking again and again is {numbers.Signed(alwaysValid.Low)} to {numbers.Signed(alwaysValid.High)} and holds zero"),
            Refusal.FewLargeValues when found.Bootstrap is { } drawn => Invariant(
                $"the difference of {size} rests on a few very large values; drawn again and again from the same customers, the interval is {numbers.Signed(drawn.Low)} to {numbers.Signed(drawn.High)} and holds zero"),
            Refusal.FewLargeValues => $"the difference of {size} rests on so few customers that hardly any others would show it",
            _ => Invariant(
                $"the test was too small for the expected {options.ExpectedLift:+0 %;-0 %}: it sees that in only {Power.ToSee(found.Control.Mean * options.ExpectedLift!.Value, found.Test.StandardError):0 %} of cases, and what so small a test finds is mostly luck made large"),
        };
        return reason is null
            ? new Claim(
                true,
                why,
                $"{found.Arm} {(found.Test.Difference < 0 ? "lowered" : "raised")} {found.Outcome.Name} by {numbers.Size(found.Test.Difference)}{numbers.Unit} {interval}, from {numbers.Plain(found.Control.Mean)} to {numbers.Plain(found.Treated.Mean)} for each customer.")
            : new Claim(false, why, $"No claim that {found.Arm} changed {found.Outcome.Name}: {reason}.");
    }

    private static Refusal WhyNot(Comparison found, Interval alwaysValid, double adjustedP, MeasurementOptions options) =>
        found.CustomersWithAny < FewestCustomers ? Refusal.TooFew
        : found.Test.StandardError == 0 ? Refusal.NoVariation
        : found.Test.P > WelchTest.Alpha ? Refusal.ChanceAlone
        : adjustedP > WelchTest.Alpha ? Refusal.ManyComparisons
        : options.OpenUntil is not null && alwaysValid.Holds(0) ? Refusal.TooEarly
        : found.Bootstrap is not { } drawn || drawn.Holds(0) ? Refusal.FewLargeValues
        : options.ExpectedLift is { } lift && Power.ToSee(found.Control.Mean * lift, found.Test.StandardError) < Power.Target ? Refusal.UnderPowered
        : Refusal.None;

    /// <summary>Rates as percentages and points, all else as numbers.</summary>
    private readonly record struct Numbers(bool IsRate)
    {
        public string Plain(double value) => IsRate ? Invariant($"{value:0.00 %}") : Invariant($"{value:#,##0.00}");

        public string Unit => IsRate ? " points" : "";

        public string Size(double value) => Invariant($"{Math.Abs(value) * Scale:#,##0.00}");

        public string Signed(double value) => Invariant($"{value * Scale:+#,##0.00;-#,##0.00;0.00}");

        private int Scale => IsRate ? 100 : 1;
    }
}

/// <summary>Why a claim is refused.</summary>
public enum Refusal
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>Too few customers have anything but zero.</summary>
    TooFew,

    /// <summary>Neither arm varies.</summary>
    NoVariation,

    /// <summary>The interval holds zero.</summary>
    ChanceAlone,

    /// <summary>It does not stand when all comparisons are counted.</summary>
    ManyComparisons,

    /// <summary>The experiment still runs, and the interval that may be looked at again and again holds zero.</summary>
    TooEarly,

    /// <summary>It stands by Welch's interval but not by the bootstrap's.</summary>
    FewLargeValues,

    /// <summary>The experiment could not be expected to see what was expected of it.</summary>
    UnderPowered,
}
