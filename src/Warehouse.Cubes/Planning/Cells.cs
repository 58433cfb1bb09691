using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// What a query needs from facts, collected while its measures are compiled: one row per set and combination of keys,
/// one column per leaf. Everything else is computed from these cells, after aggregation.
/// </summary>
internal sealed class Cells(IReadOnlyList<QueryKey> keys, IReadOnlyList<int> shownSets)
{
    /// <summary>What statements call the relation, and the column of the row's set.</summary>
    public const string Relation = "cells";
    public const string Set = "g";

    private readonly List<Leaf> _leaves = [];
    private readonly SortedSet<int> _sets = [.. shownSets];
    private readonly List<(string Leaf, int Dropped)> _totals = [];

    public IReadOnlyList<QueryKey> Keys => keys;

    public IReadOnlyList<Leaf> Leaves => _leaves;

    /// <summary>The sets shown, and those that shown rows are compared with.</summary>
    public IReadOnlyCollection<int> Sets => _sets;

    public SqlExpression SetColumn { get; } = new SqlColumn(Relation, Set);

    public static SqlExpression KeyColumn(QueryKey key) => new SqlColumn(Relation, key.Column);

    public static IEnumerable<SqlExpression> KeyColumns(QueryKey key) => key.Columns.Select(column => new SqlColumn(Relation, column));

    /// <summary>The value of a leaf for the row at hand, or for the row that totals it over the setting's keys.</summary>
    public SqlExpression Value(Cube cube, Measure measure, MeasureSetting setting, Func<NestedCells>? nested = null)
    {
        var leaf = Find(cube, measure, setting, nested);
        return new SqlColumn(Relation, setting.Dropped == 0 ? leaf.Column : Total(leaf.Column, setting.Dropped));
    }

    /// <summary>The cells with, beside each leaf, the totals that rows are compared with.</summary>
    public SqlRelation WithTotals(SqlRelation cells) => _totals.Count == 0 ? cells : new SqlSelect
    {
        Items =
        [
            (SqlKeyword.Star, null),
            .. _totals.Select((total, index) => ((SqlExpression)OfTotal(new SqlColumn(Relation, total.Leaf), total.Dropped), (string?)TotalColumn(index))),
        ],
        From = cells,
        Alias = Relation,
    };

    private string Total(string leaf, int dropped)
    {
        foreach (var set in shownSets)
        {
            _sets.Add(set | dropped);
        }

        var index = _totals.IndexOf((leaf, dropped));
        if (index < 0)
        {
            index = _totals.Count;
            _totals.Add((leaf, dropped));
        }

        return TotalColumn(index);
    }

    private static string TotalColumn(int index) => FormattableString.Invariant($"t{index}");

    private Leaf Find(Cube cube, Measure measure, MeasureSetting setting, Func<NestedCells>? nested)
    {
        var leaf = _leaves.Find(known =>
            known.Cube == cube && known.Measure == measure && known.Steps.Equals(setting.Steps) && known.Choice.Equals(setting.Choice));
        if (leaf is null)
        {
            leaf = new Leaf(FormattableString.Invariant($"a{_leaves.Count}"), cube, measure, setting.Steps) { Choice = setting.Choice, Nested = nested?.Invoke() };
            _leaves.Add(leaf);
        }

        return leaf;
    }

    /// <summary>
    /// The total is a cell of its own, aggregated from facts, so it is right for every aggregate. The rows that share the kept keys
    /// (and are totals over the same of them) have one such cell among them.
    /// </summary>
    private SqlWindow OfTotal(SqlExpression own, int dropped)
    {
        var mask = SqlKeyword.Number(dropped);
        var isTotal = new SqlBinary(new SqlBinary(SetColumn, "&", mask), "=", mask);
        var kept = GroupingSets.Kept(dropped, keys).ToArray();
        var keptMask = kept.Aggregate(0, (bits, key) => bits | key.Bit);
        return new SqlWindow(
            new SqlAggregate("max", new SqlCase([(isTotal, own)])),
            kept.Length == 0 ? [] : [new SqlBinary(SetColumn, "&", SqlKeyword.Number(keptMask)), .. kept.SelectMany(KeyColumns)],
            []);
    }
}
