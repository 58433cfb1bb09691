namespace Warehouse.Cubes.Sql;

/// <summary>Two operands and an operator of SQL.</summary>
internal sealed record SqlBinary(SqlExpression Left, string Operator, SqlExpression Right) : SqlExpression
{
    public override void Write(SqlWriter writer) =>
        writer.Sql("(").Node(Left).Sql(" ").Sql(Operator).Sql(" ").Node(Right).Sql(")");
}

/// <summary>Several operands with the same operator between them.</summary>
internal sealed record SqlJoined(string Operator, IReadOnlyList<SqlExpression> Operands) : SqlExpression
{
    public override void Write(SqlWriter writer) => writer.Sql("(").List(Operands, $" {Operator} ").Sql(")");
}
