using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using Warehouse.Campaigns.Privacy;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Lineage;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse status</c>: the generations and what they were loaded from, what changed between two, and where a row or column comes from.</summary>
internal static class StatusCommand
{
    private static readonly AnswerColumn[] Generations =
    [
        new("generation", "INTEGER"),
        new("published_at", "TIMESTAMPTZ", "published (UTC)"),
        new("feed", "VARCHAR"),
        new("source", "VARCHAR"),
        new("rows_read", "BIGINT", "read", ColumnFormat.Count),
        new("rows_loaded", "BIGINT", "loaded", ColumnFormat.Count),
        new("rows_corrected", "BIGINT", "corrected", ColumnFormat.Count) { IsRare = true },
        new("rows_deleted", "BIGINT", "deleted", ColumnFormat.Count) { IsRare = true },
        new("rows_rejected", "BIGINT", "rejected", ColumnFormat.Count),
        new("rows_left_out", "BIGINT", "left out", ColumnFormat.Count) { IsRare = true },
        new("rows_withdrawn", "BIGINT", "withdrawn", ColumnFormat.Count) { IsRare = true },
        new("seconds", "DOUBLE", null, ColumnFormat.Number),
    ];

    private static readonly AnswerColumn[] Changes =
    [
        new("table", "VARCHAR"),
        new("inserted", "BIGINT", null, ColumnFormat.Count),
        new("corrected", "BIGINT", null, ColumnFormat.Count),
        new("deleted", "BIGINT", null, ColumnFormat.Count),
        new("rows_before", "BIGINT", "rows before", ColumnFormat.Count),
        new("rows_after", "BIGINT", "rows after", ColumnFormat.Count),
        new("measure", "VARCHAR"),
        new("total_before", "DECIMAL(38,4)", "total before", ColumnFormat.Money),
        new("total_after", "DECIMAL(38,4)", "total after", ColumnFormat.Money),
    ];

    private static readonly AnswerColumn[] Columns =
    [
        new("column", "VARCHAR"), new("feed", "VARCHAR"), new("said", "VARCHAR"), new("rule", "VARCHAR"), new("files", "VARCHAR"),
    ];

    private static readonly AnswerColumn[] Rows =
    [
        new("generation", "INTEGER"),
        new("known_at", "TIMESTAMPTZ", "known (UTC)"),
        new("known_to", "TIMESTAMPTZ", "until (UTC)"),
        new("feed", "VARCHAR"),
        new("source", "VARCHAR"),
        new("line", "BIGINT"),
        new("content_hash", "VARCHAR", "SHA-256 of the file"),
        new("loaded_at", "TIMESTAMPTZ", "read (UTC)"),
    ];

