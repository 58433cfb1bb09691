namespace Warehouse.Cubes.Sql;

/// <summary>Rows that the planner itself computed.</summary>
internal sealed record SqlValues(IReadOnlyList<IReadOnlyList<SqlExpression>> Rows, IReadOnlyList<string> Columns) : SqlRelation
{
    public override void Write(SqlWriter writer)
    {
        writer.Sql("SELECT * FROM (VALUES ");
        for (var index = 0; index < Rows.Count; index++)
        {
            writer.Sql(index == 0 ? "(" : ", (").List(Rows[index]).Sql(")");
        }

        writer.Sql(") AS ").Identifier("v").Sql("(").List(Columns.Select(column => new SqlColumn(null, column))).Sql(")");
    }
}
