namespace Warehouse.Cubes.Sql;

/// <summary>A column of a relation of the same statement.</summary>
internal sealed record SqlColumn(string? Relation, string Name) : SqlExpression
{
    public override void Write(SqlWriter writer)
    {
        if (Relation is not null)
        {
            writer.Identifier(Relation).Sql(".");
        }

        writer.Identifier(Name);
    }
}

/// <summary>All columns of a relation of the same statement.</summary>
internal sealed record SqlAllColumns(string Relation) : SqlExpression
{
    public override void Write(SqlWriter writer) => writer.Identifier(Relation).Sql(".*");
}
