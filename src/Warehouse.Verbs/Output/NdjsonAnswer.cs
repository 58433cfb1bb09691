using System.Text;

namespace Warehouse.Verbs.Output;

/// <summary>Writes an answer as one JSON object a line and row, by the columns' names, for programs that read rows as they come.</summary>
internal static class NdjsonAnswer
{
    public static async Task WriteAsync(Answer answer, Stream stream, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        string[] names = [.. answer.Columns.Select(column => JsonAnswer.Text(column.Name))];
        foreach (var row in answer.Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await writer.WriteLineAsync($"{{{string.Join(", ", row.Select((value, place) => $"{names[place]}: {JsonAnswer.Text(value)}"))}}}");
        }
    }
}
