namespace Warehouse.Cubes.Sql;

/// <summary>A value as another type of SQL.</summary>
internal sealed record SqlCast(SqlExpression Operand, string Type) : SqlExpression
{
    public override void Write(SqlWriter writer) => writer.Sql("CAST(").Node(Operand).Sql(" AS ").Sql(Type).Sql(")");
}
