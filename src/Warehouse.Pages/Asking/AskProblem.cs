namespace Warehouse.Pages.Asking;

/// <summary>Why a question was not answered, as the service says it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">For programs: <c>wrong-command</c>, <c>forbidden</c>, …</param>
/// <param name="Detail">For people: what was found, what was expected, and which names there are.</param>
public sealed record AskProblem(int Status, string Code, string Detail);

/// <summary>A question was not answered.</summary>
public sealed class AskException(AskProblem problem) : Exception(problem.Detail)
{
    public AskProblem Problem { get; } = problem;
}
