using System.Globalization;
using Warehouse.Models.Churn.Backtest;
using Warehouse.Models.Churn.Evaluation;
using Warehouse.Models.Churn.Horizons;
using Warehouse.Models.Churn.Registry;
using Warehouse.Models.Churn.Retraining;
using Warehouse.Models.Churn.Scoring;
using Warehouse.Models.Churn.Training;

namespace Warehouse.Verbs.Output;

/// <summary>What training, scoring and checking say of churn, as tables and in words.</summary>
internal static class ChurnAnswer
{
    private const int WidestBar = 24;

    private static readonly AnswerColumn[] MeasureColumns =
    [
        new("measure", "VARCHAR"),
        new("value", "DOUBLE", null, ColumnFormat.Number),
        new("low", "DOUBLE", "from", ColumnFormat.Number),
        new("high", "DOUBLE", "to", ColumnFormat.Number),
    ];

    private static readonly AnswerColumn[] CurveColumns =
    [
        new("days", "INTEGER", "days since a purchase"),
        new("returned", "DOUBLE", "have returned", ColumnFormat.Share),
        new("of_returning", "DOUBLE", "of those who return", ColumnFormat.Share),
    ];

    private static readonly AnswerColumn[] BandColumns =
    [
        new("band", "VARCHAR"),
        new("customers", "BIGINT", null, ColumnFormat.Count),
        new("expected_loss", "DOUBLE", "expected loss", ColumnFormat.Money),
    ];

    private static readonly AnswerColumn[] ReasonColumns =
    [
        new("topic", "VARCHAR"),
        new("words", "VARCHAR", "what is known"),
        new("contribution", "DOUBLE", null, ColumnFormat.Number),
        new("bar", "VARCHAR", "- stays, + leaves"),
    ];

    private static readonly AnswerColumn[] BacktestColumns =
    [
        new("as_of", "DATE"),
        new("version", "INTEGER"),
        new("customers", "BIGINT", null, ColumnFormat.Count),
        new("churn_rate", "DOUBLE", "churned", ColumnFormat.Share),
        new("auc", "DOUBLE", "AUC", ColumnFormat.Number),
        new("auc_then", "DOUBLE", "in the test", ColumnFormat.Number),
        new("calibration_error", "DOUBLE", "calibration error", ColumnFormat.Number),
        new("calibration_error_then", "DOUBLE", "in the test", ColumnFormat.Number),
        new("lift", "DOUBLE", "lift of the first tenth", ColumnFormat.Number),
        new("lift_then", "DOUBLE", "in the test", ColumnFormat.Number),
    ];

    private static readonly AnswerColumn[] WatchColumns =
    [
        new("measure", "VARCHAR"),
        new("as_of", "DATE"),
        new("then", "DOUBLE", "in the test", ColumnFormat.Number),
        new("now", "DOUBLE", null, ColumnFormat.Number),
        new("value", "DOUBLE", "loss or drift", ColumnFormat.Number),
        new("limit_value", "DOUBLE", "limit", ColumnFormat.Number),
        new("is_crossed", "BOOLEAN", "crossed"),
    ];

    private static readonly AnswerColumn[] ModelColumns =
    [
        new("model", "VARCHAR"),
        new("version", "INTEGER"),
        new("as_of", "DATE"),
        new("horizon_days", "INTEGER", "horizon"),
        new("learner", "VARCHAR"),
        new("auc", "DOUBLE", "AUC", ColumnFormat.Number),
        new("trained_at", "TIMESTAMPTZ", "trained"),
        new("trained_by", "VARCHAR", "by"),
        new("status", "VARCHAR"),
        new("reason", "VARCHAR"),
        new("definition", "VARCHAR") { Show = value => value is string hash ? hash[..8] : "" },
        new("calibration_error", "DOUBLE", "calibration error", ColumnFormat.Number),
    ];

    public static Answer OfSuggestion(HorizonSuggestion result) => new(
        result.Generation,
        result.AsOf,
        "gaps between purchases",
        CurveColumns,
        [.. result.Curve.Select(point => new object?[] { point.Days, point.Returned, point.OfReturning })]);

