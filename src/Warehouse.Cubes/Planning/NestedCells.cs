using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// A measure that is aggregated at a finer grain first: an expression over measures is computed for each combination of the row's
/// members and the included ones, as if rows were by these, too, and then aggregated. A total is aggregated over its own combinations,
/// never over rows.
/// </summary>
internal sealed class NestedCells
{
    private const string Value = "value";

    private readonly NestedDefinition _definition;
    private readonly QueryKey[] _keys;
    private readonly Func<IReadOnlyList<QueryKey>, Cells, SqlExpression> _compile;

    /// <param name="keys">Those of the query.</param>
    /// <param name="cube">Whose members are included.</param>
    /// <param name="definition">The measure.</param>
    /// <param name="access">Who asks.</param>
    /// <param name="compile">Makes the inner expression one over the cells of a query by the given keys.</param>
    public NestedCells(
        IReadOnlyList<QueryKey> keys, Cube cube, NestedDefinition definition, CubeAccess access, Func<IReadOnlyList<QueryKey>, Cells, SqlExpression> compile)
    {
        _definition = definition;
        _compile = compile;
        _keys = [.. keys, .. definition.Include.Select((name, place) => IncludedKey.Of(name, keys.Count + place, cube, definition.Value.Source, access))];
        var cells = new Cells(_keys, [0]);
        compile(_keys, cells);
        HasSteps = cells.Leaves.Any(leaf => leaf.HasSteps);
    }

    /// <summary>Whether anything in it is measured over another stretch of time.</summary>
    public bool HasSteps { get; }

    /// <param name="query">The query.</param>
    /// <param name="leaf">The measure's.</param>
    /// <param name="sets">The query's sets: the included members are kept in each.</param>
    /// <param name="time">The query's time.</param>
    public SqlSelect Rows(QueryScope query, Leaf leaf, IReadOnlyCollection<int> sets, QueryTime? time)
    {
        var cells = new Cells(_keys, [.. sets]);
        var value = _compile(_keys, cells);
        string[] group = [Cells.Set, .. query.Keys.SelectMany(key => key.Columns)];
        var rows = new SqlSelect
        {
            Items = [.. group.Select(column => (Column(column), (string?)column)), (value, Value)],
            From = cells.WithTotals(new CellsBuilder(query with { Keys = _keys }, cells, time).Build()),
            Alias = Cells.Relation,
        };
        SqlExpression[] by = [.. group.Select(Column)];
        return new SqlSelect
        {
            Items = [.. by.Zip(group, (item, name) => (item, (string?)name)), (Aggregated(), leaf.Column)],
            From = rows,
            Alias = Cells.Relation,
            Where = cells.Sets.Count > sets.Count ? [new SqlIn(Column(Cells.Set), [.. sets.Select(set => SqlKeyword.Number(set))])] : [],
            Grouping = new SqlGrouping(by, [[.. Enumerable.Range(0, by.Length)]]),
        };
    }

    private static SqlExpression Column(string name) => new SqlColumn(Cells.Relation, name);

    private SqlAggregate Aggregated()
    {
        var value = Column(Value);
        return _definition.Kind switch
        {
            AggregateKind.Sum => new SqlAggregate("sum", value),
            AggregateKind.Count => new SqlAggregate("count", value),
            AggregateKind.Min => new SqlAggregate("min", value),
            AggregateKind.Max => new SqlAggregate("max", value),
            AggregateKind.Avg => new SqlAggregate("avg", value),
            AggregateKind.CountDistinct => new SqlAggregate("count", value) { IsDistinct = true },
            AggregateKind.Median => new SqlAggregate("median", new SqlCast(value, "DOUBLE")),
            AggregateKind.Percentile => new SqlAggregate("quantile_cont", new SqlCast(value, "DOUBLE"), SqlKeyword.Number(_definition.At!.Value)),
            AggregateKind.Variance => new SqlAggregate("var_samp", value),
            _ => new SqlAggregate("stddev_samp", value),
        };
    }
}
