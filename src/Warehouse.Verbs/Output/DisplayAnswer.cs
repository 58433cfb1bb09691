using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Warehouse.Verbs.Output;

/// <summary>
/// Writes an answer as a page shows it: each value for programs (<c>values</c>) and as people read it (<c>texts</c>), columns with
/// their captions.
/// </summary>
internal static class DisplayAnswer
{
    /// <summary>The answer as one JSON object.</summary>
    public static string Json(Answer answer)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            Write(answer, writer);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(Answer answer, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("generation", answer.Generation);
        writer.WriteString("asOf", answer.AsOf is { } day ? ValueText.Invariant(day) : null);
        writer.WriteString("definition", answer.Definition);
        if (answer.Asked is { } asked)
        {
            writer.WriteStartObject("asked");
            foreach (var (part, text) in asked)
            {
                writer.WriteString(part, text);
            }

            writer.WriteEndObject();
        }

        writer.WriteStartArray("columns");
        foreach (var column in answer.Columns)
        {
            writer.WriteStartObject();
            writer.WriteString("name", column.Name);
            writer.WriteString("type", column.Type);
            writer.WriteString("caption", column.Heading);
            writer.WriteString("format", JsonNamingPolicy.CamelCase.ConvertName(column.Format.ToString()));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("rows");
        foreach (var row in answer.Rows)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("values");
            foreach (var value in row)
            {
                writer.WriteRawValue(JsonAnswer.Text(value));
            }

            writer.WriteEndArray();
            writer.WriteStartArray("texts");
            for (var place = 0; place < row.Length; place++)
            {
                writer.WriteStringValue(answer.Columns[place].ForPeople(row[place]));
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
