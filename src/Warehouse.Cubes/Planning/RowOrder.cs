using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// The order of rows. Each total follows the rows that it totals. Ordered by a measure, groups are ordered by their totals and
/// rows within their group; what is still open is ordered by the members.
/// </summary>
internal sealed class RowOrder(IReadOnlyList<QueryKey> keys, IReadOnlyList<int> sets, SqlExpression set)
{
    /// <param name="byMeasure">Values to order by, before the members.</param>
    /// <param name="descendingKeys">Bits of the members that are ordered from the highest.</param>
    /// <param name="keyColumn">The value of a key.</param>
    public IReadOnlyList<SqlOrder> Terms(IReadOnlyList<SqlOrder> byMeasure, int descendingKeys, Func<QueryKey, SqlExpression> keyColumn)
    {
        SqlOrder Key(QueryKey key) => new(keyColumn(key), (key.Bit & descendingKeys) != 0);

        if (sets.Count == 1)
        {
            return [.. byMeasure, .. keys.Select(Key)];
        }

        var terms = new List<SqlOrder>();
        foreach (var key in keys)
        {
            terms.Add(new SqlOrder(new SqlBinary(set, "&", SqlKeyword.Number(key.Bit))));
            terms.AddRange(byMeasure.Select(term => term with { Value = OfGroup(term.Value, key, keyColumn) }));
            terms.Add(Key(key));
        }

        return terms;
    }

    /// <summary>The value of the total over all later keys, where the query has such a total; else the row's own at the last key.</summary>
    private SqlExpression OfGroup(SqlExpression value, QueryKey key, Func<QueryKey, SqlExpression> keyColumn)
    {
        var everything = (1 << keys.Count) - 1;
        var upTo = (1 << (key.Index + 1)) - 1;
        var total = everything & ~upTo;
        if (total == 0)
        {
            return value;
        }

        return sets.Contains(total)
            ? new SqlWindow(
                new SqlAggregate("max", new SqlCase([(new SqlBinary(set, "=", SqlKeyword.Number(total)), value)])),
                [new SqlBinary(set, "&", SqlKeyword.Number(upTo)), .. keys.Take(key.Index + 1).Select(keyColumn)],
                [])
            : SqlKeyword.Null;
    }
}
