using Warehouse.Analysis.Forecasts;
using Warehouse.Verbs.Commands;

namespace Warehouse.Verbs.Output;

/// <summary>What is expected, as a table: a row per period to come, after the last ones of the past.</summary>
internal sealed class ForecastAnswer(PeriodSeries series, Forecast forecast)
{
    private static readonly AnswerColumn[] Columns =
    [
        new("period", "VARCHAR"),
        new("actual", "DOUBLE", null, ColumnFormat.Money),
        new("expected", "DOUBLE", null, ColumnFormat.Money),
        new("low", "DOUBLE", "from", ColumnFormat.Money),
        new("high", "DOUBLE", "to", ColumnFormat.Money),
    ];

    public Answer Table(int generation, DateOnly asOf, string definition) => new(
        generation,
        asOf,
        definition,
        Columns,
        [
            .. series.Names.Zip(series.Values, (name, value) => new object?[] { name, value, null, null, null }),
            .. series.NamesAfter(forecast.Expected.Count).Zip(forecast.Expected, (name, step) => new object?[] { name, null, step.Value, step.Low, step.High }),
        ]);
}
