using System.CommandLine;
using System.Data.Common;
using Warehouse.Cli.Output;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Cli.Commands;

/// <summary><c>warehouse quality [--rejects FEED]</c>: how many rows were rejected by which rule, or the rows themselves.</summary>
internal static class QualityCommand
{
    private static readonly AnswerColumn[] Summary =
    [
        new("feed", "VARCHAR"),
        new("rule", "VARCHAR"),
        new("column", "VARCHAR"),
        new("rows", "BIGINT", null, ColumnFormat.Count),
        new("example", "VARCHAR"),
    ];

    private static readonly AnswerColumn[] Rows =
    [
        new("source", "VARCHAR"),
        new("line", "BIGINT"),
        new("column", "VARCHAR"),
        new("rule", "VARCHAR"),
        new("reason", "VARCHAR"),
        new("raw", "VARCHAR"),
    ];

    public static Command Create(TimeProvider time)
    {
        var rejects = new Option<string?>("--rejects") { Description = "Show the rejected rows of this feed.", HelpName = "FEED" };
        var limit = new Option<int>("--limit") { Description = "How many rejected rows to show.", DefaultValueFactory = _ => 50 };
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("quality", "Show how many rows were rejected, and why.") { rejects, limit, workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(CommonOptions.Open(parsed, workspace), time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var generation = (await Generation.CurrentAsync(connection, stop)).Number;
            var answer = parsed.GetValue(rejects) is { } feed
                ? new Answer(generation, null, "rejects", Rows, await RejectedAsync(connection, feed, parsed.GetValue(limit), stop))
                : new Answer(generation, null, "quality", Summary, await SummaryAsync(connection, stop));
            await CommonOptions.Writer(parsed, format, path).WriteAsync(answer, stop);
            return ExitCode.Done;
        });
        return command;
    }

    private static Task<List<object?[]>> SummaryAsync(DbConnection connection, CancellationToken stop) =>
        connection.RowsAsync(
            """
            SELECT feed, rule, column_name, count(*), arg_min(reason, (load_key, source_line))
            FROM quality.reject
            GROUP BY ALL
            ORDER BY feed, count(*) DESC, rule, column_name
            """,
            row => new object?[] { row.GetString(0), row.GetString(1), row.TextOrNull(2), row.GetInt64(3), row.GetString(4) },
            stop);

    private static async Task<List<object?[]>> RejectedAsync(DbConnection connection, string feed, int limit, CancellationToken stop)
    {
        var feeds = await connection.RowsAsync("SELECT DISTINCT feed FROM ops.load ORDER BY feed", row => row.GetString(0), stop);
        if (!feeds.Contains(feed))
        {
            throw new WrongCommandException($"No feed \"{feed}\" was loaded. {NearNames.Hint(feed, feeds, "feeds that were loaded")}");
        }

        return await connection.RowsAsync(
            """
            SELECT source, source_line, column_name, rule, reason, raw
            FROM quality.reject
            WHERE feed = $feed
            ORDER BY load_key, source_line
            LIMIT $limit
            """,
            row => new object?[] { row.GetString(0), row.GetInt64(1), row.TextOrNull(2), row.GetString(3), row.GetString(4), row.GetString(5) },
            stop,
            ("feed", feed),
            ("limit", (long)limit));
    }
}
