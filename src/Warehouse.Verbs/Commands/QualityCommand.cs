using System.CommandLine;
using System.Data.Common;
using Warehouse.Definitions;
using Warehouse.Etl.Quality;
using Warehouse.Etl.Quality.Profiles;
using Warehouse.Etl.Quality.Reports;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse quality [--rejects FEED [--mend]] [--profile]</c>: how good the data is, the rejected rows, the profiles that have aged.</summary>
internal static class QualityCommand
{
    private const long PageProfiles = 200;

    private static readonly AnswerColumn[] Summary =
    [
        new("aspect", "VARCHAR"),
        new("subject", "VARCHAR"),
        new("share", "DOUBLE", "good", ColumnFormat.Share),
        new("offenders", "BIGINT", null, ColumnFormat.Count),
        new("rows", "BIGINT", null, ColumnFormat.Count),
        new("note", "VARCHAR"),
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

    private static readonly AnswerColumn[] Profile =
    [
        new("customer_id", "VARCHAR", "customer"),
        new("customer_key", "INTEGER", "key"),
        new("attribute", "VARCHAR"),
        new("value", "VARCHAR"),
        new("source", "VARCHAR"),
        new("confirmed_on", "DATE", "confirmed"),
        new("years", "DOUBLE", null, ColumnFormat.Number),
        new("holds_years", "DOUBLE", "usually holds", ColumnFormat.Number),
    ];

    public static Command Create(TimeProvider time)
    {
        var rejects = new Option<string?>("--rejects") { Description = "Show the rejected rows of this feed that are open.", HelpName = "FEED" };
        var mend = new Option<bool>("--mend") { Description = "With --rejects: all of them with the source's columns, to be mended and loaded by 'warehouse load FEED --mended FILE'." };
        var profile = new Option<bool>("--profile") { Description = "Show what customers said of themselves so long ago that it has likely aged." };
        var limit = new Option<int>("--limit") { Description = "How many rejected rows or attributes to show.", DefaultValueFactory = _ => 50 };
        var asOf = CommonOptions.AsOf();
        var workspace = CommonOptions.Workspace();
        var format = new Option<string>("--format") { Description = "How the answer is written.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json", "ndjson", "csv", "arrow", "parquet", "html", "display");
        var path = CommonOptions.Out();
        var command = new Command("quality", "Show how good the data is: validity, completeness, uniqueness, timeliness, checks, rejected rows and aged profiles.")
        {
            rejects, mend, profile, limit, asOf, workspace, format, path,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var generation = (await Generation.CurrentAsync(connection, stop)).Number;
            var date = CommonOptions.Date(parsed, asOf) ?? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            if (parsed.GetValue(format) == "html")
            {
                var page = await PageAsync(connection, place, generation, date, stop);
                await WritePageAsync(page, path.PathIn(parsed), parsed.Caller().Output, stop);
                return ExitCode.Done;
            }

            var answer = (parsed.GetValue(rejects), parsed.GetValue(mend), parsed.GetValue(profile)) switch
            {
                ({ } feed, true, _) => await MendAsync(connection, feed, generation, stop),
                ({ } feed, false, _) => new Answer(generation, null, "rejects", Rows, await RejectedAsync(connection, feed, parsed.GetValue(limit), stop)),
                (null, true, _) => throw new WrongCommandException("Say whose rows are to be mended: --rejects FEED --mend."),
                (_, _, true) => await ProfileAsync(connection, place, generation, date, parsed.GetValue(limit), stop),
                _ => await SummaryAsync(connection, generation, stop),
            };
            await CommonOptions.Writer(parsed, format, path).WriteAsync(answer, stop);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<Answer> SummaryAsync(DbConnection connection, int generation, CancellationToken stop) => new(
        generation,
        null,
        "quality",
        Summary,
        [
            .. (await QualityFinding.AllAsync(connection, stop)).Select(finding => new object?[]
            {
                finding.Aspect, finding.Subject, finding.Share, finding.Offenders, finding.Rows, finding.Note,
            }),
        ]);

    private static async Task<Answer> ProfileAsync(
        DbConnection connection, Workspace place, int generation, DateOnly asOf, int limit, CancellationToken stop) => new(
        generation,
        asOf,
        "profile",
        Profile,
        [
            .. (await StaleValue.FindAsync(connection, ProfileAges.Read(place), asOf, limit, stop)).Select(stale => new object?[]
            {
                stale.CustomerId, stale.CustomerKey, stale.Attribute, stale.Value, stale.Source, stale.ConfirmedOn, stale.Years, stale.HoldsYears,
            }),
        ]);

    private static async Task<string> PageAsync(
        DbConnection connection, Workspace place, int generation, DateOnly asOf, CancellationToken stop) => QualityPage.Write(
        place.Definition.Name,
        generation,
        asOf,
        await QualityFinding.AllAsync(connection, stop),
        await QualityTrend.AllAsync(connection, stop),
        await StaleValue.FindAsync(connection, ProfileAges.Read(place), asOf, PageProfiles, stop));

    private static async Task WritePageAsync(string page, string? path, TextWriter output, CancellationToken stop)
    {
        if (path is null)
        {
            await output.WriteAsync(page);
        }
        else
        {
            await File.WriteAllTextAsync(path, page, stop);
        }
    }

    private static async Task<Answer> MendAsync(DbConnection connection, string feed, int generation, CancellationToken stop)
    {
        await RequireLoadedAsync(connection, feed, stop);
        var open = await MendedRows.OpenAsync(connection, feed, stop);
        return new Answer(
            generation, null, "mend", [.. open.Columns.Select(column => new AnswerColumn(column, "VARCHAR"))], [.. open.Rows.Select(row => (object?[])[.. row])]);
    }

    private static async Task<List<object?[]>> RejectedAsync(DbConnection connection, string feed, int limit, CancellationToken stop)
    {
        await RequireLoadedAsync(connection, feed, stop);
        return await connection.RowsAsync(
            """
            SELECT source, source_line, column_name, rule, reason, raw
            FROM quality.reject
            WHERE feed = $feed AND mended_generation IS NULL
            ORDER BY load_key, source_line
            LIMIT $limit
            """,
            row => new object?[] { row.GetString(0), row.GetInt64(1), row.TextOrNull(2), row.GetString(3), row.GetString(4), row.GetString(5) },
            stop,
            ("feed", feed),
            ("limit", (long)limit));
    }

    private static async Task RequireLoadedAsync(DbConnection connection, string feed, CancellationToken stop)
    {
        var feeds = await connection.RowsAsync("SELECT DISTINCT feed FROM ops.load ORDER BY feed", row => row.GetString(0), stop);
        if (!feeds.Contains(feed))
        {
            throw new WrongCommandException($"No feed \"{feed}\" was loaded. {NearNames.Hint(feed, feeds, "feeds that were loaded")}");
        }
    }
}
