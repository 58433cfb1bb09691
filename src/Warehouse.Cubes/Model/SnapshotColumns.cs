namespace Warehouse.Cubes.Model;

/// <summary>
/// How a dimension's table holds its members again and again, each time as of a day. A fact meets the latest snapshot that is not later
/// than a day: its own, or the one that is asked for. Whoever is not in that snapshot is not in an earlier one either.
/// </summary>
/// <param name="List">The table with a row for each snapshot; the dimension's own where it has all it takes.</param>
/// <param name="Key">The column that names the snapshot, in the list and in the dimension's table. Of several of one day the highest holds.</param>
/// <param name="At">The snapshot's day, in the list: a DATE.</param>
/// <param name="Each">
/// The column of the list that says of which set a snapshot is, for a table of the sets' members: then each attribute is named like a
/// set and says whether the member was in it. Null for a table of members' attributes.
/// </param>
public sealed record SnapshotColumns(TableName List, string Key, string At, string? Each)
{
    /// <summary>What makes a snapshot, for one who asks where there is none: a command. Null where nobody said.</summary>
    public string? MadeBy { get; init; }
}
