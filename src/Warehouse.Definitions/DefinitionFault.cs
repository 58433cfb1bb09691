namespace Warehouse.Definitions;

/// <summary>One thing wrong in a definition, and where.</summary>
/// <param name="File">The file as the user would name it.</param>
/// <param name="Line">1 is the first line.</param>
/// <param name="Column">1 is the first character of the line.</param>
/// <param name="Message">What was found, what was expected, and near names where a name is wrong.</param>
public sealed record DefinitionFault(string File, int Line, int Column, string Message)
{
    /// <summary>The names that would have been right, where the fault is a name that is not known; else none.</summary>
    public IReadOnlyCollection<string> Names { get; init; } = [];

    /// <summary>The fault as compilers and editors write it: <c>file:line:column: message</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{File}:{Line}:{Column}: {Message}");
}
