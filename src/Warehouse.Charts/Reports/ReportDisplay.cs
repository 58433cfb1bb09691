using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Warehouse.Charts;

/// <summary>
/// Writes a report as data for a page: each part with the option of its chart and with its table, values (<c>values</c>) beside what
/// people read (<c>texts</c>).
/// </summary>
internal static class ReportDisplay
{
    public static string Of(Report report) => new JsonObject
    {
        ["title"] = report.Title,
        ["asOf"] = report.Origin.AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["generation"] = report.Origin.Generation,
        ["population"] = report.Origin.Population,
        ["definition"] = report.Origin.Definition,
        ["parts"] = new JsonArray([.. report.Parts.Select(Part)]),
        ["notes"] = new JsonArray([.. report.Notes.Select(note => JsonValue.Create(note))]),
    }.ToJsonString(JsonSerializerOptions.Default);

    private static JsonObject Part(ReportPart part) => new()
    {
        ["title"] = part.Title,
        ["description"] = part.Description,
        ["height"] = part.Chart?.Height,
        ["chart"] = part.Chart is { IsEmpty: false } chart ? JsonNode.Parse(chart.OptionJson) : null,
        ["columns"] = new JsonArray([.. part.Table.Columns.Select(column => new JsonObject { ["name"] = column.Name, ["isNumber"] = column.Format is not null })]),
        ["rows"] = new JsonArray([.. part.Table.Rows.Select(row => Row(row, part.Table.Columns))]),
    };

    private static JsonObject Row(IReadOnlyList<object?> row, IReadOnlyList<ChartColumn> columns) => new()
    {
        ["values"] = new JsonArray([.. row.Select(Value)]),
        ["texts"] = new JsonArray([.. row.Select((value, place) => JsonValue.Create(ChartTable.Text(value, columns[place].Format)))]),
    };

    private static JsonNode? Value(object? value) => value switch
    {
        null => null,
        double number when !double.IsFinite(number) => null,
        double number => JsonValue.Create(number),
        decimal number => JsonValue.Create(number),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        IFormattable other => JsonValue.Create(other.ToString(other is DateOnly ? "yyyy-MM-dd" : null, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(value.ToString()),
    };
}
