using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Rollups;

/// <summary>A rollup that would have answered questions which were asked.</summary>
/// <param name="Cube">Of which cube.</param>
/// <param name="By">The members that it keeps.</param>
/// <param name="Measures">The measures that it keeps.</param>
/// <param name="Questions">How many questions it would have answered.</param>
/// <param name="Milliseconds">How long these took together.</param>
/// <param name="Rows">How many rows it would have.</param>
/// <param name="Facts">How many rows the facts have.</param>
public sealed record RollupSuggestion(
    string Cube, IReadOnlyList<Name> By, IReadOnlyList<string> Measures, int Questions, double Milliseconds, long Rows, long Facts)
{
    /// <summary>The definition, to be put under <c>rollups</c> of the cube's file.</summary>
    public string Definition
    {
        get
        {
            var name = By.Count == 0 ? "everything" : string.Join("_by_", By.Select(member => $"{member.First}_{member.Second}"));
            return $"{name}: {{ table: mart.{Cube}_{name}, by: [{string.Join(", ", By)}], measures: [{string.Join(", ", Measures)}] }}";
        }
    }
}
