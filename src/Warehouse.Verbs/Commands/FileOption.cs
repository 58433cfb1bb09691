using System.CommandLine;

namespace Warehouse.Verbs.Commands;

/// <summary>
/// An option that names a file of the caller's: relative to where he is, and never taken from one who is not on this machine.
/// </summary>
internal sealed class FileOption : Option<string?>
{
    public FileOption(string name, string description, string help = "FILE")
        : base(name)
    {
        Description = description;
        HelpName = help;
    }

    /// <summary>The file, as this process finds it; null where none is named.</summary>
    public string? PathIn(ParseResult command) => command.GetValue(this) is { } path ? command.Caller().PathOf(path) : null;
}
