using System.Buffers;
using System.Text;

namespace Warehouse.Verbs.Output;

/// <summary>Writes an answer as comma-separated values by RFC 4180; NULL is an empty field.</summary>
internal static class CsvAnswer
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    public static async Task WriteAsync(Answer answer, Stream stream, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        writer.NewLine = "\r\n";
        await writer.WriteLineAsync(string.Join(',', answer.Columns.Select(column => Quoted(column.Name))));
        foreach (var row in answer.Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await writer.WriteLineAsync(string.Join(',', row.Select(value => Quoted(ValueText.Invariant(value)))));
        }
    }

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(Special) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
