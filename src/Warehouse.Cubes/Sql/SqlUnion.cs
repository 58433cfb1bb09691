namespace Warehouse.Cubes.Sql;

/// <summary>The rows of several relations, one after another.</summary>
internal sealed record SqlUnion(IReadOnlyList<SqlRelation> Relations) : SqlRelation
{
    public override void Write(SqlWriter writer)
    {
        for (var index = 0; index < Relations.Count; index++)
        {
            if (index > 0)
            {
                writer.Line().Sql("UNION ALL").Line();
            }

            writer.Node(Relations[index]);
        }
    }
}
