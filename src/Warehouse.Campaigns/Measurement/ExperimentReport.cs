using Warehouse.Campaigns.Measurement.Uplift;
using Warehouse.Definitions;

namespace Warehouse.Campaigns.Measurement;

/// <summary>What an experiment showed.</summary>
/// <param name="Control">The arm that the others are compared with.</param>
/// <param name="Customers">Customers of all arms.</param>
/// <param name="SampleRatio">Whether the arms can be compared at all.</param>
/// <param name="Effects">What each arm changed; empty where the arms cannot be compared.</param>
/// <param name="Cuped">The same with less noise, an entry for each outcome; empty without covariates or where the arms cannot be compared.</param>
/// <param name="Power">How many customers would be needed, an entry for each outcome.</param>
/// <param name="Profit">What each arm earned; empty where no outcome is money or the arms cannot be compared.</param>
/// <param name="Uplift">On whom each arm works; empty where it was not asked, no outcome is yes or no, or the arms cannot be compared.</param>
/// <param name="Contamination">Who of the control was reached all the same, an entry for each arm; empty where nobody was, or nobody said whom anything reached.</param>
/// <param name="Words">The findings as sentences.</param>
public sealed record ExperimentReport(
    string Control,
    int Customers,
    SampleRatio SampleRatio,
    IReadOnlyList<Effect> Effects,
    IReadOnlyList<Cuped> Cuped,
    IReadOnlyList<OutcomePower> Power,
    IReadOnlyList<Profit> Profit,
    IReadOnlyList<UpliftReport> Uplift,
    IReadOnlyList<Contamination> Contamination,
    IReadOnlyList<string> Words)
{
    /// <summary>Whether every arm may claim an effect on every outcome.</summary>
    public bool IsEveryClaimMade => Effects.Count > 0 && Effects.All(effect => effect.Claim.IsMade);

    /// <summary>Measures an experiment.</summary>
    /// <exception cref="WrongCommandException">The options name an arm or an outcome that the experiment has not.</exception>
    /// <exception cref="UserFaultException">It is asked on whom it works, and there is too little to tell that from.</exception>
    public static ExperimentReport Of(Experiment experiment, MeasurementOptions options)
    {
        var ratio = SampleRatio.Of(experiment.Arms, experiment.Sizes, Shares(experiment.Arms, options.ExpectedShares));
        var lift = options.ExpectedLift ?? OutcomePower.CustomaryLift;
        var power = experiment.Outcomes
            .Select(outcome => OutcomePower.Of(outcome, Moments.Of(experiment.OfArm(outcome.Values, 0)), lift))
            .ToArray();
        if (options.Profit is { } money && experiment.Outcomes.All(outcome => outcome.Name != money.Outcome))
        {
            throw new WrongCommandException(
                $"\"{money.Outcome}\" is none of the outcomes. {NearNames.Hint(money.Outcome, experiment.Outcomes.Select(outcome => outcome.Name), "outcomes")}");
        }

        if (!ratio.IsSound)
        {
            return new ExperimentReport(experiment.Arms[0], experiment.Customers, ratio, [], [], power, [], [], [], [Mismatch(ratio)]);
        }

        var contamination = Measurement.Contamination.All(experiment);
        if (contamination.FirstOrDefault(arm => arm.Dilution is null) is { } undone)
        {
            return new ExperimentReport(experiment.Arms[0], experiment.Customers, ratio, [], [], power, [], [], contamination, [undone.Words]);
        }

        var comparisons = Comparison.All(experiment, options.Seed);
        var adjusted = Holm.Adjust([.. comparisons.Select(comparison => comparison.Test.P)]);
        var effects = comparisons.Select((found, place) => EffectOf(found, adjusted[place], comparisons.Count, options)).ToArray();
        var uplift = options.HasUplift ? UpliftReport.All(experiment, options.Seed) : [];
        return new ExperimentReport(
            experiment.Arms[0],
            experiment.Customers,
            ratio,
            effects,
            experiment.Covariates.Count == 0 ? [] : [.. experiment.Outcomes.Select(outcome => Measurement.Cuped.Of(experiment, outcome))],
            power,
            options.Profit is { } terms
                ? [.. effects.Where(effect => effect.Outcome == terms.Outcome).Select(effect => Measurement.Profit.Of(effect, terms))]
                : [],
            uplift,
            [.. contamination.Select(arm => arm.With(effects))],
            [.. contamination.Select(arm => arm.Words), .. effects.Select(effect => effect.Claim.Words), .. uplift.Select(found => found.Words)]);
    }

    private static Effect EffectOf(Comparison found, double adjustedP, int comparisons, MeasurementOptions options)
    {
        var alwaysValid = AlwaysValid.Of(
            found.Test.Difference, found.Test.StandardError, found.Treated.Count + found.Control.Count, options.PlannedCustomers);
        return EffectOf(found, alwaysValid, adjustedP, Claim.Of(found, alwaysValid, adjustedP, comparisons, options));
    }

    private static Effect EffectOf(Comparison found, Interval alwaysValid, double adjustedP, Claim claim) => new(
        found.Arm,
        found.Outcome.Name,
        found.Treated.Count,
        found.Control.Count,
        found.Treated.Mean,
        found.Control.Mean,
        found.Test.Difference,
        found.Control.Mean == 0 ? null : found.Test.Difference / found.Control.Mean,
        found.Test.StandardError,
        found.Test.Interval.Low,
        found.Test.Interval.High,
        found.Test.P,
        adjustedP,
        found.Bootstrap,
        alwaysValid,
        Measurement.Power.MinimumDetectable(found.Test.StandardError),
        claim);

    private static double[] Shares(IReadOnlyList<string> arms, IReadOnlyDictionary<string, double> expected)
    {
        if (expected.Count == 0)
        {
            return [.. arms.Select(_ => 1d / arms.Count)];
        }

        foreach (var name in expected.Keys.Where(name => !arms.Contains(name)))
        {
            throw new WrongCommandException($"No customer is in the arm \"{name}\". {NearNames.Hint(name, arms, "arms")}");
        }

        var total = expected.Values.Sum();
        return
        [
            .. arms.Select(arm => expected.TryGetValue(arm, out var share)
                ? share / total
                : throw new WrongCommandException($"The arm \"{arm}\" has no expected share, and the others have.")),
        ];
    }

    private static string Mismatch(SampleRatio ratio) => FormattableString.Invariant(
        $"Nothing is measured: the arms have {string.Join(", ", ratio.Arms.Select(arm => FormattableString.Invariant($"{arm.Customers:#,##0} ({arm.Arm})")))} customers, and {string.Join(", ", ratio.Arms.Select(arm => FormattableString.Invariant($"{arm.Expected:#,##0}")))} were expected. Chance makes them as uneven in less than {SampleRatio.Threshold:0.#%} of experiments (p {ratio.P:0.0e+0}): customers were lost or doubled on the way. Find out where before believing any effect; where the arms were meant to be uneven, say so with their shares.");
}
