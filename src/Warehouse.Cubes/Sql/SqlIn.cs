namespace Warehouse.Cubes.Sql;

/// <summary>Membership in a list of values.</summary>
internal sealed record SqlIn(SqlExpression Operand, IReadOnlyList<SqlExpression> Items) : SqlExpression
{
    public override void Write(SqlWriter writer) => writer.Sql("(").Node(Operand).Sql(" IN (").List(Items).Sql("))");
}
