using Warehouse.Charts;

namespace Warehouse.Verbs.Output;

/// <summary>An answer that has no charts as a report of its one table.</summary>
internal static class TableReport
{
    public static Report Of(Answer answer, string title) => new(
        title,
        new ReportOrigin(answer.AsOf, answer.Generation, answer.Words ?? title, answer.Definition),
        [
            ReportPart.Of(
                title,
                new ChartTable(
                    [.. answer.Columns.Select(column => new ChartColumn(column.Heading, FormatOf(column.Format)))],
                    [.. answer.Rows.Select(row => row.Select((value, place) => FormatOf(answer.Columns[place].Format) is null ? answer.Columns[place].ForPeople(value) : value).ToList())])),
        ],
        []);

    private static ValueFormat? FormatOf(ColumnFormat format) => format switch
    {
        ColumnFormat.Count => ValueFormat.Count,
        ColumnFormat.Money => ValueFormat.Money,
        ColumnFormat.Share => ValueFormat.Share,
        ColumnFormat.Number => ValueFormat.Number,
        _ => null,
    };
}
