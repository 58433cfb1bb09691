using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// The order of rows. Each total follows the rows that it totals, and the rest of a ranking follows the members that have rows.
/// Ordered by a measure, groups are ordered by their totals and rows within their group; what is still open is ordered by the members.
/// </summary>
internal sealed class RowOrder(IReadOnlyList<QueryKey> keys, IReadOnlyList<int> sets, string relation)
{
    private readonly SqlExpression _set = new SqlColumn(relation, Cells.Set);

    /// <param name="byMeasure">Values to order by, before the members.</param>
    /// <param name="descendingKeys">Bits of the members that are ordered from the highest.</param>
    /// <param name="orderedKeys">Bits of the members that are among the values already, where there are no totals.</param>
    public IReadOnlyList<SqlOrder> Terms(IReadOnlyList<SqlOrder> byMeasure, int descendingKeys, int orderedKeys)
    {
        SqlOrder Key(QueryKey key) => new(Column(key.Column), (key.Bit & descendingKeys) != 0);

        if (sets.Count == 1 && keys.All(key => key.Top is null))
        {
            return [.. byMeasure, .. keys.Where(key => (key.Bit & orderedKeys) == 0).Select(Key)];
        }

        var terms = new List<SqlOrder>();
        foreach (var key in keys)
        {
            if (sets.Count > 1)
            {
                terms.Add(new SqlOrder(new SqlBinary(_set, "&", SqlKeyword.Number(key.Bit))));
            }

            if (key.Top is not null)
            {
                terms.Add(new SqlOrder(Column(key.RestColumn)));
            }

            terms.AddRange(byMeasure.Select(term => (term, value: OfGroup(term.Value, key))).Where(term => term.value is not null).Select(term => term.term with { Value = term.value! }));
            terms.Add(Key(key));
        }

        return terms;
    }

    private SqlColumn Column(string name) => new(relation, name);

    /// <summary>The value of the total over all later keys, where the query has such a total; the row's own at the last key.</summary>
    private SqlExpression? OfGroup(SqlExpression value, QueryKey key)
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
                new SqlAggregate("max", new SqlCase([(new SqlBinary(_set, "=", SqlKeyword.Number(total)), value)])),
                [new SqlBinary(_set, "&", SqlKeyword.Number(upTo)), .. keys.Take(key.Index + 1).SelectMany(before => before.Columns.Select(Column))],
                [])
            : null;
    }
}
