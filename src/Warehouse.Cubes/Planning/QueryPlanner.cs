using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Sql;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// Plans a query in three layers: cells (facts aggregated to sets), rows (what is computed from cells), and the answer
/// (which rows, in which order).
/// </summary>
internal sealed class QueryPlanner
{
    private readonly CubeQuery _query;
    private readonly QueryScope _scope;
    private readonly int[] _sets;
    private readonly Cells _cells;
    private readonly Rankings _rankings;
    private readonly QueryTime? _time;
    private readonly SqlExpression[] _measures;
    private readonly SqlExpression? _having;
    private readonly IReadOnlyList<SqlOrder> _order;
    private readonly int _descendingKeys;
    private readonly int _orderedKeys;

    /// <exception cref="UserFaultException">The query does not fit the model.</exception>
    public QueryPlanner(CubeModel model, CubeQuery query, PlanningContext context)
        : this(model, query, QueryConditions.Of(query, CubeNames.Find(model, query.Cube, context.Access), context), context)
    {
    }

    /// <summary>Plans a query under other conditions than its own.</summary>
    public QueryPlanner(CubeModel model, CubeQuery query, IReadOnlyList<SourcedExpression> conditions, PlanningContext context)
    {
        var home = CubeNames.Find(model, query.Cube, context.Access);
        _query = query;
        _rankings = new Rankings((ranking, under) => new QueryPlanner(model, ranking, under, context).PlanRanking(), query, conditions);
        _scope = new QueryScope(home, QueryKeys.Of(query, home, conditions, context.Access), conditions, context, _rankings.Of);
        _sets = GroupingSets.Of(query, _scope.Keys);
        _cells = new Cells(_scope.Keys, _sets);
        var compiler = new MeasureCompiler(new MeasureNames(model, context.Access), home, _cells, new MeasureFunctions(_scope.Keys, _cells), context.Parameters, context.Effort);
        ColumnNames.RequireDistinct(query, home, context.Access);
        foreach (var measure in query.Measures)
        {
            compiler.Show(measure);
        }

        _measures = [.. query.Measures.Select(compiler.Compile)];
        _having = query.Having is { } condition ? compiler.CompileCondition(condition) : null;
        (_order, _descendingKeys, _orderedKeys) = Order(compiler);
        if (_cells.Leaves.Count == 0)
        {
            throw new WrongCommandException("The question asks for no measure of a cube: numbers alone say nothing of its facts.");
        }

        _time = query.IsDense || _cells.Leaves.Any(leaf => leaf.HasSteps) ? QueryTime.Of(_scope) : null;
    }

    /// <summary>
    /// A question that has to be answered first, by the first and the last day of facts: null where the query itself says
    /// which days it shows, or does not need to know.
    /// </summary>
    public SqlRelation? Bounds => _time is { Shown.IsBounded: false }
        ? TimeBounds.Of(_scope, _time, _cells.Leaves.Where(leaf => _query.IsDense || leaf.HasSteps).Select(leaf => leaf.Cube).Distinct())
        : null;

    /// <summary>The answer to <see cref="Bounds"/>; null twice where there are no facts.</summary>
    public void Bound(DateOnly? first, DateOnly? last) => _time!.Bound(first, last);

    public QueryPlan Plan() => new(Answer(Rows()).Merged(), ColumnNames.Of(_query, _scope), _cells.Leaves);

    /// <summary>The rows of a ranking, in a statement of which it is a part.</summary>
    public SqlSelect PlanRanking() => Bounds is null
        ? Rows()
        : throw new WrongCommandException("Members cannot be ranked by a comparison over time unless the query says which days it shows.");

    /// <summary>What is shown (p and m), what it is ordered by (k, x and o), whether it is shown (h), and the set (g).</summary>
    private SqlSelect Rows() => new()
    {
        Items =
        [
            .. _scope.Keys.Select(key => (KeyPresentation.Of(key, Cells.KeyColumn(key)), (string?)Column("p", key.Index))),
            .. _measures.Select((value, index) => (value, (string?)Column("m", index))),
            .. _scope.Keys.SelectMany(key => Cells.KeyColumns(key).Zip(key.Columns, (value, name) => (value, (string?)name))),
            .. _order.Select((term, index) => (term.Value, (string?)Column("o", index))),
            .. _having is null ? [] : new (SqlExpression, string?)[] { (_having, AnswerSelect.IsShown) },
            (_cells.SetColumn, Cells.Set),
        ],
        From = _cells.WithTotals(new CellsBuilder(_scope, _cells, _time) { IsDense = _query.IsDense }.Build()),
        Alias = Cells.Relation,
    };

    private SqlSelect Answer(SqlSelect rows)
    {
        var answer = new AnswerSelect(_query, _scope.Keys, _sets)
        {
            HasHiddenSets = _cells.Sets.Count > _sets.Length,
            Order = [.. _order.Select((term, index) => term with { Value = new SqlColumn(AnswerSelect.Relation, Column("o", index)) })],
            DescendingKeys = _descendingKeys,
            OrderedKeys = _orderedKeys,
        };
        return answer.Of(rows) with { With = _rankings.With };
    }

    /// <summary>The values to order by, the bits of members ordered from the highest, and those of members among the values.</summary>
    private (IReadOnlyList<SqlOrder> Terms, int DescendingKeys, int OrderedKeys) Order(MeasureCompiler compiler)
    {
        if (_query is { Order.Count: 0, Top: { Expression: TopMembers top } text } && _scope.Keys.Count == 1)
        {
            return ([new SqlOrder(compiler.Compile(text.Operand(top.Measure)), !top.IsBottom)], 0, 0);
        }

        var terms = new List<SqlOrder>();
        var (descending, ordered) = (0, 0);
        foreach (var order in _query.Order)
        {
            if (_scope.Keys.FirstOrDefault(key => order.Value.Expression is Name name && string.Equals(name.Text, key.Name.Text, StringComparison.Ordinal)) is { } key)
            {
                descending |= order.IsDescending ? key.Bit : 0;
                if (_sets.Length == 1)
                {
                    ordered |= key.Bit;
                    terms.Add(new SqlOrder(Cells.KeyColumn(key), order.IsDescending));
                }
            }
            else
            {
                terms.Add(new SqlOrder(compiler.Compile(order.Value), order.IsDescending));
            }
        }

        return (terms, descending, ordered);
    }

    private static string Column(string kind, int index) => AnswerSelect.Column(kind, index);
}
