using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>A key's value in rows that are to be aggregated.</summary>
/// <param name="Key">The key.</param>
/// <param name="Columns">Its columns, in the order of <see cref="QueryKey.Columns"/>.</param>
internal sealed record CellKey(QueryKey Key, IReadOnlyList<SqlExpression> Columns)
{
    /// <summary>No value, for rows that are totals over a key.</summary>
    public static CellKey Nothing(QueryKey key) => new(key, [.. key.Columns.Select(_ => SqlKeyword.Null)]);
}
