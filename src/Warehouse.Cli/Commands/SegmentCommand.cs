using System.CommandLine;
using Warehouse.Analysis.Rfm;
using Warehouse.Campaigns.Segments;
using Warehouse.Cli.Output;
using Warehouse.Store;
using Segment = Warehouse.Campaigns.Segments.Segment;

namespace Warehouse.Cli.Commands;

/// <summary><c>warehouse segment list | preview | export</c>: who a campaign is for.</summary>
internal static class SegmentCommand
{
    private const int Examples = 10;

    public static Command Create(TimeProvider time) => new("segment", "Say who a campaign is for: list, preview or export segments.")
    {
        List(),
        Members("preview", "Count a segment's members and show the most valuable ones with the reasons.", time, isExport: false),
        Members("export", "Write all members of a segment.", time, isExport: true),
    };

    private static Command List()
    {
        var workspace = CommonOptions.Workspace();
        var command = new Command("list", "List the workspace's segments.") { workspace };
        command.SetAction(parsed =>
        {
            foreach (var segment in Segment.ReadAll(CommonOptions.Open(parsed, workspace)))
            {
                Console.Out.WriteLine(segment.Description is { } words ? $"{segment.Name}: {words.Trim()}" : segment.Name);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Command Members(string name, string description, TimeProvider time, bool isExport)
    {
        var segment = new Argument<string>("segment") { Description = "The segment." };
        var population = new PopulationArguments();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command(name, description) { segment, workspace, format, path };
        population.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            var chosen = Segment.Find(Segment.ReadAll(place), parsed.GetValue(segment)!);
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var options = new RfmOptions(await population.ReadAsync(parsed, connection, place, time, stop));
            var members = await SegmentMembers.FindAsync(connection, chosen, options, stop);
            var writer = CommonOptions.Writer(parsed, format, path);
            if (isExport && writer is { Format: AnswerFormat.Table, Path: { } file } && file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            {
                writer = writer with { Format = AnswerFormat.Csv };
            }

            await writer.WriteAsync(SegmentAnswer.Of(members, isExport ? int.MaxValue : Examples), stop, chosen.Name);
            Console.Error.WriteLine(FormattableString.Invariant($"{members.Members.Count:#,##0} members, {members.Scores.AsOf}."));
            return ExitCode.Done;
        });
        return command;
    }
}
