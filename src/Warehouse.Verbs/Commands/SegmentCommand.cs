using System.CommandLine;
using Warehouse.Analysis.Populations;
using Warehouse.Campaigns.Exports;
using Warehouse.Campaigns.Privacy;
using Warehouse.Campaigns.Segments;
using Warehouse.Definitions;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse segment list | show | conditions | preview | save | build | diff | export</c>: who a campaign is for.</summary>
internal static class SegmentCommand
{
    private const int Examples = 10;

    public static Command Create(TimeProvider time) => new("segment", "Say who a campaign is for: list, show, preview, save, build, compare or export segments.")
    {
        SegmentListCommand.List(time),
        SegmentListCommand.Show(time),
        SegmentListCommand.Conditions(time),
        Preview(time),
        SegmentSaveCommand.Create(time),
        Build(time),
        Diff(time),
        Export(time),
    };

    private static Command Preview(TimeProvider time)
    {
        var segment = new SegmentArguments(takesDraft: true);
        var population = new PopulationArguments();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("preview", "Count a segment's members and show the most valuable ones with the reasons.") { format, path };
        segment.AddTo(command);
        population.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var (place, segments, chosen) = segment.Open(parsed);
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var options = await population.ReadAsync(parsed, connection, place, time, stop);
            var preview = await SegmentPreview.FindAsync(connection, chosen, segments, options, Examples, stop);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(preview, SegmentAnswer.Of(preview), stop, chosen.Name);
            var words = parsed.Caller().Error;
            words.WriteLine(FormattableString.Invariant(
                $"{preview.Members:#,##0} members, {preview.Revenue:#,##0.00} {place.Definition.Currency} of revenue, {options.AsOf}."));
            foreach (var overlap in preview.Overlaps)
            {
                words.WriteLine(FormattableString.Invariant($"Of them {overlap.Shared:#,##0} are also in {overlap.Segment} ({overlap.Members:#,##0})."));
            }

            SegmentArguments.TellDoubts(parsed, preview.Doubts);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Export(TimeProvider time)
    {
        var segment = new SegmentArguments();
        var population = new PopulationArguments();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var export = new ExportArguments();
        var command = new Command("export", "Write all members of a segment.") { format, path };
        segment.AddTo(command);
        population.AddTo(command);
        export.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var (place, segments, chosen) = segment.Open(parsed);
            await using var database = await DatabaseTurn.TakeAsync(place, time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var options = await population.ReadAsync(parsed, connection, place, time, stop);
            await SegmentArguments.TellDoubtsAsync(parsed, connection, chosen, segments, stop);
            if (parsed.GetValue(export.To) is not null)
            {
                await export.RunAsync(parsed, database, new SegmentSource(chosen, segments, options), time, stop);
                return ExitCode.Done;
            }

            var members = await SegmentMembers.FindAsync(connection, chosen, segments, options, stop);
            var writer = CommonOptions.Writer(parsed, format, path);
            if (writer is { Format: AnswerFormat.Table, Path: { } file } && file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            {
                writer = writer with { Format = AnswerFormat.Csv };
            }

            await writer.WriteAsync(SegmentAnswer.Of(members), stop, chosen.Name);
            parsed.Caller().Error.WriteLine(FormattableString.Invariant(
                $"{members.Members.Count:#,##0} members, {members.Revenue:#,##0.00} {place.Definition.Currency} of revenue, {members.AsOf}."));
            var reason = export.Reason(parsed);
            await AuditLog.RecordAsync(
                database,
                new AuditedAct(reason.Actor, "export", $"segment {chosen.Name}", reason.Purpose, FormattableString.Invariant($"{members.Members.Count} rows to {writer.Path ?? "standard output"}")),
                stop);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Build(TimeProvider time)
    {
        var segment = new SegmentArguments();
        var population = new PopulationArguments();
        var command = new Command("build", "Store who is in a segment as of a date.");
        segment.AddTo(command);
        population.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var (place, segments, chosen) = segment.Open(parsed);
            await using var database = await WarehouseDatabase.OpenAsync(place, time, stop);
            PopulationOptions options;
            await using (var connection = await database.ConnectAsync(stop))
            {
                options = await population.ReadAsync(parsed, connection, place, time, stop);
                await SegmentArguments.TellDoubtsAsync(parsed, connection, chosen, segments, stop);
            }

            var build = await SegmentBuild.StoreAsync(database, chosen, segments, options, stop);
            await LoadCommand.BuildRollupsAsync(parsed.Caller(), database, time, stop);
            parsed.Caller().Output.WriteLine(FormattableString.Invariant(
                $"{build.Segment} as of {build.AsOf:yyyy-MM-dd}: {build.Members:#,##0} members, {(build.IsNew ? "stored as" : "the same as")} membership {build.Key}, definition {build.Definition[..8]}."));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Diff(TimeProvider time)
    {
        var segment = new SegmentArguments();
        var from = new Option<string?>("--from") { Description = "The earlier date.", HelpName = "DATE", Required = true };
        var population = new PopulationArguments();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("diff", "Say who joined a segment and who left it between two dates, and why.") { from, format, path };
        segment.AddTo(command);
        population.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var (place, segments, chosen) = segment.Open(parsed);
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var later = await population.ReadAsync(parsed, connection, place, time, stop);
            var date = CommonOptions.Date(parsed, from)!.Value;
            if (date >= later.AsOf.Date)
            {
                throw new WrongCommandException(FormattableString.Invariant($"--from is a date before {later.AsOf.Date:yyyy-MM-dd}, not {date:yyyy-MM-dd}."));
            }

            var zone = place.Definition.TimeZone;
            var earlier = later with { AsOf = later.AsOf.HasHindsight ? AsOf.EndOfWithHindsight(date, zone) : AsOf.EndOf(date, zone) };
            await SegmentArguments.TellDoubtsAsync(parsed, connection, chosen, segments, stop);
            var moves = await SegmentMoves.FindAsync(connection, chosen, segments, earlier, later, stop);
            var writer = CommonOptions.Writer(parsed, format, path);
            await (writer.HasCharts ? writer.WriteAsync(SegmentCharts.Of(moves), stop) : writer.WriteAsync(SegmentAnswer.Of(moves), stop, chosen.Name));
            var joined = moves.Moves.Count(move => move.HasJoined);
            parsed.Caller().Error.WriteLine(FormattableString.Invariant(
                $"{moves.Before:#,##0} members {moves.From}; {joined:#,##0} joined and {moves.Moves.Count - joined:#,##0} left; {moves.After:#,##0} members {moves.To}."));
            return ExitCode.Done;
        });
        return command;
    }
}
