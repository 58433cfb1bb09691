using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Warehouse.Client;

/// <summary>Reads the JSON of a table.</summary>
internal static class TableReader
{
    public static Table Read(JsonElement table, IReadOnlyList<string> notes, bool hasReserve)
    {
        TableColumn[] columns = [.. table.GetProperty("columns").EnumerateArray().Select(column => new TableColumn(column.GetProperty("name").GetString()!, column.GetProperty("type").GetString()!))];
        JsonElement[] rows = [.. table.GetProperty("rows").EnumerateArray()];
        var asOf = table.GetProperty("asOf");
        return new Table(
            table.GetProperty("generation").GetInt32(),
            asOf.ValueKind == JsonValueKind.Null ? null : DateOnly.ParseExact(asOf.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            table.GetProperty("definition").GetString()!,
            columns,
            [.. rows.Select(row => (IReadOnlyList<object?>)[.. row.EnumerateArray().Select((value, place) => Value(value, columns[place].Type))])])
        {
            Notes = notes,
            HasReserve = hasReserve,
            Json = rows,
        };
    }

    private static object? Value(JsonElement value, string type) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => Number(value, type),
        _ => Text(value.GetString()!, type),
    };

    private static object Number(JsonElement value, string type) => type switch
    {
        "DOUBLE" or "FLOAT" => value.GetDouble(),
        "HUGEINT" or "UHUGEINT" => BigInteger.Parse(value.GetRawText(), NumberStyles.Integer, CultureInfo.InvariantCulture),
        _ when type.StartsWith("DECIMAL", StringComparison.Ordinal) => value.TryGetDecimal(out var exact) ? exact : (object)value.GetDouble(),
        _ => value.TryGetInt64(out var whole) ? whole : (object)value.GetDouble(),
    };

    private static object Text(string text, string type) => type switch
    {
        "DATE" when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => day,
        "TIMESTAMP" when DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) => time,
        "TIMESTAMPTZ" or "TIMESTAMP WITH TIME ZONE" when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) => instant,
        _ => text,
    };
}
