namespace Warehouse.Cubes.Sql;

/// <summary>
/// Makes one SELECT of several where the outer ones only pick and order columns of the inner: the engine takes longer to prepare what
/// is nested than to answer it, where there is little to read.
/// </summary>
internal static class Merging
{
    public static SqlSelect Merged(this SqlSelect select)
    {
        while (select.From is SqlSelect inner && Merge(select, inner) is { } merged)
        {
            select = merged;
        }

        return select;
    }

    private static SqlSelect? Merge(SqlSelect outer, SqlSelect inner)
    {
        var isPlain = outer is { IsDistinct: false, Grouping: null, Joins.Count: 0, Where.Count: 0 }
            && inner is { IsDistinct: false, With.Count: 0, OrderBy.Count: 0, Limit: null, Offset: null };
        if (!isPlain)
        {
            return null;
        }

        var items = new List<(SqlExpression, string?)>();
        foreach (var (value, alias) in outer.Items)
        {
            if (Picked(value, outer, inner) is not { } picked)
            {
                return null;
            }

            items.Add((picked, alias));
        }

        var order = new List<SqlOrder>();
        foreach (var term in outer.OrderBy)
        {
            // What is the same in each row is no order, and the engine refuses it or takes it for a column's place.
            if (Picked(term.Value, outer, inner) is not { } picked || picked is SqlKeyword or SqlParameter)
            {
                return null;
            }

            order.Add(term with { Value = picked });
        }

        return inner with { With = outer.With, Items = items, OrderBy = order, Limit = outer.Limit, Offset = outer.Offset };
    }

    /// <summary>What the inner SELECT calls a column of it; null for anything else.</summary>
    private static SqlExpression? Picked(SqlExpression value, SqlSelect outer, SqlSelect inner) =>
        value is SqlColumn column && string.Equals(column.Relation, outer.Alias, StringComparison.Ordinal)
            ? inner.Items.FirstOrDefault(item => string.Equals(item.Alias, column.Name, StringComparison.Ordinal)).Value
            : null;
}
