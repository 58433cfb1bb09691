using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>Facts of one cube, over the rows' own periods or other stretches of time, aggregated to cells.</summary>
internal sealed class CellScan(QueryScope query, CellPass pass, IReadOnlyCollection<int> sets, QueryTime? time)
{
    /// <summary>The pass's cells.</summary>
    public SqlRelation Rows()
    {
        if (pass.Steps.IsNone)
        {
            var scan = new FactScan(pass.Cube, query);
            scan.Require(query.Conditions);
            scan.RequireVisible();
            return Aggregated(scan, sets, [.. query.Keys.Select(scan.Key)]);
        }

        return One([.. sets
            .GroupBy(set => time!.Finest(GroupingSets.Kept(set, query.Keys)))
            .Select(level => level.Key is { } unit ? OverPeriods(unit, [.. level]) : OverWhole([.. level]))
            .OfType<SqlRelation>()]) ?? Nothing();
    }

    /// <summary>Rows by periods: facts meet every period whose stretch holds them.</summary>
    private SqlRelation? OverPeriods(TimeUnit unit, IReadOnlyCollection<int> level)
    {
        AxisPeriod[] periods = [.. time!.Periods(unit, pass.Steps).Where(period => period.Stretch is not null)];
        if (periods.Length == 0)
        {
            return null;
        }

        FactScan Scan() => Timed(periods.Min(period => period.Stretch!.Value.From), periods.Max(period => period.Stretch!.Value.To));
        if (pass.Way != CellWay.Facts)
        {
            var sums = new DailySums(query, pass, time, periods);
            return pass.Way == CellWay.Sums ? sums.Of(Scan(), level) : One([.. level.Select(set => sums.FirstDays(Scan(), set))]);
        }

        var scan = Scan();
        scan.Join(TimeAxis.Of(periods), TimeAxis.Alias, time.Role);
        CellKey Key(QueryKey key) => time.IsPeriod(key)
            ? TimeAxis.Key(key, time.Calendar)
            : scan.Key(key);
        return Aggregated(scan, level, [.. query.Keys.Select(Key)]);
    }

    /// <summary>Rows by no period: one stretch of time for all.</summary>
    private SqlSelect? OverWhole(IReadOnlyCollection<int> level)
    {
        if (time!.Whole(pass.Steps) is not { } stretch)
        {
            return null;
        }

        var scan = Timed(stretch.From, stretch.To);
        CellKey Key(QueryKey key) => time.IsPeriod(key) ? new CellKey(key, [SqlKeyword.Null]) : scan.Key(key);
        return Aggregated(scan, level, [.. query.Keys.Select(Key)]);
    }

    private FactScan Timed(DateOnly from, DateOnly to)
    {
        var scan = new FactScan(pass.Cube, query);
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

    private SqlSelect Aggregated(FactScan scan, IReadOnlyCollection<int> level, IReadOnlyList<CellKey> keys)
    {
        if (pass.Leaves[0].Measure.Definition is SemiAdditiveDefinition)
        {
            return Balances.Of(pass.Leaves[0], scan, keys, level);
        }

        (string, SqlExpression)[] aggregates =
            [.. pass.Leaves.Select(leaf => (leaf.Column, Aggregates.Of((AggregateDefinition)leaf.Measure.Definition, scan.Scope)))];
        return CellSelect.Of(keys, level, aggregates, scan.Rows());
    }

    private static SqlRelation? One(IReadOnlyList<SqlRelation> relations) =>
        relations.Count switch { 0 => null, 1 => relations[0], _ => new SqlUnion(relations) };

    /// <summary>No stretch of time, no facts: a total without a value for a query by nothing, no rows otherwise.</summary>
    private SqlSelect Nothing()
    {
        var scan = new FactScan(pass.Cube, query);
        scan.Require(SqlKeyword.False);
        return Aggregated(scan, sets, [.. query.Keys.Select(scan.Key)]);
    }
}
