using System.Text.Json.Serialization;
using Warehouse.Analysis.Lifetimes;
using Warehouse.Models.Lifetime;

namespace Warehouse.Verbs.Output;

/// <summary>The lifetime models of a workspace as programs read them.</summary>
/// <param name="Generation">The generation of the warehouse that they came from.</param>
/// <param name="AsOf">The date that they hold for.</param>
/// <param name="Definition">The hash of what they were computed by.</param>
/// <param name="Words">The definition in words.</param>
/// <param name="Customers">Customers with a purchase.</param>
/// <param name="Purchases">The model of purchases.</param>
/// <param name="Spend">The model of spend per purchase.</param>
/// <param name="ExpectedPurchases">Purchases expected of all within the horizon.</param>
/// <param name="LifetimeValue">Discounted value of all purchases that they are expected to make.</param>
/// <param name="Tenths">The customers by the value that is expected of them, in tenths, the most valuable first.</param>
/// <param name="Candidates">How the models predicted the holdout, best first.</param>
/// <param name="CalibrationWeeks">Weeks since the first sale that the candidates were fitted to.</param>
/// <param name="Tracking">Cumulative repeat purchases by week, expected and actual.</param>
/// <param name="Notes">What a reader should know.</param>
internal sealed record LifetimeAnswer(
    int Generation,
    DateOnly AsOf,
    string Definition,
    string Words,
    int Customers,
    LifetimeFitAnswer? Purchases,
    LifetimeFitAnswer? Spend,
    double? ExpectedPurchases,
    double? LifetimeValue,
    IReadOnlyList<LifetimeTenth> Tenths,
    IReadOnlyList<LifetimeCandidate> Candidates,
    double? CalibrationWeeks,
    IReadOnlyList<TrackingPoint> Tracking,
    IReadOnlyList<string> Notes)
{
    private static readonly AnswerColumn[] Columns =
    [
        new("model", "VARCHAR"),
        new("outcome", "VARCHAR"),
        new("customers", "BIGINT", null, ColumnFormat.Count),
        new("parameters", "VARCHAR"),
        new("log_likelihood", "DOUBLE", "log-likelihood", ColumnFormat.Money),
        new("holdout_weeks", "DOUBLE", "held out", ColumnFormat.Number),
        new("holdout_actual", "BIGINT", "bought", ColumnFormat.Count),
        new("holdout_predicted", "DOUBLE", "predicted", ColumnFormat.Number) { Show = OneDecimal },
        new("holdout_rmse", "DOUBLE", "RMSE", ColumnFormat.Number),
        new("is_used", "BOOLEAN", "used"),
    ];

    private static readonly AnswerColumn[] CustomerColumns =
    [
        new("customer_key", "INTEGER"),
        new("customer_id", "VARCHAR"),
        new("frequency", "INTEGER", "x"),
        new("recency_weeks", "DOUBLE", "t_x", ColumnFormat.Number) { Show = OneDecimal },
        new("age_weeks", "DOUBLE", "T", ColumnFormat.Number) { Show = OneDecimal },
        new("probability_alive", "DOUBLE", "P(alive)", ColumnFormat.Share),
        new("expected_purchases", "DOUBLE", "to buy", ColumnFormat.Number),
        new("expected_purchases_low", "DOUBLE", "from", ColumnFormat.Number),
        new("expected_purchases_high", "DOUBLE", "to", ColumnFormat.Number),
        new("expected_spend", "DOUBLE", "spend each", ColumnFormat.Money),
        new("lifetime_value", "DOUBLE", "value", ColumnFormat.Money),
        new("lifetime_value_low", "DOUBLE", "from", ColumnFormat.Money),
        new("lifetime_value_high", "DOUBLE", "to", ColumnFormat.Money),
    ];

    /// <summary>The models as a table.</summary>
    [JsonIgnore]
    public Answer Table => new(
        Generation,
        AsOf,
        Definition,
        Columns,
        [
            .. Candidates.Select(candidate => Row(candidate.Fit, candidate, isUsed: false)),
            .. new[] { Purchases, Spend }.OfType<LifetimeFitAnswer>().Select(fit => Row(fit, null, fit.Converged)),
        ])
    {
        Words = Words,
    };

    public static LifetimeAnswer Of(LifetimeResult result) => new(
        result.Generation,
        result.AsOf.Date,
        result.Definition,
        result.Words,
        result.Customers,
        result.Purchases is null ? null : LifetimeFitAnswer.Of(result.Purchases),
        result.Spend is null ? null : LifetimeFitAnswer.Of(result.Spend),
        result.ExpectedPurchases,
        result.Value,
        result.Tenths,
        [
            .. result.Choice?.Candidates.Select(candidate => new LifetimeCandidate(
                LifetimeFitAnswer.Of(candidate.Fit),
                candidate.Holdout?.Horizon,
                candidate.Holdout?.Actual,
                candidate.Holdout?.Predicted,
                candidate.Holdout?.MeanAbsoluteError,
                candidate.Holdout?.RootMeanSquaredError)) ?? [],
        ],
        result.CalibrationWeeks,
        result.Tracking,
        result.Notes);

    public static Answer CustomersOf(CustomerLifetimes lifetimes, int? tenth) => new(
        lifetimes.Result.Generation,
        lifetimes.Result.AsOf.Date,
        lifetimes.Result.Definition,
        CustomerColumns,
        [
            .. lifetimes.Customers(tenth).Select(customer => new object?[]
            {
                customer.CustomerKey, customer.CustomerId, customer.Frequency, customer.RecencyWeeks, customer.AgeWeeks, customer.ProbabilityAlive,
                customer.Purchases.Expected, customer.Purchases.Low, customer.Purchases.High,
                customer.Spend, customer.Value?.Expected, customer.Value?.Low, customer.Value?.High,
            }),
        ])
    {
        Words = lifetimes.Result.Words,
    };

    private static object?[] Row(LifetimeFitAnswer fit, LifetimeCandidate? candidate, bool isUsed) =>
    [
        fit.Model,
        fit.Outcome,
        fit.Customers,
        string.Join(", ", fit.Parameters.Select(parameter => FormattableString.Invariant($"{parameter.Key} {parameter.Value:G4}"))),
        fit.LogLikelihood,
        candidate?.HoldoutWeeks,
        candidate?.Actual,
        candidate?.Predicted,
        candidate?.RootMeanSquaredError,
        isUsed,
    ];

    private static string OneDecimal(object? value) => value is double number ? FormattableString.Invariant($"{number:#,##0.0}") : "";
}

/// <summary>A model that was fitted before the holdout, and how it predicted it.</summary>
internal sealed record LifetimeCandidate(
    LifetimeFitAnswer Fit, double? HoldoutWeeks, long? Actual, double? Predicted, double? MeanAbsoluteError, double? RootMeanSquaredError);
