using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Planning.Many;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// Members as their asker may see them: where a value is masked, the mask stands in its place before anything is grouped, filtered,
/// ordered or ranked by it, so that nothing tells one masked value from another.
/// </summary>
internal sealed class Masks(FactScope scope, PlanningContext context)
{
    public Typed Of(DimensionRole role, DimensionField field, Typed value)
    {
        if (context.Access.ShownOf(scope.Cube, $"{role.Name}.{field.Name}") is not { } shown)
        {
            return value;
        }

        var text = value.Kind == ValueKind.Text ? value.Sql : new SqlCast(value.Sql, "VARCHAR");
        var mask = new SqlParameter(AccessRole.Mask);
        SqlExpression[] conditions = [.. shown.Select(Condition)];

        // Shown of no facts, it is still no bare parameter, which cannot be grouped by.
        return new Typed(new SqlCase([(SqlExpression.Or(conditions), text)], mask), ValueKind.Text, typeof(string));
    }

    /// <summary>That a role sees a fact, and its value there. Of pairs of facts and members only the latter is known.</summary>
    private SqlExpression Condition((SourcedExpression? Rows, SourcedExpression? Masked) shown)
    {
        SqlExpression Bound(SourcedExpression condition) =>
            new SqlCall("coalesce", scope.Binder(new RoleNames(scope), condition.Source).Condition(condition.Expression), SqlKeyword.False);
        var conditions = new List<SqlExpression>();
        if (shown.Rows is { } rows && scope is not PairScope)
        {
            conditions.Add(Bound(rows));
        }

        if (shown.Masked is { } masked)
        {
            conditions.Add(new SqlPrefix("NOT", Bound(masked)));
        }

        return SqlExpression.And(conditions);
    }
}
