using System.Data.Common;
using Warehouse.Campaigns.ControlGroups;
using Warehouse.Campaigns.Measurement;
using Warehouse.Store;
using static System.FormattableString;

namespace Warehouse.Campaigns.Plans;

/// <summary>
/// What a wave's arms can show, with 80 % power at 5 %, two-sided, the baseline being what the same customers did in a window
/// of the same length before; with several treatments, for the smallest of them.
/// </summary>
/// <param name="Measure">What is counted.</param>
/// <param name="Baseline">The share who bought, to six decimals, or what they spent on average.</param>
/// <param name="MinimumDetectable">The smallest rise that the arms show; null where an arm is empty or nothing varies.</param>
/// <param name="Expected">The rise that the plan expects, in the units of the baseline; null where it expects none.</param>
/// <param name="CustomersPerArm">Customers in each of two equal arms to show it; null where none is expected or no number does.</param>
/// <param name="MoreCustomers">How many more customers, drawn in the same shares, would show it; null where they suffice or none would.</param>
/// <param name="DaysNeeded">How long a window would show it with these customers, if they go on as before; null where this one does, or two years do not.</param>
public sealed record PlannedPower(
    ObjectiveMeasure Measure,
    double Baseline,
    double? MinimumDetectable,
    double? Expected,
    double? CustomersPerArm,
    long? MoreCustomers,
    int? DaysNeeded)
{
    private const int LongestDays = 730;

    /// <summary>Whether the wave can show what it expects; a plan that expects nothing promises nothing, and can.</summary>
    public bool CanShow => Expected is not { } rise || (MinimumDetectable is { } least && rise >= least);

    /// <summary>What follows, as sentences.</summary>
    public IReadOnlyList<string> Words
    {
        get
        {
            if (MinimumDetectable is not { } least)
            {
                return ["An arm has nobody, or nobody buys: nothing can be shown afterwards."];
            }

            var shows = Measure == ObjectiveMeasure.Conversion
                ? Invariant($"{Baseline:0.00 %} buy in such a time anyway; the arms show a rise of {least * 100:0.00} points or more")
                : Invariant($"Customers spend {Baseline:#,##0.00} in such a time anyway; the arms show a rise of {least:#,##0.00} or more");
            return
            [
                Expected is not { } rise ? $"{shows}. What is expected is not said."
                    : CanShow ? $"{shows}, and {Amount(rise)} are expected: it can be shown."
                    : $"{shows}, and only {Amount(rise)} are expected: it cannot be shown. It takes {MoreWords}.",
            ];
        }
    }

    private string MoreWords => (MoreCustomers, DaysNeeded) switch
    {
        ({ } more, { } days) => Invariant($"{more:#,##0} more customers, or a window of {days:#,##0} days"),
        ({ } more, null) => Invariant($"{more:#,##0} more customers"),
        _ => "another offer: nobody buys",
    };

    internal static async Task<PlannedPower> OfDrawAsync(
        DbConnection connection, CampaignPlan plan, PlannedWave wave, IReadOnlyList<DrawnArm> arms, CancellationToken cancellationToken)
    {
        var (share, mean, variance) = (await connection.RowsAsync(
            """
            SELECT coalesce(avg(CAST(has_bought AS INTEGER)), 0), coalesce(avg(spent), 0), coalesce(var_samp(spent), 0)
            FROM temp.campaign_draw
            WHERE arm IS NOT NULL
            """,
            row => (row.GetDouble(0), row.GetDouble(1), row.GetDouble(2)),
            cancellationToken))[0];
        var control = arms.First(arm => arm.Arm == ControlGroup.ControlArm).Customers;
        var smallest = arms.Where(arm => arm.Arm != ControlGroup.ControlArm).Min(arm => arm.Customers);
        var perCustomer = control == 0 || smallest == 0 ? (double?)null : (1d / control) + (1d / smallest);
        var lift = (double?)plan.Objective.ExpectedLift;
        return plan.Objective.Measure == ObjectiveMeasure.Conversion
            ? OfRate(Math.Round(share, 6), perCustomer, lift, arms.Sum(arm => arm.Customers), wave.Days)
            : OfMean(mean, variance, perCustomer, lift, arms.Sum(arm => arm.Customers), wave.Days);
    }

    private static PlannedPower OfRate(double rate, double? perCustomer, double? lift, long customers, int days)
    {
        var least = Detectable(rate);
        var needed = lift is { } rise ? Power.CustomersForRate(rate, rise) : double.PositiveInfinity;
        return new PlannedPower(
            ObjectiveMeasure.Conversion, rate, least, lift * rate, Whole(needed), More(least, lift * rate, customers),
            least > lift * rate ? Enumerable.Range(days + 1, Math.Max(0, LongestDays - days)).Select(longer => (int?)longer).FirstOrDefault(longer => Detectable(After(longer!.Value)) <= lift * After(longer.Value)) : null);

        double? Detectable(double share) => perCustomer is { } each && share is > 0 and < 1 ? Power.MinimumDetectable(Math.Sqrt(share * (1 - share) * each)) : null;

        double After(int longer) => 1 - Math.Pow(1 - rate, (double)longer / days);
    }

    private static PlannedPower OfMean(double mean, double variance, double? perCustomer, double? lift, long customers, int days)
    {
        var least = perCustomer is { } each && variance > 0 ? Power.MinimumDetectable(Math.Sqrt(variance * each)) : (double?)null;
        var needed = lift is { } rise ? Power.CustomersForMean(mean, variance, rise) : double.PositiveInfinity;
        var times = least > lift * mean ? Math.Pow(least.Value / (lift!.Value * mean), 2) : 1;
        return new PlannedPower(
            ObjectiveMeasure.Spend, mean, least, lift * mean, Whole(needed), More(least, lift * mean, customers),
            times > 1 && times * days <= LongestDays ? (int)Math.Ceiling(times * days) : null);
    }

    private static long? More(double? least, double? rise, long customers) =>
        least > rise && rise > 0 ? (long)Math.Ceiling(customers * (Math.Pow(least.Value / rise.Value, 2) - 1)) : null;

    private static double? Whole(double customers) => double.IsFinite(customers) ? Math.Ceiling(customers) : null;

    private string Amount(double rise) => Measure == ObjectiveMeasure.Conversion ? Invariant($"{rise * 100:0.00}") : Invariant($"{rise:#,##0.00}");
}
