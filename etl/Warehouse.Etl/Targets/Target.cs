namespace Warehouse.Etl.Targets;

/// <summary>
/// Something that a feed can fill: its columns, and the SQL that takes the mapped rows into the star, in order.
/// </summary>
/// <param name="Name">Its name in a feed's <c>into</c>.</param>
/// <param name="Columns">What a feed may say of it.</param>
/// <param name="Steps">The SQL files, run on <c>temp.mapped_NAME</c>.</param>
public sealed record Target(string Name, IReadOnlyList<TargetColumn> Columns, IReadOnlyList<string> Steps)
{
    /// <summary>The table of the star in which each row becomes exactly one row, or null where rows are not kept one by one.</summary>
    public string? Fact => Steps[^1].StartsWith("Star/fact_", StringComparison.Ordinal) ? $"star.fact_{Name}" : null;

    /// <summary>The fact from which each row takes something out, or null where rows are no deletions.</summary>
    public Target? Deletes { get; init; }

    /// <summary>Whether what sources say is recorded, and versions are derived from it.</summary>
    public bool KeepsRecords => Steps[0].EndsWith("_record.sql", StringComparison.Ordinal);

    /// <summary>The column of a name, or null.</summary>
    public TargetColumn? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);
}
