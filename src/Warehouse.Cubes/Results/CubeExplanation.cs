namespace Warehouse.Cubes.Results;

/// <summary>How a query is answered.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Parameters">The values of its placeholders $1, $2, …</param>
public sealed record CubeExplanation(string Sql, IReadOnlyList<object> Parameters);
