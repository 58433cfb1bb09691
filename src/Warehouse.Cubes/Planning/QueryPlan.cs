using Warehouse.Cubes.Results;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>A statement that answers a query, and what its columns are.</summary>
/// <param name="Answer">After the answer's columns it has the row's set and, where the query shows a rest, of which keys the row is the rest.</param>
/// <param name="Columns">The columns of the answer; types are known when it is read.</param>
/// <param name="Leaves">What is aggregated from facts.</param>
internal sealed record QueryPlan(SqlSelect Answer, IReadOnlyList<CubeColumn> Columns, IReadOnlyList<Leaf> Leaves);
