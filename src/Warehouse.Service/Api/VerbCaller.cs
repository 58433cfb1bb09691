using Spectre.Console;
using Warehouse.Service.Access;
using Warehouse.Store;
using Warehouse.Verbs;
using Warehouse.Verbs.Output;

namespace Warehouse.Service.Api;

/// <summary>The caller of a verb for whom the service asks it.</summary>
internal static class VerbCaller
{
    /// <param name="visitor">Who he is.</param>
    /// <param name="workspace">What he can ask about.</param>
    /// <param name="cubes">The engine that all share; null where this process does not own the database.</param>
    /// <param name="answers">Where answers for programs go.</param>
    /// <param name="output">Where words go that answer.</param>
    /// <param name="error">Where words go beside the answer.</param>
    /// <param name="client">What the client is beside that; null for a program.</param>
    public static Caller Of(Visitor visitor, Workspace workspace, SharedCubes? cubes, Stream answers, TextWriter output, TextWriter error, ClientOfVerb? client = null) => new()
    {
        Name = visitor.Name,
        Folder = client?.Folder ?? workspace.Folder,
        Workspace = workspace,
        CubeRoles = visitor.CubeRoles,
        Cubes = cubes is null ? null : cubes.Of,
        Answers = () => answers,
        TakesFiles = client?.TakesFiles ?? false,
        Page = client?.Page,
        Output = output,
        Error = error,
        MakeTerminal = () => client?.Terminal ?? Terminals.Over(output),
        Watching = client?.Watching,
    };
}

/// <summary>What is particular of a client.</summary>
internal sealed record ClientOfVerb
{
    /// <summary>Where his relative paths begin; null for the workspace.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether he takes answers that no terminal is given, such as Parquet.</summary>
    public bool TakesFiles { get; init; }

    /// <summary>The part of a table that he wants; null for all.</summary>
    public RowPage? Page { get; init; }

    /// <summary>The terminal on which he sees answers; null for plain text.</summary>
    public IAnsiConsole? Terminal { get; init; }

    /// <summary>The terminal on which he watches progress; null for none.</summary>
    public IAnsiConsole? Watching { get; init; }
}
