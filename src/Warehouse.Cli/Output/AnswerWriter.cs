using Warehouse.Definitions;

namespace Warehouse.Cli.Output;

/// <summary>Writes an answer where and how the user asked for it.</summary>
/// <param name="Format">How.</param>
/// <param name="Path">To which file; null writes to standard output.</param>
internal sealed record AnswerWriter(AnswerFormat Format, string? Path)
{
    /// <summary>Writes the answer. A file appears whole or not at all.</summary>
    public async Task WriteAsync(Answer answer, CancellationToken cancellationToken, string? title = null)
    {
        if (Format == AnswerFormat.Table && Path is null)
        {
            TableAnswer.Write(answer, Terminal.Out, title);
            return;
        }

        if (Path is null)
        {
            if (Format == AnswerFormat.Parquet)
            {
                throw new WrongCommandException("A Parquet file cannot go to standard output: name a file with '--out FILE'.");
            }

            await using var output = Console.OpenStandardOutput();
            await WriteAsync(answer, output, cancellationToken);
            if (Format == AnswerFormat.Json)
            {
                output.WriteByte((byte)'\n');
            }

            return;
        }

        var unfinished = Path + ".unfinished";
        try
        {
            if (Format == AnswerFormat.Parquet)
            {
                await EngineAnswer.WriteParquetAsync(answer, unfinished, cancellationToken);
            }
            else
            {
                await using var file = File.Create(unfinished);
                await WriteAsync(answer, file, cancellationToken);
            }

            File.Move(unfinished, Path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException($"{Path} cannot be written: {fault.Message}", fault);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private async Task WriteAsync(Answer answer, Stream stream, CancellationToken cancellationToken)
    {
        switch (Format)
        {
            case AnswerFormat.Json:
                await JsonAnswer.WriteAsync(answer, stream, cancellationToken);
                break;
            case AnswerFormat.Csv:
                await CsvAnswer.WriteAsync(answer, stream, cancellationToken);
                break;
            case AnswerFormat.Arrow:
                await EngineAnswer.WriteArrowAsync(answer, stream, cancellationToken);
                break;
            default:
                await using (var writer = new StreamWriter(stream, leaveOpen: true))
                {
                    TableAnswer.Write(answer, Terminal.Over(writer));
                }

                break;
        }
    }
}
