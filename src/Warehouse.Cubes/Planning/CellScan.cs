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
        CalculatedKeys.RequireAdditive(query.Keys, pass.Leaves);
        if (pass.Leaves[0].Nested is { } nested)
        {
            return nested.Rows(query, pass.Leaves[0], sets, time);
        }

        if (pass.Steps.IsNone)
        {
            return One([.. sets.GroupBy(Totalled).Select(level => OverFacts([.. level]))])!;
        }

        return One([.. sets
            .GroupBy(set => (Unit: time!.Finest(GroupingSets.Kept(set, query.Keys)), Totalled: Totalled(set)))
            .Select(level => level.Key.Unit is { } unit ? OverPeriods(unit, [.. level]) : OverWhole([.. level]))
            .OfType<SqlRelation>()]) ?? Nothing();
    }

    /// <summary>Which of the members that a fact has several of are totalled over: facts meet the others, so each such choice is a pass.</summary>
    private int Totalled(int set) => query.Keys.Where(key => key.IsMany).Aggregate(0, (bits, key) => bits | (set & key.Bit));

    private SqlSelect OverFacts(IReadOnlyCollection<int> level)
    {
        var scan = new FactScan(pass.Cube, query) { Choice = pass.Choice };
        scan.Require(query.Conditions);
        scan.RequireVisible();
        return Aggregated(scan, level, scan.Keys(query.Keys, Totalled(level.First())));
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
        var totalled = Totalled(level.First());
        return Aggregated(scan, level, [.. query.Keys.Select(key => time.IsPeriod(key) ? TimeAxis.Key(key, time.Calendar) : scan.Keys([key], totalled)[0])]);
    }

    /// <summary>Rows by no period: one stretch of time for all.</summary>
    private SqlSelect? OverWhole(IReadOnlyCollection<int> level)
    {
        if (time!.Whole(pass.Steps) is not { } stretch)
        {
            return null;
        }

        var scan = Timed(stretch.From, stretch.To);
        var totalled = Totalled(level.First());
        return Aggregated(scan, level, [.. query.Keys.Select(key => time.IsPeriod(key) ? CellKey.Nothing(key) : scan.Keys([key], totalled)[0])]);
    }

    private FactScan Timed(DateOnly from, DateOnly to)
    {
        var scan = new FactScan(pass.Cube, query) { Choice = pass.Choice };
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
        scan.Allocate();
        if (pass.Leaves[0].Measure.Definition is SemiAdditiveDefinition)
        {
            return Balances.Of(pass.Leaves[0], scan, keys, level);
        }

        (string, SqlExpression)[] aggregates =
            [.. pass.Leaves.Select(leaf => (leaf.Column, Aggregates.Of((AggregateDefinition)leaf.Measure.Definition, scan.Scope, leaf.Choice.Filter(scan))))];
        return CellSelect.Of(keys, level, aggregates, scan.Rows());
    }

    private static SqlRelation? One(IReadOnlyList<SqlRelation> relations) =>
        relations.Count switch { 0 => null, 1 => relations[0], _ => new SqlUnion(relations) };

    /// <summary>No stretch of time, no facts: a total without a value for a query by nothing, no rows otherwise.</summary>
    private SqlSelect Nothing()
    {
        var scan = new FactScan(pass.Cube, query) { Choice = pass.Choice };
        scan.Require(SqlKeyword.False);
        return Aggregated(scan, sets, scan.Keys(query.Keys, totalled: -1));
    }
}
