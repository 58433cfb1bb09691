using System.CommandLine;
using Warehouse.Cli.Output;
using Warehouse.Store;

namespace Warehouse.Cli.Commands;

/// <summary><c>warehouse status</c>: the generations and what they were loaded from.</summary>
internal static class StatusCommand
{
    private static readonly AnswerColumn[] Columns =
    [
        new("generation", "INTEGER"),
        new("published_at", "TIMESTAMPTZ", "published (UTC)"),
        new("feed", "VARCHAR"),
        new("source", "VARCHAR"),
        new("rows_read", "BIGINT", "read", ColumnFormat.Count),
        new("rows_loaded", "BIGINT", "loaded", ColumnFormat.Count),
        new("rows_corrected", "BIGINT", "corrected", ColumnFormat.Count),
        new("rows_deleted", "BIGINT", "deleted", ColumnFormat.Count),
        new("rows_rejected", "BIGINT", "rejected", ColumnFormat.Count),
        new("seconds", "DOUBLE", null, ColumnFormat.Number),
    ];

    public static Command Create(TimeProvider time)
    {
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("status", "Show the generations, newest first, and the files that each was loaded from.")
        {
            workspace, format, path,
        };
        command.SetAction(async (parsed, stop) =>
        {
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(CommonOptions.Open(parsed, workspace), time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var rows = await connection.RowsAsync(
                """
                SELECT generation, published_at, feed, source, rows_read, rows_loaded, rows_corrected, rows_deleted, rows_rejected,
                    round(epoch(load.finished_at) - epoch(load.started_at), 2)
                FROM ops.generation
                LEFT JOIN ops.load USING (generation)
                ORDER BY generation DESC, load_key
                """,
                row => new object?[]
                {
                    row.GetInt32(0), row.GetFieldValue<DateTimeOffset>(1), row.TextOrNull(2), row.TextOrNull(3),
                    row.ValueOrNull<long>(4), row.ValueOrNull<long>(5), row.ValueOrNull<long>(6), row.ValueOrNull<long>(7),
                    row.ValueOrNull<long>(8), row.ValueOrNull<double>(9),
                },
                stop);
            var answer = new Answer((int)rows[0][0]!, null, "status", Columns, rows);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(answer, stop);
            return ExitCode.Done;
        });
        return command;
    }
}
