namespace Warehouse.Pages.Asking;

/// <summary>Why a question was not answered, as the service says it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">For programs: <c>wrong-command</c>, <c>forbidden</c>, …</param>
/// <param name="Detail">For people: what was found, what was expected, and which names there are.</param>
public sealed record AskProblem(int Status, string Code, string Detail)
{
    /// <summary>The places of a definition that are wrong.</summary>
    public IReadOnlyList<AskFault> Faults { get; init; } = [];
}

/// <summary>A place of a definition that is wrong.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">1 is the first.</param>
/// <param name="Column">1 is the first character of the line.</param>
/// <param name="Message">What was found, and what was expected.</param>
public sealed record AskFault(string File, int Line, int Column, string Message);

/// <summary>A question was not answered.</summary>
public sealed class AskException(AskProblem problem) : Exception(problem.Detail)
{
    public AskProblem Problem { get; } = problem;
}
