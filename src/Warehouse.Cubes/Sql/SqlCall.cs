namespace Warehouse.Cubes.Sql;

/// <summary>A function of SQL.</summary>
internal sealed record SqlCall(string Function, params IReadOnlyList<SqlExpression> Arguments) : SqlExpression
{
    public override void Write(SqlWriter writer) => writer.Sql(Function).Sql("(").List(Arguments).Sql(")");
}
