using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Model;

/// <summary>What facts are about: a table with one row per member (or per version of a member), or columns of the fact itself.</summary>
public sealed record Dimension
{
    public required string Name { get; init; }

    public required Caption Caption { get; init; }

    public string? Description { get; init; }

    /// <summary>Null for a degenerate dimension: its attributes are expressions over the fact's columns.</summary>
    public TableName? Table { get; init; }

    /// <summary>
    /// The column that names a member for ever; unique in the table, or among the versions valid at one time. Without a table the facts'
    /// column with the day of a calendar; null for what has none.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>How versions of members are told apart; null where the table has one row per member.</summary>
    public VersionColumns? Versions { get; init; }

    /// <summary>How members' attributes of one day are told from those of another; null where the table has no snapshots.</summary>
    public SnapshotColumns? Snapshots { get; init; }

    /// <summary>The key of the member that stands for « not known »; null where there is none.</summary>
    public Expression? Unknown { get; init; }

    /// <summary>The calendar of a time dimension, whose key is a DATE; null for any other.</summary>
    public Calendar? Calendar { get; init; }

    /// <summary>How members stand above each other; null where they do not.</summary>
    public MemberTree? Tree { get; init; }

    public required IReadOnlyDictionary<string, DimensionField> Attributes { get; init; }

    public required IReadOnlyDictionary<string, Hierarchy> Hierarchies { get; init; }
}

/// <summary>The columns of a slowly changing dimension (type 2) that tell versions apart. Intervals are [from, to).</summary>
/// <param name="Key">Unique in the table: a version of a member.</param>
/// <param name="From">When the version began to hold.</param>
/// <param name="To">When it ceased to.</param>
/// <param name="IsCurrent">A flag of the versions that hold now.</param>
public sealed record VersionColumns(string Key, string From, string To, string IsCurrent);
