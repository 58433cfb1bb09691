using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// Measures over stretches of time that overlap: facts are aggregated by day (by month where every stretch is of whole months) before
/// they meet the stretches, so that a fact is read once however many stretches hold it.
/// </summary>
internal sealed class DailySums(QueryScope query, CellPass pass, QueryTime time, IReadOnlyList<AxisPeriod> periods)
{
    private const string Sums = "sums";
    private const string Day = "day";
    private const string Value = "value";

    /// <summary>Leaves whose parts add up: sums, counts, extremes, and averages as sum and count.</summary>
    public SqlSelect Of(FactScan scan, IReadOnlyCollection<int> level)
    {
        QueryKey[] met = [.. query.Keys.Where(key => !time.IsPeriod(key) && !(key.IsMany && (level.First() & key.Bit) != 0))];
        CellKey[] keys = [.. met.Select(scan.Key)];
        var items = new List<(SqlExpression, string?)> { (Bucket(scan), Day) };
        items.AddRange(keys.SelectMany(Named));
        var group = items.Select(item => item.Item1).ToArray();
        scan.Allocate();
        foreach (var leaf in pass.Leaves)
        {
            items.AddRange(Aggregates.Parts((AggregateDefinition)leaf.Measure.Definition, scan.Scope, leaf.Choice.Filter(scan)).Select((part, index) => (part, (string?)Part(leaf, index))));
        }

        var daily = scan.Rows() with { Items = items, Grouping = new SqlGrouping(group, [[.. Enumerable.Range(0, group.Length)]]) };
        return CellSelect.Of([.. query.Keys.Select(key => time.IsPeriod(key) || met.Contains(key) ? Met(key) : CellKey.Nothing(key))], level, [.. pass.Leaves.Select(leaf => (leaf.Column, Whole(leaf)))], Meeting(daily));
    }

    /// <summary>A distinct count over stretches that all begin with the first day of all, for one set of keys.</summary>
    public SqlSelect FirstDays(FactScan scan, int set)
    {
        var leaf = pass.Leaves[0];
        CellKey[] keys = [.. GroupingSets.Kept(set, query.Keys).Where(key => !time.IsPeriod(key)).Select(scan.Key)];
        var items = new List<(SqlExpression, string?)> { (Aggregates.Counted((AggregateDefinition)leaf.Measure.Definition, scan.Scope, leaf.Choice.Filter(scan)), Value) };
        items.AddRange(keys.SelectMany(Named));
        var group = items.Select(item => item.Item1).ToArray();
        var firsts = scan.Rows() with
        {
            Items = [.. items, (new SqlAggregate("min", Bucket(scan)), Day)],
            Grouping = new SqlGrouping(group, [[.. Enumerable.Range(0, group.Length)]]),
        };

        SqlExpression[] byDay = [Column(Day), .. keys.SelectMany(key => key.Key.Columns).Select(Column)];
        var counts = new SqlSelect
        {
            Items = [.. byDay.Select(column => (column, (string?)null)), (new SqlAggregate("count", Column(Value)), Part(leaf, 0))],
            From = firsts,
            Alias = Sums,
            Grouping = new SqlGrouping(byDay, [[.. Enumerable.Range(0, byDay.Length)]]),
        };
        CellKey Key(QueryKey key) => (set & key.Bit) != 0 ? new CellKey(key, [.. key.Columns.Select(_ => SqlKeyword.Null)]) : Met(key);
        return CellSelect.Of([.. query.Keys.Select(Key)], [set], [(leaf.Column, Added(leaf, 0))], Meeting(counts));
    }

    private static SqlExpression Column(string name) => new SqlColumn(Sums, name);

    private static IEnumerable<(SqlExpression, string?)> Named(CellKey key) => key.Columns.Zip(key.Key.Columns, (value, name) => (value, (string?)name));

    private static string Part(Leaf leaf, int index) => FormattableString.Invariant($"{leaf.Column}_{index}");

    /// <summary>A key where sums meet the axis.</summary>
    private CellKey Met(QueryKey key) => time.IsPeriod(key)
        ? TimeAxis.Key(key, time.Calendar)
        : new CellKey(key, [.. key.Columns.Select(Column)]);

    private SqlSelect Meeting(SqlSelect sums) => new()
    {
        Items = [],
        From = sums,
        Alias = Sums,
        Joins =
        [
            new SqlJoin(TimeAxis.Of(periods), TimeAxis.Alias,
            [
                new SqlBinary(Column(Day), ">=", new SqlColumn(TimeAxis.Alias, TimeAxis.From)),
                new SqlBinary(Column(Day), "<", new SqlColumn(TimeAxis.Alias, TimeAxis.To)),
            ]),
        ],
    };

    /// <summary>The day of a fact, or the first of its month where no stretch cuts one.</summary>
    private SqlExpression Bucket(FactScan scan)
    {
        var isByMonth = periods.All(period => IsFirst(period.Stretch!.Value.From) && IsFirst(period.Stretch.Value.To));
        return isByMonth ? CalendarUnits.Truncated(scan.Day(time.Role), TimeUnit.Month, time.Calendar) : scan.Day(time.Role);
    }

    private static bool IsFirst(DateOnly day) => day.Day == 1;

    private static SqlExpression Whole(Leaf leaf) => ((AggregateDefinition)leaf.Measure.Definition).Kind switch
    {
        AggregateKind.Min => new SqlAggregate("min", Column(Part(leaf, 0))),
        AggregateKind.Max => new SqlAggregate("max", Column(Part(leaf, 0))),
        AggregateKind.Avg => Ratios.Of(new SqlAggregate("sum", Column(Part(leaf, 0))), BinaryOperator.Divide, new SqlAggregate("sum", Column(Part(leaf, 1)))),
        _ => Added(leaf, 0),
    };

    private static SqlExpression Added(Leaf leaf, int part)
    {
        var sum = new SqlAggregate("sum", Column(Part(leaf, part)));
        return leaf.IsCount && leaf.Choice.Allocated.Count == 0 ? new SqlCast(sum, "BIGINT") : sum;
    }
}
