namespace Warehouse.Cubes.Sql;

/// <summary>The rows of several relations, one after another.</summary>
internal sealed record SqlUnion(IReadOnlyList<SqlRelation> Relations) : SqlRelation
{
    /// <summary>Whether each row is there once.</summary>
    public bool IsDistinct { get; init; }

    public override void Write(SqlWriter writer)
    {
        for (var index = 0; index < Relations.Count; index++)
        {
            if (index > 0)
            {
                writer.Line().Sql(IsDistinct ? "UNION" : "UNION ALL").Line();
            }

            writer.Node(Relations[index]);
        }
    }
}
