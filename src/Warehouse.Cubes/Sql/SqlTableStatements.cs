namespace Warehouse.Cubes.Sql;

/// <summary>A table made of a query's rows, in the place of the one that has its name.</summary>
internal sealed record SqlCreateTable(SqlTable Table, SqlRelation Rows) : SqlNode
{
    public override void Write(SqlWriter writer) => writer.Sql("CREATE OR REPLACE TABLE ").Node(Table).Sql(" AS").Line().Node(Rows);
}

/// <summary>A query's rows added to a table, column by column.</summary>
internal sealed record SqlInsert(SqlTable Table, SqlRelation Rows) : SqlNode
{
    public override void Write(SqlWriter writer) => writer.Sql("INSERT INTO ").Node(Table).Line().Node(Rows);
}

/// <summary>The rows of a table taken away that have a partner in another.</summary>
internal sealed record SqlDelete(SqlTable Table, string Alias, SqlTable Using, string UsingAlias, SqlExpression Where) : SqlNode
{
    public override void Write(SqlWriter writer) => writer
        .Sql("DELETE FROM ").Node(Table).Sql(" AS ").Identifier(Alias)
        .Line().Sql("USING ").Node(Using).Sql(" AS ").Identifier(UsingAlias)
        .Line().Sql("WHERE ").Node(Where);
}

/// <summary>A table taken away.</summary>
internal sealed record SqlDropTable(SqlTable Table) : SqlNode
{
    public override void Write(SqlWriter writer) => writer.Sql("DROP TABLE ").Node(Table);
}
