using Warehouse.Analysis.Rfm;

namespace Warehouse.Verbs.Output;

/// <summary>RFM's segments as a table; without a segment map its cells.</summary>
internal static class RfmAnswer
{
    private static readonly AnswerColumn[] Columns =
    [
        new("segment", "VARCHAR"),
        new("customers", "BIGINT", null, ColumnFormat.Count),
        new("customer_share", "DECIMAL(38,6)", "of customers", ColumnFormat.Share),
        new("revenue", "DECIMAL(38,4)", null, ColumnFormat.Money),
        new("revenue_share", "DECIMAL(38,6)", "of revenue", ColumnFormat.Share),
        new("average_recency_days", "DECIMAL(38,4)", "days since", ColumnFormat.Number) { Show = OneDecimal },
        new("average_frequency", "DECIMAL(38,4)", "orders each", ColumnFormat.Number) { Show = OneDecimal },
        new("average_monetary", "DECIMAL(38,4)", "value each", ColumnFormat.Money),
    ];

    public static Answer Of(RfmResult result) => new(
        result.Generation,
        result.AsOf.Date,
        result.Definition,
        Columns,
        result.Segments.Count > 0
            ? [.. result.Segments.Select(segment => Row(segment.Name, segment.Sums, segment.CustomerShare, segment.RevenueShare))]
            : [.. result.Cells.Select(cell => Row(FormattableString.Invariant($"{cell.Recency}-{cell.Frequency}-{cell.Monetary}"), cell.Sums, null, null))])
    {
        Words = result.Words,
    };

    private static object?[] Row(string name, RfmSums sums, decimal? customerShare, decimal? revenueShare) =>
    [
        name, sums.Customers, Rounded(customerShare, 6), sums.Revenue, Rounded(revenueShare, 6),
        Rounded(sums.AverageRecencyDays, 4), Rounded(sums.AverageFrequency, 4), Rounded(sums.AverageMonetary, 4),
    ];

    private static decimal? Rounded(decimal? value, int decimals) => value is { } number ? decimal.Round(number, decimals) : null;

    private static string OneDecimal(object? value) => value is decimal number ? FormattableString.Invariant($"{number:#,##0.0}") : "";
}
