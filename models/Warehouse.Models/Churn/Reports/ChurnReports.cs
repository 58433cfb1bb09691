using Warehouse.Charts;
using Warehouse.Models.Churn.Backtest;
using Warehouse.Models.Churn.Horizons;
using Warehouse.Models.Churn.Retraining;
using Warehouse.Models.Churn.Scoring;
using Warehouse.Models.Churn.Training;

namespace Warehouse.Models.Churn.Reports;

/// <summary>What training, scoring and checking say of churn, as reports with charts.</summary>
public static class ChurnReports
{
    /// <summary>How good a model is that was trained.</summary>
    public static Report Of(TrainingResult result) => new(
        Text($"Churn: {(result.Version > 0 ? Text($"version {result.Version}") : "a model")}, tested {Where(result)}"),
        new ReportOrigin(result.AsOf, result.Generation, Text($"{result.Test.Customers:#,##0} customers, of whom {result.Test.ChurnRate:0.0 %} churned."), result.Definition),
        [.. TestParts.Of(result.Test, result.Baselines), TestParts.Importances(result.Features), TestParts.Groups(result.Segments)],
        [.. result.Notes, .. result.Decision.Length > 0 ? new[] { result.Decision } : []]);

    /// <summary>How good a registered model is on another date.</summary>
    public static Report Of(EvaluationResult result) => new(
        Text($"Churn: version {result.Version} of {result.Model} as of {result.AsOf:yyyy-MM-dd}"),
        new ReportOrigin(result.AsOf, result.Generation, Text($"{result.Test.Customers:#,##0} customers, of whom {result.Test.ChurnRate:0.0 %} churned."), result.Definition),
        [.. TestParts.Of(result.Test, result.Baselines), TestParts.Groups(result.Segments)],
        result.Notes);

    /// <summary>Who is at risk.</summary>
    public static Report Of(ScoringResult result) => new(
        Text($"Churn risk as of {result.AsOf:yyyy-MM-dd}"),
        new ReportOrigin(
            result.AsOf,
            result.Generation,
            Text($"{result.Customers:#,##0} customers scored by version {result.Version} of {result.Model} for the next {result.HorizonDays} days."),
            result.Definition),
        [
            Bands(result, "Customers by band", new Axis("customers", ValueFormat.Count), band => band.Customers),
            Bands(result, "What is expected to be lost with them", new Axis("expected loss", ValueFormat.Money), band => band.ExpectedLoss),
            TestParts.Drifts(result.Drift),
        ],
        result.Notes);

    /// <summary>Scores and what happened.</summary>
    public static Report Of(BacktestResult result) => new(
        Text($"Churn: what was said by {result.Model}, and what happened"),
        new ReportOrigin(null, result.Generation, Text($"{result.Checks.Count} scorings whose horizon has passed."), result.Definition),
        [.. ThenAndNow(result.Checks)],
        [.. result.RetrainReason is { } reason ? new[] { reason } : [], .. result.Notes]);

    /// <summary>Whether to train again.</summary>
    public static Report Of(RetrainingResult result) => new(
        Text($"Churn: whether {result.Model} should learn again"),
        new ReportOrigin(result.AsOf, result.Generation, result.Decision, result.Definition),
        [
            ReportPart.Of(
                "What was held against its limit",
                new ChartTable(
                    [new("measure"), new("as of"), new("in the test", ValueFormat.Number), new("now", ValueFormat.Number), new("loss or drift", ValueFormat.Number), new("limit", ValueFormat.Number), new("crossed")],
                    [.. result.Checks.Select(check => (IReadOnlyList<object?>)[check.Measure, check.AsOf, check.Then, check.Now, check.Value, check.Limit, check.IsCrossed ? "yes" : "no"])])),
            .. result.Trained is { } trained ? TestParts.Of(trained.Test, trained.Baselines) : [],
        ],
        [.. result.Reasons, .. result.Notes]);

