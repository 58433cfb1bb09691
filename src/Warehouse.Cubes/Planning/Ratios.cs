using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>Arithmetic in which dividing by zero gives no value rather than infinity or an error.</summary>
internal static class Ratios
{
    public static SqlExpression Of(SqlExpression left, BinaryOperator op, SqlExpression right) => op == BinaryOperator.Divide
        ? new SqlBinary(left, "/", new SqlCall("nullif", right, SqlKeyword.Zero))
        : new SqlBinary(left, op.Text(), right);
}
