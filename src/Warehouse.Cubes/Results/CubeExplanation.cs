using Warehouse.Cubes.Rollups;

namespace Warehouse.Cubes.Results;

/// <summary>How a query is answered.</summary>
/// <param name="Plan">The passes over facts, one a line, then how their rows meet.</param>
/// <param name="Sql">The statement.</param>
/// <param name="Parameters">The values of its placeholders $1, $2, …</param>
/// <param name="Rollups">The rollups that were looked at, and why those that were not taken were not.</param>
public sealed record CubeExplanation(IReadOnlyList<string> Plan, string Sql, IReadOnlyList<object> Parameters, IReadOnlyList<RollupChoice> Rollups);
