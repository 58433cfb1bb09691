namespace Warehouse.Pages.Explore;

/// <summary>The cells that are marked from now on.</summary>
/// <param name="Cells">The cells.</param>
/// <param name="IsEntered">Whether the Enter key chose one alone, so that the next key is meant for what can be done with it.</param>
public sealed record Marking(IReadOnlyList<Cell> Cells, bool IsEntered);
