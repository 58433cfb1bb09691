using System.CommandLine;
using Warehouse.Campaigns.Segments;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse segment list | show | conditions</c>: which segments there are, what one is, and what conditions can ask for.</summary>
internal static class SegmentListCommand
{
    public static Command List(TimeProvider time)
    {
        var count = new Option<bool>("--count") { Description = "Count also who is in each of them, as of the date." };
        var population = new PopulationArguments();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("list", "List the workspace's segments, with the membership of each that was stored last.") { count, workspace, format, path };
        population.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            var segments = Segment.ReadAll(place);
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var options = parsed.GetValue(count) ? await population.ReadAsync(parsed, connection, place, time, stop) : null;
            var standings = await SegmentStanding.AllAsync(connection, segments, options, stop);
            var generation = await Generation.CurrentAsync(connection, stop);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(
                SegmentListAnswer.Of(standings, generation.Number, options?.AsOf.Date), stop, "Segments");
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Show(TimeProvider time)
    {
        var name = new Argument<string>("segment") { Description = "The segment." };
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("show", "Show a segment's definition, and how many were in it whenever it was built.") { name, workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            var segments = Segment.ReadAll(place);
            var segment = Segment.Find(segments, parsed.GetValue(name)!);
            var text = await TextFile.ReadAsync(place.PathOf(segment.File), segment.File, stop);
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var standing = (await SegmentStanding.AllAsync(connection, [segment], null, stop))[0];
            var builds = (await StoredMembership.AllAsync(connection, stop)).Where(build => build.Segment == segment.Name).ToArray();
            var generation = (await Generation.CurrentAsync(connection, stop)).Number;
            var shown = ShownSegment.Of(standing, text, builds);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(
                shown, SegmentListAnswer.Of(shown, generation), () => SegmentCharts.Of(shown, generation), stop, segment.Name);
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Conditions(TimeProvider time)
    {
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("conditions", "List what the conditions of segments can ask for, with the values that the warehouse knows.") { workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var choices = await SegmentChoice.AllAsync(connection, place, stop);
            var generation = await Generation.CurrentAsync(connection, stop);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(SegmentListAnswer.Of(choices, generation.Number), stop, "Conditions");
            return ExitCode.Done;
        });
        return command;
    }
}
