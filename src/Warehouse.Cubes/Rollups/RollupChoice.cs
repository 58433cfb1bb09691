namespace Warehouse.Cubes.Rollups;

/// <summary>A rollup that was looked at for an answer.</summary>
/// <param name="Rollup"><c>cube.rollup</c>.</param>
/// <param name="Refusal">Why it was not taken; null where it was.</param>
public sealed record RollupChoice(string Rollup, string? Refusal);
