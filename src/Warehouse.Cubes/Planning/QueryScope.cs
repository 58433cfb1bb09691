using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>A query whose names are looked up, as the parts of its plan see it.</summary>
/// <param name="Home">The query's own cube.</param>
/// <param name="Keys">What rows are by.</param>
/// <param name="Conditions">What has to hold of facts.</param>
/// <param name="Context">What the plan depends on beside.</param>
/// <param name="Rank">The relation of the members that rank first: one column « k », no member twice.</param>
internal sealed record QueryScope(
    Cube Home,
    IReadOnlyList<QueryKey> Keys,
    IReadOnlyList<SourcedExpression> Conditions,
    PlanningContext Context,
    Func<TopMembers, ExpressionSource, SqlRelation> Rank);
