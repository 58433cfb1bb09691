using Warehouse.Charts;
using Warehouse.Definitions;

namespace Warehouse.Verbs.Output;

/// <summary>Writes an answer where and how the user asked for it.</summary>
/// <param name="Caller">Who asked.</param>
/// <param name="Format">How.</param>
/// <param name="Path">To which file; null answers the caller himself.</param>
internal sealed record AnswerWriter(Caller Caller, AnswerFormat Format, string? Path)
{
    /// <summary>Whether what has charts is written with them.</summary>
    public bool HasCharts => Format is AnswerFormat.Html or AnswerFormat.Display;

    /// <summary>How a form is written that only files have; null for the others.</summary>
    private Func<Answer, string, CancellationToken, Task>? ToFile => Format switch
    {
        AnswerFormat.Parquet => EngineAnswer.WriteParquetAsync,
        AnswerFormat.Xlsx => XlsxAnswer.WriteAsync,
        _ => null,
    };

    /// <summary>Writes the answer. A file appears whole or not at all.</summary>
    public async Task WriteAsync(Answer answer, CancellationToken cancellationToken, string? title = null)
    {
        answer = Caller.Page?.Of(answer) ?? answer;
        if (Format == AnswerFormat.Html)
        {
            await WriteAsync(TableReport.Of(answer, title ?? "Answer"), cancellationToken);
            return;
        }

        if (Format == AnswerFormat.Display)
        {
            await WriteTextAsync(DisplayAnswer.Json(answer), cancellationToken);
            return;
        }

        if (Format == AnswerFormat.Table && Path is null)
        {
            TableAnswer.Write(answer, Caller.Terminal, title);
            return;
        }

        if (Path is null)
        {
            await using var output = Caller.Answers();
            if (ToFile is { } write)
            {
                await WriteFileAsync(answer, output, write, cancellationToken);
                return;
            }

            await WriteAsync(answer, output, cancellationToken);
            if (Format == AnswerFormat.Json)
            {
                output.WriteByte((byte)'\n');
            }

            return;
        }

        await ToFileAsync(Path, async unfinished =>
        {
            if (ToFile is { } write)
            {
                await write(answer, unfinished, cancellationToken);
            }
            else
            {
                await using var file = File.Create(unfinished);
                await WriteAsync(answer, file, cancellationToken);
            }
        });
    }

    /// <summary>Has bytes written that come as they are made.</summary>
    public async Task StreamAsync(Func<Stream, Task> write)
    {
        RequireWhole();
        if (Path is null)
        {
            await using var output = Caller.Answers();
            await write(output);
            return;
        }

        await ToFileAsync(Path, async unfinished =>
        {
            await using var file = File.Create(unfinished);
            await write(file);
        });
    }

    /// <summary>Writes something that is no table: in JSON as one object, else as the table that shows it.</summary>
    /// <param name="value">The object.</param>
    /// <param name="table">The table.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <param name="title">What the table is headed with.</param>
    public async Task WriteAsync(object value, Answer table, CancellationToken cancellationToken, string? title = null)
    {
        if (Format != AnswerFormat.Json)
        {
            await WriteAsync(table, cancellationToken, title);
        }
        else
        {
            RequireWhole();
            await WriteTextAsync(ObjectAnswer.Json(value), cancellationToken);
        }
    }

    /// <summary>Writes something that has charts: with them as a report, in JSON as one object, else as the table that shows it.</summary>
    /// <param name="value">The object.</param>
    /// <param name="table">The table.</param>
    /// <param name="report">Makes the report.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <param name="title">What the table is headed with.</param>
    public Task WriteAsync(object value, Answer table, Func<Report> report, CancellationToken cancellationToken, string? title = null) =>
        HasCharts ? WriteAsync(report(), cancellationToken) : WriteAsync(value, table, cancellationToken, title);

    /// <summary>Writes a report: one HTML file, or what a page shows of it.</summary>
    public Task WriteAsync(Report report, CancellationToken cancellationToken) =>
        WriteTextAsync(Format == AnswerFormat.Display ? report.Display : report.Html, cancellationToken);

    private void RequireWhole()
    {
        if (Caller.Page is not null)
        {
            throw RowPage.NoTable();
        }
    }

    private async Task WriteTextAsync(string text, CancellationToken cancellationToken)
    {
        if (Path is null)
        {
            await Caller.Output.WriteLineAsync(text);
        }
        else
        {
            await ToFileAsync(Path, unfinished => File.WriteAllTextAsync(unfinished, text, cancellationToken));
        }
    }

    private static async Task ToFileAsync(string path, Func<string, Task> write)
    {
        var unfinished = path + ".unfinished";
        try
        {
            await write(unfinished);
            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException($"{path} cannot be written: {fault.Message}", fault);
        }
        finally
        {
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }
        }
    }

    /// <summary>What is written to files alone.</summary>
    private async Task WriteFileAsync(Answer answer, Stream stream, Func<Answer, string, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        if (!Caller.TakesFiles)
        {
            throw new WrongCommandException($"A file of {Format} cannot go to standard output: name a file with '--out FILE'.");
        }

        var file = System.IO.Path.GetTempFileName();
        try
        {
            await write(answer, file, cancellationToken);
            await using var written = File.OpenRead(file);
            await written.CopyToAsync(stream, cancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task WriteAsync(Answer answer, Stream stream, CancellationToken cancellationToken)
    {
        switch (Format)
        {
            case AnswerFormat.Json:
                await JsonAnswer.WriteAsync(answer, stream, cancellationToken);
                break;
            case AnswerFormat.Ndjson:
                await NdjsonAnswer.WriteAsync(answer, stream, cancellationToken);
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
                    TableAnswer.Write(answer, Terminals.Over(writer));
                }

                break;
        }
    }
}
