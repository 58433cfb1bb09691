using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Warehouse.Cli.Output;

/// <summary>Writes an answer as JSON: dates by ISO 8601, decimals exact as numbers, NULL as null.</summary>
internal static class JsonAnswer
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    public static async Task WriteAsync(Answer answer, Stream stream, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartObject();
        json.WriteNumber("generation", answer.Generation);
        if (answer.AsOf is { } asOf)
        {
            json.WriteString("asOf", asOf.ToString("O", CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteNull("asOf");
        }

        json.WriteString("definition", answer.Definition);
        json.WriteStartArray("columns");
        foreach (var column in answer.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (var row in answer.Rows)
        {
            json.WriteRawValue(RowText(row));
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
    }

    /// <summary>A row on one line, so that people can read it too.</summary>
    private static byte[] RowText(object?[] row)
    {
        var text = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(text, Options with { Indented = false });
        json.WriteStartArray();
        foreach (var value in row)
        {
            WriteValue(json, value);
        }

        json.WriteEndArray();
        json.Flush();
        return text.WrittenSpan.ToArray();
    }

    /// <summary>Writes one value; a number that JSON has no form for (not a number, infinite) becomes null.</summary>
    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case double number when !double.IsFinite(number):
            case float single when !float.IsFinite(single):
                json.WriteNullValue();
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal or Int128 or UInt128 or System.Numerics.BigInteger:
                json.WriteRawValue(ValueText.Invariant(value));
                break;
            default:
                json.WriteStringValue(ValueText.Invariant(value));
                break;
        }
    }
}
