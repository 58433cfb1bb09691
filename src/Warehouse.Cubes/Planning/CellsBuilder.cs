using Warehouse.Cubes.Model;
using Warehouse.Cubes.Rollups;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// Builds the relation of a query's cells: facts of each cube and stretch of time are aggregated to the query's sets by themselves,
/// and only the aggregated rows meet. So facts of one cube never multiply those of another.
/// </summary>
internal sealed class CellsBuilder(QueryScope query, Cells cells, QueryTime? time)
{
    private const string Part = "part";

    /// <summary>Whether periods without facts have rows.</summary>
    public bool IsDense { get; init; }

    public SqlRelation Build()
    {
        var scans = CellPass.Of(cells.Leaves)
            .SelectMany(pass => new RollupPass(query, pass, cells.Sets).Find() ?? [(pass.Leaves, new CellScan(query, pass, cells.Sets, time).Rows())])
            .ToArray();
        return scans.Length == 1 && !IsDense && !LacksTotal ? scans[0].Relation : Combined(scans);
    }

    private int Everything => (1 << query.Keys.Count) - 1;

    /// <summary>
    /// Whether the total over everything would be missing where there are no facts: balances are grouped by day first, nested measures by
    /// the members that they include, and nothing has none of them.
    /// </summary>
    private bool LacksTotal => cells.Sets.Contains(Everything) && cells.Leaves.All(leaf => leaf.Measure.Definition is SemiAdditiveDefinition or NestedDefinition);

    /// <summary>Rows of several scans put under each other and grouped again by set and keys: each leaf has one value per group.</summary>
    private SqlSelect Combined(IReadOnlyList<(IReadOnlyList<Leaf> Leaves, SqlRelation Relation)> scans)
    {
        string[] columns = [Cells.Set, .. query.Keys.SelectMany(key => key.Columns)];
        SqlExpression[] group = [.. columns.Select(column => new SqlColumn(Part, column))];
        var relations = scans.Select(scan => (SqlRelation)new SqlSelect
        {
            Items =
            [
                .. group.Zip(columns, (value, column) => (value, (string?)column)),
                .. cells.Leaves.Select(leaf =>
                    (scan.Leaves.Contains(leaf) ? (SqlExpression)new SqlColumn(Part, leaf.Column) : SqlKeyword.Null, (string?)leaf.Column)),
            ],
            From = scan.Relation,
            Alias = Part,
        });
        var union = new SqlUnion([.. relations, .. LacksTotal ? new[] { EmptyTotal(columns) } : []]);
        var (with, rows) = IsDense ? new DenseRows(query, cells, time!).Of(union) : ([], union);
        return new SqlSelect
        {
            With = with,
            Items =
            [
                .. group.Zip(columns, (value, column) => (value, (string?)column)),
                .. cells.Leaves.Select(leaf => (One(leaf), (string?)leaf.Column)),
            ],
            From = rows,
            Alias = Part,
            Grouping = new SqlGrouping(group, [[.. Enumerable.Range(0, group.Length)]]),
        };
    }

    private SqlSelect EmptyTotal(IEnumerable<string> columns) => new()
    {
        Items = [.. columns.Concat(cells.Leaves.Select(leaf => leaf.Column))
            .Select(column => ((SqlExpression)(column is Cells.Set ? SqlKeyword.Number(Everything) : SqlKeyword.Null), (string?)column))],
        From = new SqlValues([[SqlKeyword.Zero]], ["nothing"]),
        Alias = Part,
    };

    private static SqlExpression One(Leaf leaf)
    {
        var value = new SqlAggregate("any_value", new SqlColumn(Part, leaf.Column));
        return leaf.IsCount ? new SqlCall("coalesce", value, SqlKeyword.Zero) : value;
    }
}
