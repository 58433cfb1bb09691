namespace Warehouse.Cubes.Rollups;

/// <summary>What a question took of the facts of one cube and no rollup had. It says names only, no value of a condition.</summary>
/// <param name="Cube">Whose facts were read.</param>
/// <param name="Members">What they were grouped and filtered by, as <c>dimension.attribute</c>, in order.</param>
/// <param name="Measures">What was aggregated.</param>
/// <param name="Milliseconds">How long the question took.</param>
public sealed record AskedQuery(string Cube, IReadOnlyList<string> Members, IReadOnlyList<string> Measures, double Milliseconds);
