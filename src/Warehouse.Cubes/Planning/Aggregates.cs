using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>Aggregates of facts in SQL.</summary>
internal static class Aggregates
{
    public static SqlExpression Of(AggregateDefinition definition, FactScope scope)
    {
        var filter = Filter(definition.Where, scope);
        if (definition.Role is { } role)
        {
            return Members(definition, scope, scope.Cube.Roles[role], filter);
        }

        if (definition.Value is not { } value)
        {
            return new SqlAggregate("count", SqlKeyword.Star) { Filter = filter };
        }

        var operand = scope.Binder(scope.FactNames, value.Source).Bind(value.Expression);
        if (NeedsNumber(definition.Kind) && operand.Kind is not (ValueKind.Number or ValueKind.Any))
        {
            throw value.Source.Fault(0, $"Expected a number to aggregate, and this is {operand.Kind.Text()}.");
        }

        return definition.Kind switch
        {
            AggregateKind.Sum => new SqlAggregate("sum", operand.Sql) { Filter = filter },
            AggregateKind.Count => new SqlAggregate("count", operand.Sql) { Filter = filter },
            AggregateKind.Min => new SqlAggregate("min", operand.Sql) { Filter = filter },
            AggregateKind.Max => new SqlAggregate("max", operand.Sql) { Filter = filter },
            AggregateKind.Avg => new SqlAggregate("avg", operand.Sql) { Filter = filter },
            AggregateKind.CountDistinct => new SqlAggregate("count", operand.Sql) { Filter = filter, IsDistinct = true },
            AggregateKind.ApproxCountDistinct => new SqlAggregate("approx_count_distinct", operand.Sql) { Filter = filter },
            AggregateKind.Median => new SqlAggregate("median", operand.Sql) { Filter = filter },
            AggregateKind.Percentile => new SqlAggregate("quantile_cont", operand.Sql, SqlKeyword.Number(definition.At!.Value)) { Filter = filter },
            AggregateKind.Variance => new SqlAggregate("var_samp", operand.Sql) { Filter = filter },
            _ => new SqlAggregate("stddev_samp", operand.Sql) { Filter = filter },
        };
    }

    /// <summary>The condition on facts of a measure.</summary>
    public static SqlExpression? Filter(SourcedExpression? where, FactScope scope) =>
        where is null ? null : scope.Binder(scope.FactNames, where.Source).Condition(where.Expression);

    /// <summary>Known members: the unknown one is nobody.</summary>
    private static SqlAggregate Members(AggregateDefinition definition, FactScope scope, DimensionRole role, SqlExpression? filter)
    {
        var known = scope.IsUnknown(role) is { } unknown ? new SqlPrefix("NOT", unknown) : null;
        var condition = (filter, known) switch
        {
            (null, _) => known,
            (_, null) => filter,
            _ => SqlExpression.And([filter, known]),
        };
        var reference = scope.Reference(role).Sql;
        return definition.Kind == AggregateKind.CountDistinct
            ? new SqlAggregate("count", reference) { Filter = condition, IsDistinct = true }
            : new SqlAggregate("approx_count_distinct", reference) { Filter = condition };
    }

    private static bool NeedsNumber(AggregateKind kind) =>
        kind is AggregateKind.Sum or AggregateKind.Avg or AggregateKind.Median or AggregateKind.Percentile
            or AggregateKind.Variance or AggregateKind.StandardDeviation;
}
