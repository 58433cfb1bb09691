using System.Text;
using System.Text.Json;
using Warehouse.Etl.Staging;

namespace Warehouse.Etl.Proposals;

/// <summary>Tells how a JSON file holds its rows.</summary>
internal static class JsonShape
{
    private const int DeepestArray = 3;

    /// <summary>Whether a file is one JSON document and not an object on each line; and where in it the rows are.</summary>
    public static bool IsOneDocument(string path, out string? array)
    {
        array = null;
        try
        {
            using var stream = SourceStream.Open(path, Encoding.UTF8, out _);
            using var document = JsonDocument.Parse(stream);
            array = document.RootElement.ValueKind == JsonValueKind.Object ? ArrayIn(document.RootElement, "", DeepestArray) : null;
            return true;
        }
        catch (JsonException broken)
        {
            // Whoever opens a broken document says what is wrong; after a whole first line the lines are documents.
            return !(broken.LineNumber > 0 && broken.BytePositionInLine == 0 && FirstLineIsObject(path));
        }
    }

    private static bool FirstLineIsObject(string path)
    {
        using var stream = SourceStream.Open(path, Encoding.UTF8, out _);
        using var reader = new StreamReader(stream);
        return reader.ReadLine()?.Trim() is ['{', .., '}'];
    }

    private static string? ArrayIn(JsonElement element, string before, int depth)
    {
        var properties = element.EnumerateObject().ToArray();
        var array = properties.FirstOrDefault(property => property.Value.ValueKind == JsonValueKind.Array && property.Value.EnumerateArray().FirstOrDefault().ValueKind is JsonValueKind.Object or JsonValueKind.Undefined);
        return array.Value.ValueKind == JsonValueKind.Array ? before + array.Name
            : depth == 0 ? null
            : properties.Where(property => property.Value.ValueKind == JsonValueKind.Object)
                .Select(property => ArrayIn(property.Value, $"{before}{property.Name}.", depth - 1))
                .FirstOrDefault(found => found is not null);
    }
}
