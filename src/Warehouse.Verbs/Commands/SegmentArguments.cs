using System.CommandLine;
using System.Data.Common;
using Warehouse.Campaigns.Segments;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Verbs.Commands;

/// <summary>Which segment a command is about: its name, values for its parameters, and the workspace.</summary>
internal sealed class SegmentArguments
{
    private readonly Argument<string> _name;

    private readonly FileOption? _draft;

    private readonly ParameterOption _parameters = new("A value for a parameter of the segment; may be given more than once.");

    private readonly Option<string?> _workspace = CommonOptions.Workspace();

    /// <param name="takesDraft">Whether it can be one that is not saved, with <c>--file</c>.</param>
    public SegmentArguments(bool takesDraft = false)
    {
        _name = new("segment") { Description = takesDraft ? "The segment; or one that is not saved, with --file." : "The segment." };
        if (takesDraft)
        {
            _name.Arity = ArgumentArity.ZeroOrOne;
            _draft = new FileOption("--file", "A definition that is not saved, in place of that of the workspace.");
        }
    }

    public void AddTo(Command command)
    {
        command.Add(_name);
        if (_draft is not null)
        {
            command.Add(_draft);
        }

        command.Add(_parameters);
        command.Add(_workspace);
    }

    /// <summary>The workspace, its segments, and the one that is meant.</summary>
    public (Workspace Place, IReadOnlyList<Segment> Segments, Segment Chosen) Open(ParseResult parsed)
    {
        var place = CommonOptions.Open(parsed, _workspace);
        var name = parsed.GetValue(_name);
        if (_draft?.PathIn(parsed) is { } path)
        {
            var (among, draft) = Segment.ReadDraft(place, path, name, _parameters.ValuesIn(parsed));
            return (place, among, draft);
        }

        if (name is null)
        {
            throw new WrongCommandException("Name a segment of the workspace, or a definition with '--file FILE'.");
        }

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
