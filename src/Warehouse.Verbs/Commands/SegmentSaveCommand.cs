using System.CommandLine;
using Warehouse.Campaigns.Segments;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse segment save NAME --file FILE</c>: puts a definition into the workspace.</summary>
internal static class SegmentSaveCommand
{
    public static Command Create(TimeProvider time)
    {
        var name = new Argument<string>("segment") { Description = "What the segment is called." };
        var arguments = new SaveArguments();
        var command = new Command("save", "Put the definition of a segment into the workspace, when it is right.") { name };
        arguments.AddTo(command);
        command.SetAction((parsed, stop) =>
        {
            var own = parsed.GetValue(name)!;
            return arguments.SaveAsync(
                parsed,
                Segment.Folder,
                own,
                (place, path) =>
                {
                    Segment.ReadDraft(place, path, own, new Dictionary<string, string>(StringComparer.Ordinal));
                    return Segment.FileOf(place, own);
                },
                time,
                stop);
        });
        return command;
    }
}
