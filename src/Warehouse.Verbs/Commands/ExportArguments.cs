using System.CommandLine;
using Warehouse.Campaigns.Destinations;
using Warehouse.Campaigns.Exports;
using Warehouse.Store;

namespace Warehouse.Verbs.Commands;

/// <summary>The options of commands that send a list somewhere.</summary>
internal sealed class ExportArguments
{
    private readonly Option<string?> _purpose = Purpose();

    /// <summary><c>--to NAME</c>.</summary>
    public Option<string?> To { get; } = new("--to") { Description = "The destination, a file of destinations/.", HelpName = "NAME" };

    /// <summary><c>--purpose TEXT</c>.</summary>
    public static Option<string?> Purpose() => new("--purpose") { Description = "Why; it is kept with who and when.", HelpName = "TEXT" };

    public void AddTo(Command command)
    {
        command.Add(To);
        command.Add(_purpose);
    }

    /// <summary>Who works here, and why.</summary>
    public ExportReason Reason(ParseResult parsed) => new(parsed.Caller().Name, parsed.GetValue(_purpose));

    /// <summary>Exports, and says what came of it.</summary>
    public async Task RunAsync(ParseResult parsed, WarehouseDatabase database, ExportSource source, TimeProvider time, CancellationToken stop)
    {
        var destination = Destination.Find(database.Workspace, parsed.GetValue(To)!);
        var export = await new ListExport(database, time).RunAsync(source, destination, Reason(parsed), stop);
        parsed.Caller().Output.WriteLine(export is null
            ? $"{destination.Name} knows everything already; nothing was sent."
            : FormattableString.Invariant($"Export {export.Key}: {export.Rows:#,##0} {(export.IsWhole ? "customers" : "changes")} of {export.List} to {export.Destination}, SHA-256 {export.ContentHash}."));
    }
}
