namespace Warehouse.Cubes.Model;

/// <summary>A dimension as one cube uses it: an order's date and its shipping date are two roles of one dimension.</summary>
public sealed record DimensionRole
{
    /// <summary>The first part of its members' names: <c>customer</c> in <c>customer.city</c>.</summary>
    public required string Name { get; init; }

    public required Dimension Dimension { get; init; }

    /// <summary>The fact's column that refers to the dimension's key (or version key); null for a degenerate dimension.</summary>
    public string? On { get; init; }

    /// <summary>
    /// Whether the fact refers to the version that held when it happened. Otherwise attributes are those that hold now,
    /// or held at the date that the query is asked as of.
    /// </summary>
    public bool IsThen { get; init; }

    /// <summary>Whether the reference may be NULL or lead nowhere. Otherwise it holds for every row, which an audit checks.</summary>
    public bool IsOptional { get; init; }
}
