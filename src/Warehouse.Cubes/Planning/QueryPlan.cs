using Warehouse.Cubes.Results;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>A statement that answers a query, and what its columns are. The last column of the statement is the row's set.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Columns">The columns of the answer; types are known when it is read.</param>
internal sealed record QueryPlan(SqlStatement Statement, IReadOnlyList<CubeColumn> Columns);
