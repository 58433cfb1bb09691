namespace Warehouse.Cubes.Sql;

/// <summary>A value, bound by its own type.</summary>
internal sealed record SqlParameter(object Value) : SqlExpression
{
    public override void Write(SqlWriter writer) => writer.Parameter(this);
}