    /// <summary>How long customers stay away, and the horizon that follows.</summary>
    public static Report Of(HorizonSuggestion result) => new(
        "How long customers stay away between purchases",
        new ReportOrigin(
            result.AsOf, result.Generation, Text($"{result.Gaps:#,##0} gaps between purchases that have ended, {result.Open:#,##0} still open."), "gaps between purchases"),
        [
            new LineChart(
                "How many have returned by when",
                new Axis("days since a purchase", ValueFormat.Count),
                new Axis("have returned", ValueFormat.Share),
                [
                    new ChartLine("of all", [.. result.Curve.Select(point => new ChartPoint(point.Days, point.Returned))]),
                    new ChartLine("of those who return", [.. result.Curve.Select(point => new ChartPoint(point.Days, point.OfReturning))]) { IsDashed = true },
                ])
            {
                Mark = result.Suggested is { } days ? (days, Text($"proposed: {days} days")) : null,
                Description = "Gaps that are still open are reckoned in (Kaplan and Meier). Proposed are the days within which 90 % of those return who ever do.",
            },
        ],
        result.Notes);

    /// <summary>Why a customer's score is what it is.</summary>
    public static Report Of(Explanation result)
    {
        string[] topics = [.. result.Reasons.Select(reason => reason.Topic)];
        return new Report(
            Text($"Why {result.CustomerId} leaves with a probability of {result.Probability:0.0 %}"),
            new ReportOrigin(
                result.AsOf,
                result.Generation,
                Text($"The risk is {result.Band}, by version {result.Version} of {result.Model}. The reasons and {result.ExpectedScore:0.00}, of a customer of whom nothing is known, add up to the raw score of {result.Score:0.00} (log-odds before calibration)."),
                result.Definition),
            [
                new BarChart(
                    "Reasons",
                    "about",
                    new Axis("part of the raw score"),
                    topics,
                    [
                        new BarSeries("speaks for leaving", [.. result.Reasons.Select(reason => reason.Contribution >= 0 ? reason.Contribution : (double?)null)]),
                        new BarSeries("speaks for staying", [.. result.Reasons.Select(reason => reason.Contribution < 0 ? reason.Contribution : (double?)null)]),
                    ])
                {
                    Description = "Bars to the right make leaving more likely, bars to the left less.",
                    IsHorizontal = true,
                    IsStacked = true,
                },
                ReportPart.Of(
                    "In words",
                    new ChartTable(
                        [new("about"), new("what is known"), new("part of the raw score", ValueFormat.Number)],
                        [.. result.Reasons.Select(reason => (IReadOnlyList<object?>)[reason.Topic, reason.Words, reason.Contribution])])),
            ],
            []);
    }

    private static BarChart Bands(ScoringResult result, string title, Axis axis, Func<BandTotal, double> value) => new(
        title, "band", axis, [.. result.Bands.Select(band => band.Band)], [new BarSeries(axis.Name, [.. result.Bands.Select(band => (double?)value(band))])]);

    /// <summary>How good scores were in their model's test, and how good they have proved to be.</summary>
    internal static IEnumerable<ReportPart> ThenAndNow(IReadOnlyList<BacktestCheck> checks)
    {
        var names = checks.Select(check => Text($"{check.AsOf:yyyy-MM-dd}, version {check.Version}")).ToList();
        yield return ThenAndNow(checks, names, "AUC", check => (check.AucThen, check.Now.Auc.Value));
        yield return ThenAndNow(checks, names, "calibration error", check => (check.CalibrationErrorThen, check.Now.CalibrationError));
        yield return ThenAndNow(checks, names, "lift of the first tenth", check => (check.LiftThen, check.Now.Deciles[0].Lift));
    }

    private static BarChart ThenAndNow(
        IReadOnlyList<BacktestCheck> checks, List<string> names, string measure, Func<BacktestCheck, (double Then, double Now)> values) => new(
        Text($"{measure}: in the test and since"),
        "scoring",
        new Axis(measure),
        names,
        [
            new BarSeries("in the model's test", [.. checks.Select(check => (double?)values(check).Then)]),
            new BarSeries("of what happened", [.. checks.Select(check => (double?)values(check).Now)]),
        ]);

    private static string Where(TrainingResult result) => result.AsOf is { } date ? Text($"as of {date:yyyy-MM-dd}") : "by cross-validation";

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
