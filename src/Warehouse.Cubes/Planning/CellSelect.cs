using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>A SELECT whose columns are those of <see cref="Cells"/>: the set, the keys, the leaves.</summary>
internal static class CellSelect
{
    /// <param name="keys">All keys of the query, in order, with their values in the rows that are aggregated.</param>
    /// <param name="sets">The sets to aggregate to.</param>
    /// <param name="aggregates">The leaves' columns and values.</param>
    /// <param name="rows">The rows that are aggregated, without items.</param>
    /// <param name="always">Further columns to group by, in every set.</param>
    public static SqlSelect Of(
        IReadOnlyList<CellKey> keys,
        IReadOnlyCollection<int> sets,
        IEnumerable<(string Column, SqlExpression Value)> aggregates,
        SqlSelect rows,
        params IReadOnlyList<(string Column, SqlExpression Value)> always)
    {
        keys = sets.Count > 1 ? Apart(keys, always) : keys;
        CellKey[] grouped = [.. keys.Where(key => sets.Any(set => (set & key.Key.Bit) == 0))];
        var columns = new List<(int Bit, SqlExpression Value)>();
        columns.AddRange(grouped.SelectMany(key => key.Columns.Select(value => (key.Key.Bit, value))));
        columns.AddRange(always.Select(column => (0, column.Value)));

        var items = new List<(SqlExpression, string?)> { (SetNumber(keys, grouped, sets), Cells.Set) };
        items.AddRange(keys.SelectMany(key => key.Columns.Zip(key.Key.Columns, (value, name) => (grouped.Contains(key) ? value : SqlKeyword.Null, (string?)name))));
        items.AddRange(always.Select(column => (column.Value, (string?)column.Column)));
        items.AddRange(aggregates.Select(aggregate => (aggregate.Value, (string?)aggregate.Column)));
        return rows with
        {
            Items = items,
            Grouping = columns.Count == 0
                ? null
                : new SqlGrouping(
                    [.. columns.Select(column => column.Value)],
                    [.. sets.Select(set => (IReadOnlyList<int>)[.. Enumerable.Range(0, columns.Count).Where(index => (columns[index].Bit & set) == 0)])]),
        };
    }

    /// <summary>
    /// Keys with the same expression (a fiscal quarter that is the calendar's, two names of one column, the day of a balance) would be
    /// one key to the engine, totalled over together: each is given a form of its own.
    /// </summary>
    private static CellKey[] Apart(IReadOnlyList<CellKey> keys, IReadOnlyList<(string Column, SqlExpression Value)> always)
    {
        static string Text(SqlExpression value) => SqlWriter.Statement(value, name => name).Text;
        var seen = always.Select(column => Text(column.Value)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        SqlExpression Own(SqlExpression value)
        {
            while (!seen.Add(Text(value)))
            {
                value = new SqlCase([(SqlKeyword.True, value)]);
            }

            return value;
        }

        return [.. keys.Select(key => key with { Columns = [.. key.Columns.Select(Own)] })];
    }

    /// <summary>The number of each row's set: SQL says of each key whether the row is a total over it.</summary>
    private static SqlExpression SetNumber(IReadOnlyList<CellKey> keys, CellKey[] grouped, IReadOnlyCollection<int> sets)
    {
        if (sets.Count == 1)
        {
            return SqlKeyword.Number(sets.First());
        }

        var always = keys.Except(grouped).Aggregate(0, (bits, key) => bits | key.Key.Bit);
        return new SqlJoined("+",
        [
            SqlKeyword.Number(always),
            .. grouped.Select(key => new SqlBinary(new SqlCall("GROUPING", key.Columns[0]), "*", SqlKeyword.Number(key.Key.Bit))),
        ]);
    }
}
