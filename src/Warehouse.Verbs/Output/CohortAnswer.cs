using System.Globalization;
using Warehouse.Analysis.Cohorts;

namespace Warehouse.Verbs.Output;

/// <summary>Cohorts: a row per cohort and age for programs, a row per cohort for people.</summary>
internal static class CohortAnswer
{
    private const int MostAgesShown = 12;

    private static readonly AnswerColumn[] Columns =
    [
        new("cohort", "VARCHAR"),
        new("age", "INTEGER"),
        new("customers", "BIGINT"),
        new("active", "BIGINT"),
        new("retention", "DECIMAL(38,6)"),
        new("repeaters", "BIGINT"),
        new("repeat_rate", "DECIMAL(38,6)"),
        new("orders", "BIGINT"),
        new("revenue", "DECIMAL(38,4)"),
        new("margin", "DECIMAL(38,4)"),
        new("revenue_until", "DECIMAL(38,4)"),
        new("margin_until", "DECIMAL(38,4)"),
        new("value_each", "DECIMAL(38,4)"),
    ];

    private static readonly AnswerColumn[] CustomerColumns =
    [
        new("customer_key", "INTEGER"),
        new("customer_id", "VARCHAR"),
        new("cohort", "VARCHAR"),
        new("first_on", "DATE", "first purchase"),
        new("orders", "BIGINT", null, ColumnFormat.Count),
        new("revenue", "DECIMAL(38,4)", null, ColumnFormat.Money),
    ];

    public static Answer CustomersOf(CohortResult result, IReadOnlyList<CohortCustomer> customers) => new(
        result.Generation,
        result.AsOf.Date,
        result.Definition,
        CustomerColumns,
        [.. customers.Select(one => new object?[] { one.CustomerKey, one.CustomerId, one.Cohort, one.FirstOn, one.Orders, one.Revenue })])
    {
        Words = result.Words,
    };

    public static Answer Of(CohortResult result) => new(
        result.Generation,
        result.AsOf.Date,
        result.Definition,
        Columns,
        [
            .. result.Cells.Select(cell => new object?[]
            {
                cell.Cohort, cell.Age, cell.Customers, cell.Active, decimal.Round(cell.Retention, 6), cell.Repeaters, decimal.Round(cell.RepeatRate, 6),
                cell.Orders, cell.Revenue, cell.Margin, cell.RevenueUntil, cell.MarginUntil, decimal.Round(cell.ValueEach, 4),
            }),
        ])
    {
        Words = result.Words,
    };

    /// <summary>One measure, a row per cohort and a column per age; an age that is not over has no value.</summary>
    public static Answer HeatMap(CohortResult result, string measure)
    {
        var ages = result.Cells.Count == 0 ? 0 : Math.Min(MostAgesShown, result.Cells.Max(cell => cell.Age)) + 1;
        var (type, format) = measure is "retention" or "repeat" ? ("DECIMAL(38,6)", ColumnFormat.Share) : ("DECIMAL(38,4)", ColumnFormat.Count);
        return new Answer(
            result.Generation,
            result.AsOf.Date,
            result.Definition,
            [
                new("cohort", "VARCHAR"),
                new("customers", "BIGINT", null, ColumnFormat.Count),
                .. Enumerable.Range(0, ages).Select(age => new AnswerColumn(age.ToString(CultureInfo.InvariantCulture), type, null, format)),
            ],
            [
                .. result.Cells.GroupBy(cell => cell.Cohort, StringComparer.Ordinal).Select(cohort =>
                {
                    var byAge = cohort.ToDictionary(cell => cell.Age);
                    return (object?[])
                    [
                        cohort.Key,
                        cohort.First().Customers,
                        .. Enumerable.Range(0, ages).Select(age => byAge.TryGetValue(age, out var cell) ? (object?)Of(cell, measure) : null),
                    ];
                }),
            ])
        {
            Words = result.Words,
        };
    }

    private static decimal Of(CohortCell cell, string measure) => measure switch
    {
        "retention" => decimal.Round(cell.Retention, 6),
        "repeat" => decimal.Round(cell.RepeatRate, 6),
        "revenue" => cell.Revenue,
        "margin" => cell.Margin,
        _ => decimal.Round(cell.ValueEach, 4),
    };
}
