using System.CommandLine;
using Spectre.Console;
using Warehouse.Cubes;
using Warehouse.Definitions;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs;

/// <summary>
/// Who calls a verb, from where, and where the answer goes: a terminal, or one of those whom the service answers. A verb says
/// nothing to anyone but its caller.
/// </summary>
internal sealed class Caller : InvocationConfiguration
{
    private IAnsiConsole? _terminal;

    public Caller()
    {
        // The token alone says that somebody wants an end: the library's own hand on Ctrl-C would be quicker than it.
        EnableDefaultExceptionHandler = false;
        ProcessTerminationTimeout = null;
    }

    /// <summary>By what name acts are kept in the records.</summary>
    public required string Name { get; init; }

    /// <summary>Where relative paths begin; null where they begin in this process's own folder.</summary>
    public string? Folder { get; init; }

    /// <summary>The one workspace that can be asked; null where any can that is named.</summary>
    public Workspace? Workspace { get; init; }

    /// <summary>The roles of the cubes that limit what he sees; null where he sees all rows.</summary>
    public IReadOnlyList<string>? CubeRoles { get; init; }

    /// <summary>The engine of the cubes that all callers share; null where each question has its own.</summary>
    public Func<WarehouseDatabase, CubeEngine>? Cubes { get; init; }

    /// <summary>Opens the stream that answers for programs are written to.</summary>
    public required Func<Stream> Answers { get; init; }

    /// <summary>Whether that stream takes formats that no terminal or pipe is given, such as Parquet.</summary>
    public bool TakesFiles { get; init; }

    /// <summary>The part of a table that he wants; null for all of it.</summary>
    public RowPage? Page { get; init; }

    /// <summary>Makes the terminal on which answers for people are shown, when the first of them is.</summary>
    public required Func<IAnsiConsole> MakeTerminal { private get; init; }

    /// <summary>Where answers for people are shown.</summary>
    public IAnsiConsole Terminal => _terminal ??= MakeTerminal();

    /// <summary>Where progress is shown as it moves; null where nobody watches: then a line is told now and then.</summary>
    public IAnsiConsole? Watching { get; init; }

    /// <summary>The person at this process's own terminal.</summary>
    public static Caller AtTerminal() => new()
    {
        Name = Environment.UserName,
        Answers = Console.OpenStandardOutput,
        MakeTerminal = () => Terminals.Over(Console.Out, Console.IsOutputRedirected),
        Watching = Console.IsErrorRedirected ? null : Terminals.Over(Console.Error, isRedirected: false),
    };

    /// <summary>A file that the caller named, as this process finds it.</summary>
    public string PathOf(string path) => Folder is null ? path : Path.GetFullPath(path, Folder);

    /// <summary>The workspace in a folder that the caller named; else the one that lies around him.</summary>
    /// <exception cref="UserFaultException">There is none, or another one than can be asked.</exception>
    public Workspace Open(string? folder)
    {
        if (Workspace is null)
        {
            return folder is null ? Store.Workspace.Find(Folder ?? Directory.GetCurrentDirectory()) : Store.Workspace.Open(PathOf(folder));
        }

        return folder is null || Path.GetFullPath(PathOf(folder)) == Workspace.Folder
            ? Workspace
            : throw new WrongCommandException($"This service is of the workspace {Workspace.Definition.Name} alone.");
    }

    /// <summary>What he sees of the cubes; as one of some roles among his own, where he names them.</summary>
    /// <exception cref="WrongCommandException">A role is not there, or not his.</exception>
    public CubeAccess Access(CubeModel model, string? named)
    {
        var roles = named?.Split(',', StringSplitOptions.TrimEntries);
        return roles?.Except(CubeRoles ?? roles, StringComparer.Ordinal).FirstOrDefault() is { } other
            ? throw new WrongCommandException($"You have no role \"{other}\".")
            : (roles ?? CubeRoles) is { } limits ? CubeAccess.Of(model, limits) : CubeAccess.Everything;
    }

    /// <summary>Says what a reader should know beside the numbers, apart from them so that answers stay clean.</summary>
    public void Tell(string words, IReadOnlyList<string> notes)
    {
        Error.WriteLine($"{char.ToUpperInvariant(words[0])}{words[1..].TrimEnd('.')}.");
        foreach (var note in notes)
        {
            Error.WriteLine($"Note: {note}");
        }
    }
}
