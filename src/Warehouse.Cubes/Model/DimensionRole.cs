namespace Warehouse.Cubes.Model;

/// <summary>A dimension as one cube uses it: an order's date and its shipping date are two roles of one dimension.</summary>
public sealed record DimensionRole
{
    /// <summary>The first part of its members' names: <c>customer</c> in <c>customer.city</c>.</summary>
    public required string Name { get; init; }

    public required Dimension Dimension { get; init; }

    /// <summary>The fact's column that refers to the dimension's key (or version key); null for a degenerate dimension.</summary>
    public string? On { get; init; }

    /// <summary>The fact's column that tells of which member it is: for a calendar over the facts' own day, that day; null where none does.</summary>
    internal string? Reference => On ?? Dimension.Key;

    /// <summary>
    /// Whether attributes are those that held when the fact happened: the fact refers to a version, or has a day by which it meets a
    /// snapshot. Otherwise they are those that hold now, or held at the date that the query is asked as of.
    /// </summary>
    public bool IsThen { get; init; }

    /// <summary>The role of time whose day says when the fact happened, for snapshots; null for the cube's own time.</summary>
    public string? By { get; init; }

    /// <summary>The day whose attributes a query names, as <c>customer.city@2011-06-30</c>; null in a model.</summary>
    public DateOnly? At { get; init; }

    /// <summary>What tells it from other roles, and from the same role at another day, within a statement.</summary>
    internal string Key => At is { } day ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}.{day:yyyy-MM-dd}") : Name;

    /// <summary>The table between facts and members, where a fact has several; null where it has one.</summary>
    public Bridge? Bridge { get; init; }

    /// <summary>Whether a fact belongs to its member and to all that stand above it.</summary>
    public bool IsRolledUp { get; init; }

    /// <summary>Whether a fact may belong to several members.</summary>
    public bool IsMany => Bridge is not null || IsRolledUp;

    /// <summary>Whether the reference may be NULL or lead nowhere. Otherwise it holds for every row, which an audit checks.</summary>
    public bool IsOptional { get; init; }
}