    public static string Words(HorizonSuggestion result) => result.Suggested is { } days
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"a horizon of {days} days is proposed: 90 % of those who return do so within it ({result.Gaps:#,##0} gaps between purchases, {result.Open:#,##0} still open)")
        : "no horizon can be proposed";

    public static Answer OfTraining(TrainingResult result) => new(
        result.Generation, result.AsOf, result.Definition, MeasureColumns, [.. Rows(result.Test, result.Baselines)]);

    public static Answer OfEvaluation(EvaluationResult result) => new(
        result.Generation, result.AsOf, result.Definition, MeasureColumns, [.. Rows(result.Test, result.Baselines)]);

    public static Answer OfScoring(ScoringResult result) => new(
        result.Generation,
        result.AsOf,
        result.Definition,
        BandColumns,
        [.. result.Bands.Select(band => new object?[] { band.Band, (long)band.Customers, Math.Round(band.ExpectedLoss, 2) })]);

    public static Answer OfExplanation(Explanation result)
    {
        var widest = Math.Max(1e-9, result.Reasons.Max(reason => Math.Abs(reason.Contribution)));
        return new Answer(
            result.Generation,
            result.AsOf,
            result.Definition,
            ReasonColumns,
            [
                .. result.Reasons.Select(reason => new object?[]
                {
                    reason.Topic,
                    reason.Words,
                    reason.Contribution,
                    new string(reason.Contribution < 0 ? '-' : '+', (int)Math.Round(Math.Abs(reason.Contribution) / widest * WidestBar)),
                }),
            ]);
    }

    public static Answer OfBacktest(BacktestResult result) => new(
        result.Generation,
        null,
        result.Definition,
        BacktestColumns,
        [
            .. result.Checks.Select(check => new object?[]
            {
                check.AsOf, check.Version, (long)check.Now.Customers, check.Now.ChurnRate, check.Now.Auc.Value, check.AucThen,
                check.Now.CalibrationError, check.CalibrationErrorThen, check.Now.Deciles[0].Lift, check.LiftThen,
            }),
        ]);

    public static Answer OfRetraining(RetrainingResult result) => new(
        result.Generation,
        result.AsOf,
        result.Definition,
        WatchColumns,
        [
            .. result.Checks.Select(check => new object?[]
            {
                check.Measure, check.AsOf, check.Then, check.Now, check.Value, check.Limit, check.IsCrossed,
            }),
        ]);

    public static Answer OfModels(IReadOnlyList<RegisteredModel> models) => new(
        models.Count == 0 ? 0 : models.Max(model => model.Generation),
        null,
        "churn models",
        ModelColumns,
        [
            .. models.Select(model => new object?[]
            {
                model.Model, model.Version, model.AsOf, model.HorizonDays, model.Learner, model.Auc, model.TrainedAt, model.TrainedBy,
                model.Status, model.Reason, model.Definition, model.CalibrationError,
            }),
        ]);

    public static string Words(TrainingResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Learner} learned from {result.TrainingRows:#,##0} {(result.HorizonDays is null ? "rows" : "customers and dates")}, tested {Tested(result)}: {result.Test.Customers:#,##0} customers, of whom {result.Test.ChurnRate:0.0 %} churned");

    private static string Tested(TrainingResult result) => result switch
    {
        { AsOf: null } => "out of fold",
        { HorizonDays: { } days } => FormattableString.Invariant($"as of {result.AsOf:yyyy-MM-dd} on the {days} days from it"),
        _ => FormattableString.Invariant($"on those of {result.AsOf:yyyy-MM-dd} and later"),
    };

    public static string Words(EvaluationResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"version {result.Version} of {result.Model} as of {result.AsOf:yyyy-MM-dd} on the {result.HorizonDays} days from it: {result.Test.Customers:#,##0} customers, of whom {result.Test.ChurnRate:0.0 %} churned");

    public static string Words(ScoringResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"version {result.Version} of {result.Model} scored {result.Customers:#,##0} customers as of {result.AsOf:yyyy-MM-dd} for {result.HorizonDays} days{(result.MeanProbability is { } mean ? $", the mean probability being {mean:0.0 %}" : "")}");

    public static string Words(Explanation result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.CustomerId} leaves with a probability of {result.Probability:0.0 %} ({result.Band}), as of {result.AsOf:yyyy-MM-dd} by version {result.Version} of {result.Model}; the contributions and {result.ExpectedScore:0.00}, of a customer of whom nothing is known, add up to the raw score of {result.Score:0.00}");

    public static string Verdict(TrainingResult result) => FormattableString.Invariant(
        $"Version {result.Version} {(result.IsPromoted ? "scores from now on" : result.HorizonDays is null ? "is registered" : "was not promoted")}. {result.Decision}");

    private static IEnumerable<object?[]> Rows(ChurnMetrics test, IReadOnlyDictionary<string, Interval> baselines) =>
    [
        Row("AUC", test.Auc),
        Row("PR-AUC", test.PrAuc),
        Row("log-loss", test.LogLoss),
        Row("Brier", test.Brier),
        ["calibration error", test.CalibrationError, null, null],
        ["lift of the first tenth", test.Deciles[0].Lift, null, null],
        ["EMPC", test.Profit.Empc, null, null],
        .. baselines.Select(baseline => Row($"AUC of {baseline.Key}", baseline.Value)),
    ];

    private static object?[] Row(string name, Interval interval) => [name, interval.Value, interval.Low, interval.High];
}
