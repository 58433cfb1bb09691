using System.CommandLine;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Loading;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse load [FEED…] [--file F] [--dry-run] [--mended F]</c>: brings what the feeds find into the star, as one generation.</summary>
internal static class LoadCommand
{
    public static Command Create(TimeProvider time)
    {
        var feeds = new Argument<string[]>("feed") { Description = "The feeds to load; all of them where none is named." };
        var file = new FileOption("--file", "A file to read in place of the feed's own.");
        var dryRun = new Option<bool>("--dry-run") { Description = "Tell what would be loaded, corrected, deleted and rejected, and change nothing." };
        var mended = new FileOption(
            "--mended", "Rejected rows that were mended: a file of 'warehouse quality --rejects FEED --mend --format csv --out FILE'.");
        var verbose = new Option<bool>("--verbose") { Description = "Tell every step on standard error." };
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("load", "Bring what the feeds find into the warehouse, as one generation. What was loaded before is recognised.")
        {
            feeds, file, dryRun, mended, verbose, workspace, format, path,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            var writer = CommonOptions.Writer(parsed, format, path);
            if (parsed.GetValue(dryRun))
            {
                await writer.WriteAsync(await TryAsync(parsed.Caller(), place, parsed.GetValue(feeds)!, file.PathIn(parsed), time, stop), stop);
                return ExitCode.Done;
            }

            var report = mended.PathIn(parsed) is { } rows
                ? await MendAsync(parsed.Caller(), place, parsed.GetValue(feeds)!, rows, time, stop)
                : await RunAsync(parsed.Caller(), place, parsed.GetValue(feeds)!, file.PathIn(parsed), time, stop, parsed.GetValue(verbose));
            await writer.WriteAsync(LoadAnswer.Of(report), stop);
            return Conclude(report, parsed.Caller().Error);
        });
        return command;
    }

    /// <summary>Loads, telling the steps as it goes.</summary>
    public static async Task<LoadReport> RunAsync(
        Caller caller, Workspace workspace, IReadOnlyList<string> names, string? file, TimeProvider time, CancellationToken stop, bool everyStep = false)
    {
        var feeds = FeedCatalogue.Choose(FeedCatalogue.Read(workspace), names);
        await using var database = await WarehouseDatabase.OpenAsync(workspace, time, stop);
        var report = await WatchAsync(caller, progress => new Loader(database, time).LoadAsync(feeds, file, progress, stop), everyStep);
        if (everyStep)
        {
            await caller.Error.WriteLineAsync("load: building rollups");
        }

        await BuildRollupsAsync(caller, database, time, stop);
        return report;
    }

    /// <summary>
    /// Rollups follow what was published. A cube that is wrong does not undo it: its questions are answered from facts until it is
    /// right.
    /// </summary>
    public static async Task BuildRollupsAsync(Caller caller, WarehouseDatabase database, TimeProvider time, CancellationToken stop)
    {
        if (database.Workspace.DefinitionsIn("cubes").Count == 0)
        {
            return;
        }

        try
        {
            await database.InTurnAsync(async turn => await QueryCommand.Engine(database, time).BuildRollupsAsync(turn), stop);
        }
        catch (UserFaultException fault)
        {
            caller.Tell("what was published stands, but rollups were not built", [fault.Message]);
        }
    }

    private static async Task<LoadReport> MendAsync(
        Caller caller, Workspace workspace, string[] names, string file, TimeProvider time, CancellationToken stop)
    {
        if (names.Length != 1)
        {
            throw new WrongCommandException($"Mended rows are of one feed: name it ('warehouse load FEED --mended {file}').");
        }

        var feed = FeedCatalogue.Choose(FeedCatalogue.Read(workspace), names)[0];
        await using var database = await WarehouseDatabase.OpenAsync(workspace, time, stop);
        var report = await WatchAsync(caller, progress => new Loader(database, time).MendAsync(feed, file, progress, stop));
        await BuildRollupsAsync(caller, database, time, stop);
        return report;
    }

    /// <summary>Tells what a load would do. Where there is no database yet, the one that this needs is gone afterwards.</summary>
    private static async Task<Answer> TryAsync(
        Caller caller, Workspace workspace, IReadOnlyList<string> names, string? file, TimeProvider time, CancellationToken stop)
    {
        var feeds = FeedCatalogue.Choose(FeedCatalogue.Read(workspace), names);
        var isThere = File.Exists(workspace.DatabasePath);
        try
        {
            await using var database = await WarehouseDatabase.OpenAsync(workspace, time, stop);
            var report = await WatchAsync(caller, progress => new Loader(database, time).TryAsync(feeds, file, progress, stop));
            return LoadAnswer.Of(report);
        }
        finally
        {
            if (!isThere)
            {
                File.Delete(workspace.DatabasePath);
                File.Delete(workspace.DatabasePath + ".wal");
            }
        }
    }

    private static Task<LoadReport> WatchAsync(Caller caller, Func<IProgress<LoadProgress>, Task<LoadReport>> load, bool everyStep = false) => StepProgress.RunAsync(
        caller,
        "Loading",
        (LoadProgress step) => step.Source is { } source ? $"{step.Feed}: {step.Step} {source}" : $"{step.Feed}: {step.Step}",
        load,
        everyStep);

    private static int Conclude(LoadReport report, TextWriter words)
    {
        foreach (var audit in report.Audits.Where(audit => audit.IsBroken))
        {
            words.WriteLine(FormattableString.Invariant(
                $"{audit.Severity}: {audit.Name}: {audit.Offenders} of {audit.Rows} offend{(audit.Example is { } example ? $", such as {example}" : "")}."));
        }

        if (report.IsStopped)
        {
            words.WriteLine("Nothing was published: the warehouse is as it was.");
            return ExitCode.DoneWithReserve;
        }

        if (report.Generation is null)
        {
            words.WriteLine("Everything was loaded before: nothing was done.");
        }

        if (!report.IsBeyondLimit)
        {
            return report.IsBroken ? ExitCode.DoneWithReserve : ExitCode.Done;
        }

        var feeds = report.Files.Where(loaded => loaded.IsBeyondLimit).Select(loaded => loaded.Feed).Distinct().ToArray();
        words.WriteLine(
            $"More rows were rejected than {string.Join(", ", feeds)} {(feeds.Length == 1 ? "allows" : "allow")}. 'warehouse quality --rejects {feeds[0]}' shows them.");
        return ExitCode.DoneWithReserve;
    }
}
