using System.Text.Json.Serialization;
using Warehouse.Models.Lifetime;

namespace Warehouse.Verbs.Output;

/// <summary>A fitted model as programs read it.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Parameters">By the papers' names; empty where there is too little data.</param>
/// <param name="StandardErrors">Null for a parameter that has none.</param>
/// <param name="LogLikelihood">At the parameters; null where there are none.</param>
/// <param name="Converged">Whether the parameters are estimates.</param>
/// <param name="Outcome">How the fit ended, in one stable word.</param>
/// <param name="Message">The same in a sentence.</param>
/// <param name="Customers">Customers fitted to.</param>
/// <param name="Cells">Distinct histories among them.</param>
/// <param name="Iterations">Newton steps taken.</param>
internal sealed record LifetimeFitAnswer(
    string Model,
    IReadOnlyDictionary<string, double> Parameters,
    IReadOnlyDictionary<string, double?> StandardErrors,
    double? LogLikelihood,
    bool Converged,
    string Outcome,
    string Message,
    long Customers,
    int Cells,
    int Iterations)
{
    private static readonly AnswerColumn[] Columns =
    [
        new("parameter", "VARCHAR"),
        new("estimate", "DOUBLE", null, ColumnFormat.Number) { Show = FiveDigits },
        new("standard_error", "DOUBLE", "standard error", ColumnFormat.Number) { Show = FiveDigits },
    ];

    /// <summary>The parameters as a table.</summary>
    [JsonIgnore]
    public Answer Table => new(
        Generation: 0,
        AsOf: null,
        Model,
        Columns,
        [
            .. Parameters.Select(parameter => new object?[] { parameter.Key, parameter.Value, StandardErrors.GetValueOrDefault(parameter.Key) }),
            .. LogLikelihood is { } likelihood ? (object?[][])[["log-likelihood", likelihood, null]] : [],
        ]);

    public static LifetimeFitAnswer Of(LifetimeFit fit) => new(
        fit.Model,
        fit.Parameters,
        fit.StandardErrors,
        fit.LogLikelihood,
        fit.Converged,
        fit.Outcome.Code,
        fit.Outcome.Message,
        fit.Customers,
        fit.Cells,
        fit.Iterations);

    private static string FiveDigits(object? value) => value is double number ? FormattableString.Invariant($"{number:G7}") : "";
}
