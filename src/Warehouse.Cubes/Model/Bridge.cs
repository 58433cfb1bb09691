namespace Warehouse.Cubes.Model;

/// <summary>
/// A table between facts and members, where one fact has several: the interests of its customer, the owners of its account. A fact
/// counts once for each of its members, and once in every total.
/// </summary>
/// <param name="Table">One row for each pair.</param>
/// <param name="From">The column that the fact's reference leads to.</param>
/// <param name="To">The column with the member's key.</param>
/// <param name="Weight">
/// The column with the part of a fact that is the member's; the parts of one fact are 1 together. Null where facts cannot be allocated.
/// </param>
public sealed record Bridge(TableName Table, string From, string To, string? Weight)
{
    /// <summary>When a pair holds; null where it does for ever.</summary>
    public PairVersions? Versions { get; init; }
}

/// <summary>The columns of a bridge that say when a pair holds. Intervals are [from, to).</summary>
/// <param name="From">When it began to hold.</param>
/// <param name="To">When it ceased to.</param>
/// <param name="IsCurrent">A flag of the pairs that hold now.</param>
public sealed record PairVersions(string From, string To, string IsCurrent);
