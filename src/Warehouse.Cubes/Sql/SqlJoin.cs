namespace Warehouse.Cubes.Sql;

/// <summary>A relation joined to those before it.</summary>
internal sealed record SqlJoin(SqlRelation Relation, string Alias, IReadOnlyList<SqlExpression> On) : SqlNode
{
    /// <summary>Whether rows without a partner stay. Otherwise the join is inner.</summary>
    public bool IsLeft { get; init; }

    /// <summary>Whether rows of either without a partner stay.</summary>
    public bool IsFull { get; init; }

    public override void Write(SqlWriter writer)
    {
        writer.Sql(IsFull ? "FULL JOIN " : IsLeft ? "LEFT JOIN " : "JOIN ");
        WriteSource(writer, Relation, Alias);
        writer.Sql(" ON ").List(On, " AND ");
    }

    /// <summary>A relation as FROM and JOIN name it.</summary>
    public static void WriteSource(SqlWriter writer, SqlRelation relation, string? alias)
    {
        if (relation is SqlTable or SqlNamed)
        {
            writer.Node(relation);
        }
        else
        {
            writer.Nested(relation);
        }

        if (alias is not null)
        {
            writer.Sql(" AS ").Identifier(alias);
        }
    }
}
