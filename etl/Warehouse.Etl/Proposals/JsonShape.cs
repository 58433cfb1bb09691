using System.Text;
using System.Text.Json;
using Warehouse.Etl.Staging;

namespace Warehouse.Etl.Proposals;

/// <summary>Tells how a JSON file holds its rows.</summary>
internal static class JsonShape
{
    private const int DeepestArray = 4;

    /// <summary>Whether a file is one JSON document and not an object on each line; and where in it the rows are.</summary>
    public static bool IsOneDocument(string path, out string? array)
    {
        array = null;
        try
        {
            using var tokens = new JsonTokens(SourceStream.Open(path, Encoding.UTF8, out _));
            if (tokens.Read() == JsonTokenType.StartObject)
            {
                array = ShallowestArray(tokens);
            }

            while (tokens.TryRead())
            {
            }

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

    /// <summary>The names, joined by points, under which the first array of objects of the least depth stands.</summary>
    private static string? ShallowestArray(JsonTokens tokens)
    {
        var names = new List<string>();
        string? found = null;
        var least = DeepestArray + 1;
        while (tokens.Read() != JsonTokenType.EndObject || tokens.Depth > 0)
        {
            if (tokens.Type != JsonTokenType.PropertyName)
            {
                continue;
            }

            var depth = tokens.Depth;
            names.RemoveRange(depth - 1, names.Count - depth + 1);
            names.Add(tokens.Name ?? "");
            if (tokens.Read() == JsonTokenType.StartArray)
            {
                var isOfObjects = tokens.Read() is JsonTokenType.StartObject or JsonTokenType.EndArray;
                (found, least) = isOfObjects && depth < least ? (string.Join('.', names), depth) : (found, least);
                while (tokens.Type != JsonTokenType.EndArray || tokens.Depth > depth)
                {
                    tokens.Read();
                }
            }
            else if (depth >= least || depth == DeepestArray)
            {
                tokens.Skip();
            }
        }

        return found;
    }
}