    public static Command Create(TimeProvider time)
    {
        var changed = new Option<string[]>("--changed")
        {
            Description = "What changed from one generation to another; without the second, to the newest.",
            HelpName = "FROM TO",
            Arity = new ArgumentArity(1, 2),
            AllowMultipleArgumentsPerToken = true,
        };
        var lineage = new Option<string?>("--lineage") { Description = "Where the columns of a table of the star come from.", HelpName = "TABLE[.COLUMN]" };
        var row = new Option<long?>("--row") { Description = "With --lineage: the file and line of the row with this key.", HelpName = "KEY" };
        var audit = new Option<bool>("--audit") { Description = "Whether the audit log of exports and look-ups is as it was written." };
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("status", "Show the generations, newest first, and the files that each was loaded from.")
        {
            changed, lineage, row, audit, workspace, format, path,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
            if (parsed.GetValue(audit))
            {
                return await AuditAsync(database, CommonOptions.Writer(parsed, format, path), stop);
            }

            await using var connection = await database.ConnectAsync(stop);
            var current = await Generation.CurrentAsync(connection, stop);
            var answer = (parsed.GetValue(changed), parsed.GetValue(lineage), parsed.GetValue(row)) switch
            {
                ({ Length: > 0 } between, _, _) => await ChangedAsync(connection, between, current, stop),
                (_, { } table, { } key) => await RowAsync(connection, table, key, current, stop),
                (_, { } table, null) => await LineageAsync(connection, place, table, current, stop),
                (_, null, not null) => throw new WrongCommandException("Say of which table the row is: --lineage TABLE --row KEY."),
                _ => await GenerationsAsync(connection, current, stop),
            };
            await CommonOptions.Writer(parsed, format, path).WriteAsync(answer, stop);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<int> AuditAsync(WarehouseDatabase database, AnswerWriter writer, CancellationToken stop)
    {
        var state = await AuditLog.VerifyAsync(database, stop);
        await writer.WriteAsync(
            state,
            new Answer(0, null, "audit", [new("audit", "VARCHAR")], [[state.Words], .. state.Faults.Select(fault => new object?[] { fault })]),
            stop);
        return state.Faults.Count == 0 ? ExitCode.Done : ExitCode.DoneWithReserve;
    }

    private static async Task<Answer> GenerationsAsync(DbConnection connection, Generation current, CancellationToken stop) => new(
        current.Number,
        null,
        "status",
        Generations,
        await connection.RowsAsync(
            """
            SELECT generation, published_at, feed, source, rows_read, rows_loaded, rows_corrected, rows_deleted, rows_rejected, rows_left_out, rows_withdrawn,
                round(epoch(load.finished_at) - epoch(load.started_at), 2)
            FROM ops.generation
            LEFT JOIN ops.load USING (generation)
            ORDER BY generation DESC, load_key
            """,
            row => new object?[]
            {
                row.GetInt32(0), row.GetFieldValue<DateTimeOffset>(1), row.TextOrNull(2), row.TextOrNull(3),
                row.ValueOrNull<long>(4), row.ValueOrNull<long>(5), row.ValueOrNull<long>(6), row.ValueOrNull<long>(7),
                row.ValueOrNull<long>(8), row.ValueOrNull<long>(9), row.ValueOrNull<long>(10), row.ValueOrNull<double>(11),
            },
            stop));

    private static async Task<Answer> ChangedAsync(DbConnection connection, string[] between, Generation current, CancellationToken stop)
    {
        var from = Number(between[0], current);
        var to = between.Length > 1 ? Number(between[1], current) : current.Number;
        if (from > to)
        {
            throw new WrongCommandException(FormattableString.Invariant($"Generation {from} is later than {to}: name the earlier one first."));
        }

        var changes = await GenerationChange.BetweenAsync(connection, from, to, stop);
        return new Answer(to, null, "changes", Changes,
        [
            .. changes.Select(change => new object?[]
            {
                change.Table, change.Inserted, change.Corrected, change.Deleted, change.RowsBefore, change.RowsAfter,
                change.Measure, change.TotalBefore, change.TotalAfter,
            }),
        ]);
    }

    private static int Number(string text, Generation current) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= current.Number
            ? number
            : throw new WrongCommandException(FormattableString.Invariant($"\"{text}\" is no generation; there are 0 to {current.Number}."));

    private static async Task<Answer> LineageAsync(
        DbConnection connection, Workspace place, string table, Generation current, CancellationToken stop)
    {
        var lineage = await ColumnLineage.OfAsync(connection, FeedCatalogue.Read(place), table, stop);
        return new Answer(
            current.Number, null, "lineage", Columns,
            [.. lineage.Select(column => new object?[] { column.Column, column.Feed, column.Said, column.Rule, column.Files })]);
    }

    private static async Task<Answer> RowAsync(DbConnection connection, string table, long key, Generation current, CancellationToken stop)
    {
        var lines = await RowLineage.OfAsync(connection, table, key, stop);
        return lines.Count == 0
            ? throw new UserFaultException(FormattableString.Invariant($"{table} has no row with the key {key}, now or before."))
            : new Answer(current.Number, null, "lineage", Rows,
            [
                .. lines.Select(line => new object?[]
                {
                    line.Generation, line.KnownAt, line.KnownTo, line.Feed, line.Source, line.Line, line.ContentHash, line.LoadedAt,
                }),
            ]);
    }
}
