using System.Globalization;
using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Populations;
using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.GammaGamma;
using Warehouse.Store;

namespace Warehouse.Analysis.Lifetimes;

/// <summary>
/// What customers are expected to buy and to be worth, as of a date. Purchases are orders with a line that is no return, those of one
/// instant being one; time is in weeks. The model of purchases is the one that predicts the last weeks best from what was known before them, fitted anew
/// to all until the date; spend is by Gamma-Gamma over the repeat purchases.
/// </summary>
public static class LifetimeAnalysis
{
    private const double SecondsPerWeek = 604_800;
    private const double LongestHoldout = 52;
    private const double ShortestHoldout = 4;
    private const double NotableCorrelation = .2;

    private static readonly LifetimeModelKind[] Candidates = [LifetimeModelKind.BgNbd, LifetimeModelKind.MbgNbd, LifetimeModelKind.ParetoNbd];

    /// <summary>Fits the models to what customers did. A model that does not converge is not used, and a note says so.</summary>
    /// <exception cref="Definitions.WrongCommandException">An option makes no sense.</exception>
    public static async Task<CustomerLifetimes> RunAsync(
        CustomerActivity activity, LifetimeOptions options, CancellationToken cancellationToken)
    {
        options.Require();
        var parallel = new ParallelOptions { CancellationToken = cancellationToken };
        var histories = await CustomerHistories.ReadAsync(activity, cancellationToken);
        var notes = new List<string>();
        var holdout = options.Model is null ? HoldoutOf(options, histories) : null;
        var choice = holdout is { } weeks ? await ChooseAsync(activity, weeks, parallel) : null;
        if (options.Model is null && choice is null)
        {
            notes.Add("There are not eight weeks of purchases to hold some out: the model is BG/NBD, unchecked.");
        }

        var purchases = PurchaseModel.Fit(
            options.Model ?? choice?.Chosen?.Fit.Kind ?? LifetimeModelKind.BgNbd, SufficientStatistics.Of(histories.Purchases), parallel);
        var spend = GammaGammaModel.Fit(histories.SpendOfRepeaters(), parallel);
        Tell(notes, purchases, choice);
        if (!spend.Converged)
        {
            notes.Add($"Spend per purchase cannot be estimated, and there are no lifetime values: {spend.Outcome.Message}");
        }

        if (Correlation(histories) is { } correlation && Math.Abs(correlation) > NotableCorrelation)
        {
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The number of purchases and their mean spend are correlated ({correlation:0.00}); Gamma-Gamma takes them as independent, and lifetime values are biased by it."));
        }

        var tracked = choice?.Chosen?.Fit ?? (purchases.Converged ? purchases : null);
        var result = new LifetimeResult(
            activity.Generation,
            activity.AsOf,
            Hash(options),
            Words(options),
            histories.Keys.Length,
            choice,
            purchases,
            spend,
            ExpectedPurchases: null,
            Value: null,
            Tenths: [],
            tracked is null ? [] : await TrackAsync(activity, PurchaseModel.Of(tracked), cancellationToken),
            holdout is { } held && histories.Purchases.Length > 0 ? histories.Purchases.Max(history => history.Age) - held : null,
            notes);
        await activity.Connection.ExecuteAsync("DROP TABLE temp.purchase", cancellationToken);
        return CustomerLifetimes.Value(activity.Connection, histories, result, options, parallel);
    }

    private static double? HoldoutOf(LifetimeOptions options, CustomerHistories histories)
    {
        if (histories.Purchases.Length == 0)
        {
            return null;
        }

        var span = histories.Purchases.Max(history => history.Age);
        var weeks = options.HoldoutWeeks ?? Math.Min(LongestHoldout, Math.Floor(span / 3));
        return weeks >= span
            ? throw new Definitions.WrongCommandException(string.Create(
                CultureInfo.InvariantCulture, $"A holdout of {weeks:0} {(weeks == 1 ? "week" : "weeks")} leaves nothing to fit: the first purchase is {span:0.0} weeks before the as-of date."))
            : options.HoldoutWeeks is null && weeks < ShortestHoldout ? null : weeks;
    }

    private static async Task<ModelChoice?> ChooseAsync(CustomerActivity activity, double weeks, ParallelOptions parallel)
    {
        var cut = activity.AsOf.End.AddSeconds(-weeks * SecondsPerWeek);
        var (calibration, actual) = await CustomerHistories.ReadHoldoutAsync(activity, cut, parallel.CancellationToken);
        return calibration.Length == 0 ? null : ModelChoice.ByHoldout(Candidates, calibration, actual, weeks, parallel);
    }

    private static async Task<IReadOnlyList<TrackingPoint>> TrackAsync(
        CustomerActivity activity, PurchaseModel model, CancellationToken cancellationToken)
    {
        var weeks = await activity.Connection.RowsAsync(
            SqlFile.Read(typeof(LifetimeAnalysis), "Lifetimes/tracking.sql"),
            row => (Week: row.GetInt32(0), Came: row.GetInt64(1), Repeats: row.GetInt64(2)),
            cancellationToken);
        return TrackingCurve.Of(
            model,
            [.. weeks.Where(week => week.Came > 0).Select(week => new AcquisitionCohort(week.Week + .5, week.Came))],
            [.. weeks.Select(week => week.Week + 1.0)],
            [.. weeks.Select(week => (double)week.Repeats)]);
    }

    private static void Tell(List<string> notes, LifetimeFit purchases, ModelChoice? choice)
    {
        foreach (var candidate in choice?.Candidates.Where(candidate => !candidate.Fit.Converged) ?? [])
        {
            notes.Add($"{candidate.Fit.Model} does not compete: {candidate.Fit.Outcome.Message}");
        }

        if (!purchases.Converged)
        {
            notes.Add($"{purchases.Model} gives no estimates, and nothing is expected of anybody: {purchases.Outcome.Message}");
        }
        else
        {
            notes.Add("P(alive) is given only for customers with a repeat purchase; rank churn by expected purchases, not by it.");
        }
    }

    private static double? Correlation(CustomerHistories histories)
    {
        var known = histories.Spend.Where(spend => spend.Purchases > 0).ToArray();
        if (known.Length < 3)
        {
            return null;
        }

        var (x, m) = (known.Average(spend => (double)spend.Purchases), known.Average(spend => spend.MeanSpend));
        var (xx, mm) = (known.Sum(spend => Square(spend.Purchases - x)), known.Sum(spend => Square(spend.MeanSpend - m)));
        return xx > 0 && mm > 0 ? known.Sum(spend => (spend.Purchases - x) * (spend.MeanSpend - m)) / Math.Sqrt(xx * mm) : null;

        static double Square(double value) => value * value;
    }

    private static string Words(LifetimeOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"lifetime of customers with a purchase, {options.AsOf}; purchases are orders with a line that is no return, those of one instant being one, time is in weeks; expected within {options.HorizonWeeks} weeks; value is all spend to come times {options.Margin:0.##}, discounted by {options.AnnualDiscountRate * 100:0.##} % a year; model {options.Model?.Name() ?? "by holdout"}");

    private static string Hash(LifetimeOptions options) => DefinitionHash.Of(
        "lifetime", options.Canonical, CustomerActivity.Sql, CustomerHistories.Sql);
}
