using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>Aggregates of facts in SQL.</summary>
internal static class Aggregates
{
    /// <param name="definition">The aggregate.</param>
    /// <param name="scope">The facts.</param>
    /// <param name="only">Which of them count, beside what the definition says; null for all.</param>
    public static SqlExpression Of(AggregateDefinition definition, FactScope scope, SqlExpression? only = null)
    {
        var filter = Both(Filter(definition.Where, scope), only);
        if (scope.Weight is { } weight)
        {
            return Weighted(definition, scope, weight, filter);
        }

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
            AggregateKind.Median => new SqlAggregate("median", Between(operand)) { Filter = filter },
            AggregateKind.Percentile => new SqlAggregate("quantile_cont", Between(operand), SqlKeyword.Number(definition.At!.Value)) { Filter = filter },
            AggregateKind.Variance => new SqlAggregate("var_samp", operand.Sql) { Filter = filter },
            _ => new SqlAggregate("stddev_samp", operand.Sql) { Filter = filter },
        };
    }

    /// <summary>What parts of facts give so that the whole can be computed of it: an average as sum and count.</summary>
    public static SqlExpression[] Parts(AggregateDefinition definition, FactScope scope, SqlExpression? only = null) => definition.Kind == AggregateKind.Avg
        ? [Of(definition with { Kind = AggregateKind.Sum }, scope, only), Of(definition with { Kind = AggregateKind.Count }, scope, only)]
        : [Of(definition, scope, only)];

    /// <summary>What an aggregate takes of each fact: whether it counts, and with which value.</summary>
    public static IEnumerable<SqlExpression> Taken(AggregateDefinition definition, FactScope scope)
    {
        if (definition.Kind is AggregateKind.CountDistinct)
        {
            return [Counted(definition, scope)];
        }

        var value = definition.Value is { } taken ? scope.Binder(scope.FactNames, taken.Source).Bind(taken.Expression).Sql : null;
        return new[] { value, Filter(definition.Where, scope) }.OfType<SqlExpression>();
    }

    /// <summary>What a distinct count counts of each fact; NULL where it counts nothing.</summary>
    public static SqlExpression Counted(AggregateDefinition definition, FactScope scope, SqlExpression? only = null)
    {
        var filter = Both(Filter(definition.Where, scope), only);
        if (definition.Role is { } role)
        {
            filter = Known(filter, scope, scope.Cube.Roles[role]);
        }

        var value = definition.Role is { } counted
            ? scope.Reference(scope.Cube.Roles[counted]).Sql
            : scope.Binder(scope.FactNames, definition.Value!.Source).Bind(definition.Value.Expression).Sql;
        return filter is null ? value : new SqlCase([(filter, value)]);
    }

    /// <summary>The condition on facts of a measure.</summary>
    public static SqlExpression? Filter(SourcedExpression? where, FactScope scope) =>
        where is null ? null : scope.Binder(scope.FactNames, where.Source).Condition(where.Expression);

    /// <summary>Known members: the unknown one is nobody.</summary>
    private static SqlAggregate Members(AggregateDefinition definition, FactScope scope, DimensionRole role, SqlExpression? filter)
    {
        var condition = Known(filter, scope, role);
        var reference = scope.Reference(role).Sql;
        return definition.Kind == AggregateKind.CountDistinct
            ? new SqlAggregate("count", reference) { Filter = condition, IsDistinct = true }
            : new SqlAggregate("approx_count_distinct", reference) { Filter = condition };
    }

    private static SqlExpression? Known(SqlExpression? filter, FactScope scope, DimensionRole role)
    {
        var known = scope.IsUnknown(role) is { } unknown ? new SqlPrefix("NOT", unknown) : null;
        return Both(filter, known);
    }

    /// <summary>Two conditions where there are two.</summary>
    public static SqlExpression? Both(SqlExpression? left, SqlExpression? right) =>
        left is null ? right : right is null ? left : SqlExpression.And([left, right]);

    /// <summary>Of parts of facts there is a sum, a count, and an average of the two; no distinct value is a part of one.</summary>
    private static SqlExpression Weighted(AggregateDefinition definition, FactScope scope, SqlExpression weight, SqlExpression? filter)
    {
        var operand = definition.Value is { } value ? scope.Binder(scope.FactNames, value.Source).Bind(value.Expression).Sql : null;
        SqlAggregate Sum() => new("sum", new SqlBinary(operand!, "*", weight)) { Filter = filter };
        SqlExpression Count()
        {
            var sum = new SqlAggregate("sum", weight) { Filter = operand is null ? filter : Both(filter, new SqlPrefix("NOT", new SqlIsNull(operand))) };
            return scope.IsWeightWhole ? new SqlCast(new SqlCall("coalesce", sum, SqlKeyword.Zero), "BIGINT") : sum;
        }

        return definition.Kind switch
        {
            AggregateKind.Sum => Sum(),
            AggregateKind.Count => Count(),
            AggregateKind.Avg => Ratios.Of(Sum(), BinaryOperator.Divide, Count()),
            _ => throw new WrongCommandException($"Sums, counts, averages and balances can be allocated to members, and this is {definition.Kind} of {definition.Value?.ToString() ?? definition.Role}."),
        };
    }

    /// <summary>A value that may lie between two others: DECIMAL would cut it to the decimals of the column.</summary>
    private static SqlCast Between(Typed operand) => new(operand.Sql, "DOUBLE");

    private static bool NeedsNumber(AggregateKind kind) =>
        kind is AggregateKind.Sum or AggregateKind.Avg or AggregateKind.Median or AggregateKind.Percentile
            or AggregateKind.Variance or AggregateKind.StandardDeviation;
}
