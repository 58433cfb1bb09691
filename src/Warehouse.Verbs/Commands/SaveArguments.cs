using System.CommandLine;
using Warehouse.Campaigns.Exports;
using Warehouse.Campaigns.Saving;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary>The options of commands that put a definition into the workspace.</summary>
internal sealed class SaveArguments
{
    private readonly FileOption _file = new("--file", "The definition.") { Required = true };
    private readonly Option<string?> _replaces = new("--replaces") { Description = "SHA-256 of the text that was edited; without it nothing is replaced.", HelpName = "HASH" };
    private readonly Option<string?> _purpose = ExportArguments.Purpose();
    private readonly Option<string?> _workspace = CommonOptions.Workspace();

    public void AddTo(Command command)
    {
        command.Add(_file);
        command.Add(_replaces);
        command.Add(_purpose);
        command.Add(_workspace);
    }

    /// <summary>Saves what is right, and says what became of it.</summary>
    /// <param name="parsed">The command.</param>
    /// <param name="folder">The folder of the workspace.</param>
    /// <param name="name">What is defined.</param>
    /// <param name="validate">Validates the file, and gives that which defines it now, relative to the workspace; null where none does.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Stops the work.</param>
    public async Task<int> SaveAsync(ParseResult parsed, string folder, string name, Func<Workspace, string, string?> validate, TimeProvider time, CancellationToken stop)
    {
        var place = CommonOptions.Open(parsed, _workspace);
        var path = _file.PathIn(parsed)!;
        var text = await TextFile.ReadAsync(path, Path.GetFileName(path), stop);
        var known = validate(place, path);
        await using var database = await DatabaseTurn.TakeAsync(place, time, stop);
        var saved = await SavedDefinition.SaveAsync(
            database, folder, name, known, text, parsed.GetValue(_replaces), new ExportReason(parsed.Caller().Name, parsed.GetValue(_purpose)), stop);
        await parsed.Caller().Output.WriteLineAsync(saved.Came switch
        {
            SavedAs.New => $"{saved.File} is new, SHA-256 {saved.Hash}.",
            SavedAs.Replaced => $"{saved.File} is replaced, SHA-256 {saved.Hash}.",
            _ => $"{saved.File} says so already, SHA-256 {saved.Hash}.",
        });
        return ExitCode.Done;
    }
}
