using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// Builds the relation of a query's cells: each cube's facts are aggregated to the query's sets by themselves, and only the
/// aggregated rows meet. So facts of one cube never multiply those of another.
/// </summary>
internal sealed class CellsBuilder(CubeQuery query, Cube home, Cells cells, PlanningContext context)
{
    public SqlRelation Build()
    {
        var scans = cells.Leaves
            .GroupBy(leaf => leaf.Cube)
            .Select(leaves => (Leaves: leaves.ToArray(), Relation: Scan(leaves.Key, [.. leaves])))
            .ToArray();
        return scans.Length == 1 ? scans[0].Relation : Combined(scans);
    }

    private SqlSelect Scan(Cube cube, IReadOnlyList<Leaf> leaves)
    {
        if (leaves.FirstOrDefault(leaf => !leaf.Steps.IsNone || leaf.Measure.Definition is not AggregateDefinition) is { } leaf)
        {
            throw new WrongCommandException($"{leaf.Measure.Name}: measures over another stretch of time than the row's own cannot be asked yet.");
        }

        var scan = new FactScan(cube, query, home, cells.Keys, context);
        var values = scan.Keys();
        var where = scan.Conditions(Conditions.Of(query.Where?.Expression));
        (string, SqlExpression)[] aggregates =
        [
            .. leaves.Select(measured => (measured.Column, Aggregates.Of((AggregateDefinition)measured.Measure.Definition, scan.Scope))),
        ];
        var rows = new SqlSelect
        {
            Items = [],
            From = new SqlTable(cube.Table),
            Alias = scan.Scope.Fact,
            Joins = scan.Scope.Joins,
            Where = where,
        };
        return CellSelect.Of(cells.Keys, values, cells.Sets, aggregates, rows);
    }

    /// <summary>Rows of several scans put under each other and grouped again by set and keys: each leaf has one value per group.</summary>
    private SqlSelect Combined(IReadOnlyList<(Leaf[] Leaves, SqlSelect Relation)> scans)
    {
        const string part = "part";
        var relations = scans.Select(scan => (SqlRelation)new SqlSelect
        {
            Items =
            [
                (new SqlColumn(part, Cells.Set), Cells.Set),
                .. cells.Keys.Select(key => ((SqlExpression)new SqlColumn(part, key.Column), (string?)key.Column)),
                .. cells.Leaves.Select(leaf =>
                    (scan.Leaves.Contains(leaf) ? (SqlExpression)new SqlColumn(part, leaf.Column) : SqlKeyword.Null, (string?)leaf.Column)),
            ],
            From = scan.Relation,
            Alias = part,
        });
        SqlExpression[] group = [new SqlColumn(part, Cells.Set), .. cells.Keys.Select(key => new SqlColumn(part, key.Column))];
        return new SqlSelect
        {
            Items =
            [
                (group[0], Cells.Set),
                .. cells.Keys.Select(key => (group[key.Index + 1], (string?)key.Column)),
                .. cells.Leaves.Select(leaf => (One(leaf, part), (string?)leaf.Column)),
            ],
            From = new SqlUnion([.. relations]),
            Alias = part,
            Grouping = new SqlGrouping(group, [[.. Enumerable.Range(0, group.Length)]]),
        };
    }

    private static SqlExpression One(Leaf leaf, string part)
    {
        var value = new SqlAggregate("any_value", new SqlColumn(part, leaf.Column));
        return leaf.IsCount ? new SqlCall("coalesce", value, SqlKeyword.Zero) : value;
    }
}
