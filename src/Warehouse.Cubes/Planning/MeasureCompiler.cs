using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Query;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>Makes an expression over measures one over cells. Derived measures are replaced by what they are computed of.</summary>
internal sealed class MeasureCompiler(
    MeasureNames names, Cube home, Cells cells, MeasureFunctions functions, ParameterValues parameters, PlanningEffort effort)
{
    private readonly Dictionary<string, QueryMeasure> _shown = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    /// <summary>Lets conditions and orders name a column of the query.</summary>
    public void Show(QueryMeasure measure) => _shown.TryAdd(measure.Name, measure);

    /// <summary>A column of the query. It may name other columns, but not itself.</summary>
    public SqlExpression Compile(QueryMeasure measure) => Shown(measure, MeasureSetting.Own);

    /// <summary>An expression over measures and the columns shown.</summary>
    public SqlExpression Compile(QueryExpression expression) =>
        Number(expression.Expression, new MeasureScope(home, expression.Source, MeasureSetting.Own) { IsQuery = true });

    /// <summary>A condition over measures and the columns shown.</summary>
    public SqlExpression CompileCondition(QueryExpression expression) =>
        Condition(expression.Expression, new MeasureScope(home, expression.Source, MeasureSetting.Own) { IsQuery = true });

    public SqlExpression Number(Expression expression, MeasureScope scope) => Within(expression, scope, CompiledNumber);

    public SqlExpression Condition(Expression expression, MeasureScope scope) => Within(expression, scope, CompiledCondition);

    private SqlExpression Within(Expression expression, MeasureScope scope, Func<Expression, MeasureScope, SqlExpression> compile)
    {
        effort.Enter(expression, scope.Source);
        try
        {
            return compile(expression, scope);
        }
        finally
        {
            effort.Leave();
        }
    }

    private SqlExpression CompiledNumber(Expression expression, MeasureScope scope) => expression switch
    {
        Name name => Measure(name, scope),
        Parameter => Number(parameters.In(expression, scope.Source), scope),
        Literal { Value: long or decimal } => new SqlParameter(Constants.As(expression, null)!),
        Literal { Value: null } => SqlKeyword.Null,
        Negation negation => new SqlPrefix("-", Number(negation.Operand, scope)),
        Binary binary when binary.Operator.IsArithmetic() =>
            Ratios.Of(Number(binary.Left, scope), binary.Operator, Number(binary.Right, scope)),
        Case branches => new SqlCase(
            [.. branches.Branches.Select(branch => (Condition(branch.Condition, scope), Number(branch.Value, scope)))],
            branches.Otherwise is { } otherwise ? Number(otherwise, scope) : null),
        Call call => functions.Compile(call, scope, this),
        _ => throw scope.Source.Fault(expression, $"Expected a measure or a number, and here is {expression}."),
    };

    private SqlExpression CompiledCondition(Expression expression, MeasureScope scope) => expression switch
    {
        Not not => new SqlPrefix("NOT", Condition(not.Operand, scope)),
        Binary { Operator: BinaryOperator.And or BinaryOperator.Or } logic =>
            new SqlBinary(Condition(logic.Left, scope), logic.Operator is BinaryOperator.And ? "AND" : "OR", Condition(logic.Right, scope)),
        Binary binary when binary.Operator.IsComparison() =>
            new SqlBinary(Number(binary.Left, scope), binary.Operator.Text(), Number(binary.Right, scope)),
        Between between => SqlExpression.And(
        [
            new SqlBinary(Number(between.Operand, scope), ">=", Number(between.Low, scope)),
            new SqlBinary(Number(between.Operand, scope), "<=", Number(between.High, scope)),
        ]),
        InList list => new SqlIn(Number(list.Operand, scope), [.. list.Items.Select(item => Number(item, scope))]),
        IsNull isNull => new SqlIsNull(Number(isNull.Operand, scope)),
        _ => throw scope.Source.Fault(expression, $"Expected a condition on measures, like net_sales > 1000, and here is {expression}."),
    };

    private SqlExpression Shown(QueryMeasure measure, MeasureSetting setting)
    {
        _open.Add(measure.Name);
        var value = Number(measure.Value.Expression, new MeasureScope(home, measure.Value.Source, setting) { IsQuery = true });
        _open.Remove(measure.Name);
        return value;
    }

    private SqlExpression Measure(Name name, MeasureScope scope)
    {
        if (scope.IsQuery && name.Second is null && !names.IsSeen(home, name.First) && !_open.Contains(name.First) && _shown.TryGetValue(name.First, out var shown))
        {
            return Shown(shown, scope.Setting);
        }

        var (cube, measure) = names.Find(scope.Cube, name, scope.Source);
        return measure.Definition switch
        {
            DerivedDefinition derived => Number(derived.Value.Expression, new MeasureScope(cube, derived.Value.Source, scope.Setting)),
            NestedDefinition nested => Nested(cube, measure, nested, scope),
            _ => cells.Value(cube, measure, scope.Setting),
        };
    }

    /// <summary>What is aggregated over a finer grain: its operand is compiled for rows that are by the included members, too.</summary>
    public SqlExpression Nested(Cube cube, Measure measure, NestedDefinition nested, MeasureScope scope)
    {
        var setting = scope.Setting with { Dropped = 0 };
        SqlExpression Inner(IReadOnlyList<QueryKey> keys, Cells inner)
        {
            var compiler = new MeasureCompiler(names, home, inner, new MeasureFunctions(keys, inner), parameters, effort);
            foreach (var shown in _shown.Values)
            {
                compiler.Show(shown);
            }

            return compiler.Number(nested.Value.Expression, new MeasureScope(cube, nested.Value.Source, setting) { IsQuery = scope.IsQuery && nested.Value.Source is QuerySource });
        }

        return cells.Value(cube, measure, scope.Setting, () => new NestedCells(cells.Keys, cube, nested, names.Access, Inner));
    }
}

/// <summary>Where an expression over measures is compiled.</summary>
/// <param name="Cube">Whose measures names without a cube are.</param>
/// <param name="Source">Where it was written.</param>
/// <param name="Setting">Over which facts.</param>
internal sealed record MeasureScope(Cube Cube, ExpressionSource Source, MeasureSetting Setting)
{
    /// <summary>Whether names may be those of the query's columns.</summary>
    public bool IsQuery { get; init; }
}
