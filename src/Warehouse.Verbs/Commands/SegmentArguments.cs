using System.CommandLine;
using System.Data.Common;
using Warehouse.Campaigns.Segments;
using Warehouse.Store;

namespace Warehouse.Verbs.Commands;

/// <summary>Which segment a command is about: its name, values for its parameters, and the workspace.</summary>
internal sealed class SegmentArguments
{
    private readonly Argument<string> _name = new("segment") { Description = "The segment." };

    private readonly ParameterOption _parameters = new("A value for a parameter of the segment; may be given more than once.");

    private readonly Option<string?> _workspace = CommonOptions.Workspace();

    public void AddTo(Command command)
    {
        command.Add(_name);
        command.Add(_parameters);
        command.Add(_workspace);
    }

    /// <summary>The workspace, its segments, and the one that is meant.</summary>
    public (Workspace Place, IReadOnlyList<Segment> Segments, Segment Chosen) Open(ParseResult parsed)
    {
        var place = CommonOptions.Open(parsed, _workspace);
        var name = parsed.GetValue(_name)!;
        var segments = Segment.ReadAll(place, name, _parameters.ValuesIn(parsed));
        return (place, segments, Segment.Find(segments, name));
    }

    /// <summary>Says which values in a segment nothing in the warehouse has.</summary>
    public static async Task TellDoubtsAsync(
        ParseResult parsed, DbConnection connection, Segment segment, IReadOnlyList<Segment> segments, CancellationToken stop) =>
        TellDoubts(parsed, await SegmentDoubts.FindAsync(connection, segment, segments, stop));

    public static void TellDoubts(ParseResult parsed, IReadOnlyList<string> doubts)
    {
        foreach (var doubt in doubts)
        {
            parsed.Caller().Error.WriteLine($"Note: {doubt}");
        }
    }
}
