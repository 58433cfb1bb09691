using System.Globalization;
using Warehouse.Campaigns.Destinations;

namespace Warehouse.Verbs.Output;

/// <summary>Writes an answer as a workbook that spreadsheets open: numbers, days and times as such, instants in UTC.</summary>
internal static class XlsxAnswer
{
    public static Task WriteAsync(Answer answer, string path, CancellationToken cancellationToken) => Workbook.WriteAsync(
        path, [.. answer.Columns.Select(column => column.Name)], answer.Rows.ToAsyncEnumerable().Select(row => row.Select(Cell)), cancellationToken);

    private static SheetCell Cell(object? value) => value switch
    {
        null => SheetCell.Nothing,
        double number when !double.IsFinite(number) => SheetCell.Of(number.ToString(CultureInfo.InvariantCulture)),
        float number when !float.IsFinite(number) => SheetCell.Of(number.ToString(CultureInfo.InvariantCulture)),
        DateOnly day => SheetCell.Of(day),
        DateTime time => SheetCell.Of(time),
        DateTimeOffset instant => SheetCell.Of(instant.UtcDateTime),
        _ when ValueText.IsNumber(value) => SheetCell.OfNumber(ValueText.Invariant(value)),
        _ => SheetCell.Of(ValueText.Invariant(value)),
    };
}
