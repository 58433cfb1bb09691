using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>Facts of one cube, over the rows' own periods or other stretches of time, aggregated to cells.</summary>
internal sealed class CellScan(QueryScope query, Cube cube, IReadOnlyCollection<int> sets, QueryTime? time)
{
    /// <summary>Cells of leaves that share their facts.</summary>
    public SqlRelation Of(IReadOnlyList<Leaf> leaves)
    {
        var steps = leaves[0].Steps;
        if (steps.IsNone)
        {
            var scan = new FactScan(cube, query);
            scan.Require(query.Conditions);
            scan.RequireVisible();
            return Aggregated(scan, sets, leaves, [.. query.Keys.Select(scan.Key)]);
        }

        return One([.. sets
            .GroupBy(set => time!.Finest(GroupingSets.Kept(set, query.Keys)))
            .Select(level => level.Key is { } unit ? OverPeriods(unit, [.. level], leaves) : OverWhole([.. level], leaves))
            .OfType<SqlRelation>()]) ?? Nothing(leaves);
    }

    /// <summary>Rows by periods: facts meet every period whose stretch holds them.</summary>
    private SqlSelect? OverPeriods(Expressions.TimeUnit unit, IReadOnlyCollection<int> level, IReadOnlyList<Leaf> leaves)
    {
        AxisPeriod[] periods = [.. time!.Periods(unit, leaves[0].Steps).Where(period => period.Stretch is not null)];
        if (periods.Length == 0)
        {
            return null;
        }

        var scan = Timed(periods.Min(period => period.Stretch!.Value.From), periods.Max(period => period.Stretch!.Value.To));
        scan.Join(TimeAxis.Of(periods), TimeAxis.Alias, time.Role);
        CellKey Key(QueryKey key) => time.IsPeriod(key)
            ? new CellKey(key, [CalendarUnits.Truncated(new SqlColumn(TimeAxis.Alias, TimeAxis.Period), key.Field.Unit!.Value, time.Calendar)])
            : scan.Key(key);
        return Aggregated(scan, level, leaves, [.. query.Keys.Select(Key)]);
    }

    /// <summary>Rows by no period: one stretch of time for all.</summary>
    private SqlSelect? OverWhole(IReadOnlyCollection<int> level, IReadOnlyList<Leaf> leaves)
    {
        if (time!.Whole(leaves[0].Steps) is not { } stretch)
        {
            return null;
        }

        var scan = Timed(stretch.From, stretch.To);
        CellKey Key(QueryKey key) => time.IsPeriod(key) ? new CellKey(key, [SqlKeyword.Null]) : scan.Key(key);
        return Aggregated(scan, level, leaves, [.. query.Keys.Select(Key)]);
    }

    private FactScan Timed(DateOnly from, DateOnly to)
    {
        var scan = new FactScan(cube, query);
        var day = scan.Day(time!.Role);
        if (from > DateOnly.MinValue)
        {
            scan.Require(new SqlBinary(day, ">=", new SqlParameter(from)));
        }
        else
        {
            scan.RequireDay(time.Role);
        }

        scan.Require(new SqlBinary(day, "<", new SqlParameter(to)));
        scan.Require(time.Conditions);
        scan.RequireVisible();
        return scan;
    }

    private static SqlSelect Aggregated(FactScan scan, IReadOnlyCollection<int> sets, IReadOnlyList<Leaf> leaves, IReadOnlyList<CellKey> keys)
    {
        if (leaves[0].Measure.Definition is SemiAdditiveDefinition)
        {
            return Balances.Of(leaves[0], scan, keys, sets);
        }

        (string, SqlExpression)[] aggregates =
            [.. leaves.Select(leaf => (leaf.Column, Aggregates.Of((AggregateDefinition)leaf.Measure.Definition, scan.Scope)))];
        return CellSelect.Of(keys, sets, aggregates, scan.Rows());
    }

    private static SqlRelation? One(IReadOnlyList<SqlRelation> relations) =>
        relations.Count switch { 0 => null, 1 => relations[0], _ => new SqlUnion(relations) };

    /// <summary>No stretch of time, no facts: a total without a value for a query by nothing, no rows otherwise.</summary>
    private SqlSelect Nothing(IReadOnlyList<Leaf> leaves)
    {
        var scan = new FactScan(cube, query);
        scan.Require(SqlKeyword.False);
        return Aggregated(scan, sets, leaves, [.. query.Keys.Select(scan.Key)]);
    }
}
