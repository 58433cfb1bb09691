using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// Adds, to the rows that facts give, one without values for every period shown and every combination of other members that has facts
/// in any period. So a period without facts has a row, and a time axis no gaps.
/// </summary>
internal sealed class DenseRows(QueryScope query, Cells cells, QueryTime time)
{
    private const string Facts = "rows of facts";
    private const string Others = "others";
    private const string Axis = "axis";

    public (IReadOnlyList<(string Name, SqlRelation Relation)> With, SqlUnion Rows) Of(SqlUnion facts)
    {
        var all = new SqlSelect { Items = [(SqlKeyword.Star, null)], From = new SqlNamed(Facts) };
        var frames = cells.Sets.Select(Frame).OfType<SqlRelation>();
        return ([(Facts, facts)], new SqlUnion([all, .. frames]));
    }

    /// <summary>The periods of a set with its other members; null for a set that totals over all periods.</summary>
    private SqlSelect? Frame(int set)
    {
        QueryKey[] kept = [.. GroupingSets.Kept(set, query.Keys)];
        if (time.Finest(kept) is not { } unit || time.Periods(unit, TimeSteps.None) is not { Count: > 0 } periods)
        {
            return null;
        }

        string[] others = [.. kept.Where(key => !time.IsPeriod(key)).SelectMany(key => key.Columns)];
        var combinations = new SqlSelect
        {
            IsDistinct = true,
            Items = others.Length == 0
                ? [(new SqlColumn(Facts, Cells.Set), Cells.Set)]
                : [.. others.Select(column => ((SqlExpression)new SqlColumn(Facts, column), (string?)column))],
            From = new SqlNamed(Facts),
            Where = [new SqlBinary(new SqlColumn(Facts, Cells.Set), "=", SqlKeyword.Number(set))],
        };
        SqlExpression Value(QueryKey key, string column) =>
            !kept.Contains(key) ? SqlKeyword.Null
            : time.IsPeriod(key) ? CalendarUnits.Truncated(new SqlColumn(Axis, TimeAxis.Period), key.Field.Unit!.Value, time.Calendar)
            : new SqlColumn(Others, column);
        return new SqlSelect
        {
            Items =
            [
                (SqlKeyword.Number(set), Cells.Set),
                .. query.Keys.SelectMany(key => key.Columns.Select(column => (Value(key, column), (string?)column))),
                .. cells.Leaves.Select(leaf => ((SqlExpression)SqlKeyword.Null, (string?)leaf.Column)),
            ],
            From = TimeAxis.Of(periods),
            Alias = Axis,
            Joins = [new SqlJoin(combinations, Others, [SqlKeyword.True])],
        };
    }
}
