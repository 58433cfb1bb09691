using System.CommandLine;
using System.Diagnostics;
using Warehouse.Analysis.Populations;
using Warehouse.Analysis.Rfm;
using Warehouse.Analysis.Snapshots;
using Warehouse.Campaigns.Segments;
using Warehouse.Definitions;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse snapshot</c>: computes and stores what is true of every customer, as of one date or of many.</summary>
internal static class SnapshotCommand
{
    private const int MostDates = 1_000;

    private static readonly AnswerColumn[] Columns =
    [
        new("as_of", "DATE", "as of"),
        new("customers", "BIGINT", null, ColumnFormat.Count),
        new("lifetime_model", "VARCHAR", "lifetime model"),
        new("generation", "INTEGER"),
        new("outcome", "VARCHAR"),
        new("seconds", "DOUBLE", null, ColumnFormat.Number),
    ];

    public static Command Create(TimeProvider time)
    {
        var from = new Option<string?>("--from") { Description = "The first of several dates.", HelpName = "DATE" };
        var to = new Option<string?>("--to") { Description = "The last of several dates, inclusive.", HelpName = "DATE" };
        var every = new Option<string>("--every") { Description = "How far apart the dates are: day, week, month, quarter or year.", DefaultValueFactory = _ => "month" };
        every.AcceptOnlyFromAmong("day", "week", "month", "quarter", "year");
        var window = new Option<string>("--window") { Description = "How far back RFM and tiers look: all, a first date, or a length such as 12m.", DefaultValueFactory = _ => "all" };
        var lifetime = new Option<string>("--lifetime") { Description = "Whether lifetime models are fitted too: yes or no.", DefaultValueFactory = _ => "yes" };
        lifetime.AcceptOnlyFromAmong("yes", "no");
        var date = new AsOfArguments();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("snapshot", "Compute and store every customer's scores, tier, stage and expectations as of a date.")
        {
            from, to, every, window, lifetime, workspace, format, path,
        };
        date.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var (first, last) = (CommonOptions.Date(parsed, from), CommonOptions.Date(parsed, to));
            if (first is null != last is null || last < first)
            {
                throw new WrongCommandException("Several dates have a first and a last one, in this order: '--from 2025-01-31 --to 2025-12-31'.");
            }

            await using var database = await WarehouseDatabase.OpenAsync(CommonOptions.Open(parsed, workspace), time, stop);
            var dates = first is { } start
                ? [.. DatesFrom(start, last!.Value, parsed.GetValue(every)!).Select(day => date.Of(parsed, day, database.Workspace))]
                : new[] { await OneAsync() };
            var map = LifecycleCommand.MapOf(database.Workspace, null);
            var segments = RfmCommand.MapOf(database.Workspace, null) ?? SegmentMap.Customary;
            var rows = new List<object?[]>();
            var definition = "";
            foreach (var asOf in dates)
            {
                var clock = Stopwatch.StartNew();
                var options = new SnapshotOptions(asOf)
                {
                    Window = Window.Parse(parsed.GetValue(window)!),
                    Stages = map,
                    Segments = segments,
                    WithLifetime = parsed.GetValue(lifetime) == "yes",
                };
                var report = await CustomerSnapshot.StoreAsync(database, options, stop);
                definition = report.Definition;
                rows.Add(
                [
                    report.AsOf, report.Customers, report.LifetimeModel, report.Generation,
                    report.Generation is null ? "stored already" : "stored", Math.Round(clock.Elapsed.TotalSeconds, 2),
                ]);
                foreach (var note in report.Notes)
                {
                    await parsed.Caller().Error.WriteLineAsync(FormattableString.Invariant($"Note, {report.AsOf:yyyy-MM-dd}: {note}"));
                }
            }

            if (database.Workspace.DefinitionsIn(Campaigns.Segments.Segment.Folder).Count > 0)
            {
                await SegmentPopulation.KeepAsync(database, new PopulationOptions(dates[^1]), stop);
            }

            await LoadCommand.BuildRollupsAsync(parsed.Caller(), database, time, stop);
            await using var connection = await database.ConnectAsync(stop);
            if (await OutdatedSnapshots.FindAsync(connection, stop) is { } outdated)
            {
                await parsed.Caller().Error.WriteLineAsync(outdated.ToString());
            }

            var generation = await Generation.CurrentAsync(connection, stop);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(
                new Answer(generation.Number, dates[^1].Date, definition, Columns, rows), stop, "Snapshots");
            return ExitCode.Done;

            async Task<AsOf> OneAsync()
            {
                await using var reading = await database.ConnectAsync(stop);
                return await date.ReadAsync(parsed, reading, database.Workspace, time, stop);
            }
        });
        return command;
    }

    private static List<DateOnly> DatesFrom(DateOnly first, DateOnly last, string every)
    {
        var dates = new List<DateOnly>();
        for (var date = first; date <= last; date = Next(dates.Count))
        {
            dates.Add(date);
            if (dates.Count > MostDates)
            {
                throw new WrongCommandException(FormattableString.Invariant($"These are more than {MostDates:#,##0} dates: take a longer step than a {every}."));
            }
        }

        return dates;

        DateOnly Next(int steps) => every switch
        {
            "day" => first.AddDays(steps),
            "week" => first.AddDays(7 * steps),
            "month" => first.AddMonths(steps),
            "quarter" => first.AddMonths(3 * steps),
            _ => first.AddYears(steps),
        };
    }
}
