using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>A SELECT whose columns are those of <see cref="Cells"/>: the set, the keys, the leaves.</summary>
internal static class CellSelect
{
    /// <param name="keys">The query's keys.</param>
    /// <param name="values">Their values in the rows that are aggregated.</param>
    /// <param name="sets">The sets to aggregate to.</param>
    /// <param name="aggregates">The leaves' columns and values.</param>
    /// <param name="rows">The rows that are aggregated, without items.</param>
    public static SqlSelect Of(
        IReadOnlyList<QueryKey> keys,
        IReadOnlyList<SqlExpression> values,
        IReadOnlyCollection<int> sets,
        IEnumerable<(string Column, SqlExpression Value)> aggregates,
        SqlSelect rows)
    {
        QueryKey[] grouped = [.. keys.Where(key => sets.Any(set => (set & key.Bit) == 0))];
        var items = new List<(SqlExpression, string?)> { (SetNumber(grouped, values, sets, keys), Cells.Set) };
        items.AddRange(keys.Select(key => (grouped.Contains(key) ? values[key.Index] : SqlKeyword.Null, (string?)key.Column)));
        items.AddRange(aggregates.Select(aggregate => (aggregate.Value, (string?)aggregate.Column)));
        var indexes = sets.Select(set => (IReadOnlyList<int>)
            [.. GroupingSets.Kept(set, grouped).Select(key => Array.IndexOf(grouped, key))]);
        return rows with
        {
            Items = items,
            Grouping = grouped.Length == 0 ? null : new SqlGrouping([.. grouped.Select(key => values[key.Index])], [.. indexes]),
        };
    }

    /// <summary>The number of each row's set: SQL says of each key whether the row is a total over it.</summary>
    private static SqlExpression SetNumber(
        QueryKey[] grouped, IReadOnlyList<SqlExpression> values, IReadOnlyCollection<int> sets, IReadOnlyList<QueryKey> keys)
    {
        if (sets.Count == 1)
        {
            return SqlKeyword.Number(sets.First());
        }

        var always = keys.Except(grouped).Aggregate(0, (bits, key) => bits | key.Bit);
        return new SqlJoined("+",
        [
            SqlKeyword.Number(always),
            .. grouped.Select(key => new SqlBinary(new SqlCall("GROUPING", values[key.Index]), "*", SqlKeyword.Number(key.Bit))),
        ]);
    }
}
