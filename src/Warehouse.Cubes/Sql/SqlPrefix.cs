namespace Warehouse.Cubes.Sql;

/// <summary>NOT or the sign.</summary>
internal sealed record SqlPrefix(string Operator, SqlExpression Operand) : SqlExpression
{
    public override void Write(SqlWriter writer) => writer.Sql("(").Sql(Operator).Sql(" ").Node(Operand).Sql(")");
}

/// <summary>IS NULL.</summary>
internal sealed record SqlIsNull(SqlExpression Operand) : SqlExpression
{
    public override void Write(SqlWriter writer) => writer.Sql("(").Node(Operand).Sql(" IS NULL)");
}
