using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Model;

/// <summary>Facts of a cube aggregated once, when data is published, so that questions by some of its members need not read them.</summary>
/// <param name="Name">Its name within the cube.</param>
/// <param name="Table">Where it is kept; distinct counts have tables of their own beside it.</param>
/// <param name="By">The members that it keeps.</param>
/// <param name="Measures">The measures that it keeps: aggregates, no derived ones.</param>
public sealed record Rollup(string Name, TableName Table, IReadOnlyList<Name> By, IReadOnlyList<string> Measures);
