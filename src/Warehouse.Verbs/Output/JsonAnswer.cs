using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Warehouse.Verbs.Output;

/// <summary>
/// Writes an answer as JSON: dates by ISO 8601, decimals exact as numbers, NULL as null, a column or a row on each line,
/// so that people can read it too.
/// </summary>
internal static class JsonAnswer
{
    public static async Task WriteAsync(Answer answer, Stream stream, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        writer.NewLine = "\n";
        await writer.WriteLineAsync("{");
        await writer.WriteLineAsync(FormattableString.Invariant($"  \"generation\": {answer.Generation},"));
        await writer.WriteLineAsync($"  \"asOf\": {Text(answer.AsOf)},");
        await writer.WriteLineAsync($"  \"definition\": {Text(answer.Definition)},");
        if (answer.Words is { } words)
        {
            await writer.WriteLineAsync($"  \"words\": {Text(words)},");
        }

        await WriteListAsync(
            writer,
            "columns",
            answer.Columns.Select(column => $"{{\"name\": {Text(column.Name)}, \"type\": {Text(column.Type)}}}"),
            cancellationToken);
        await writer.WriteLineAsync(",");
        await WriteListAsync(writer, "rows", answer.Rows.Select(row => $"[{string.Join(", ", row.Select(Text))}]"), cancellationToken);
        await writer.WriteLineAsync();
        await writer.WriteAsync("}");
    }

    private static async Task WriteListAsync(TextWriter writer, string name, IEnumerable<string> items, CancellationToken cancellationToken)
    {
        await writer.WriteAsync($"  \"{name}\": [");
        var separator = "";
        foreach (var item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await writer.WriteAsync($"{separator}\n    {item}");
            separator = ",";
        }

        await writer.WriteAsync(separator.Length == 0 ? "]" : "\n  ]");
    }

    /// <summary>A value as JSON; a number that JSON has no form for (not a number, infinite) becomes null.</summary>
    public static string Text(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        double number when !double.IsFinite(number) => "null",
        float number when !float.IsFinite(number) => "null",
        _ when ValueText.IsNumber(value) => ValueText.Invariant(value),
        _ => string.Create(CultureInfo.InvariantCulture, $"\"{JsonEncodedText.Encode(ValueText.Invariant(value), JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\""),
    };
}
