namespace Warehouse.Cubes.Sql;

/// <summary>A table made of a query's rows, in the place of the one that has its name.</summary>
internal sealed record SqlCreateTable(SqlTable Table, SqlRelation Rows) : SqlNode
{
    public override void Write(SqlWriter writer) => writer.Sql("CREATE OR REPLACE TABLE ").Node(Table).Sql(" AS").Line().Node(Rows);
}
