namespace Warehouse.Cubes.Sql;

/// <summary>The first branch whose condition is true, else the last value or NULL.</summary>
internal sealed record SqlCase(IReadOnlyList<(SqlExpression Condition, SqlExpression Value)> Branches, SqlExpression? Otherwise = null)
    : SqlExpression
{
    public override void Write(SqlWriter writer)
    {
        writer.Sql("CASE");
        foreach (var (condition, value) in Branches)
        {
            writer.Sql(" WHEN ").Node(condition).Sql(" THEN ").Node(value);
        }

        if (Otherwise is not null)
        {
            writer.Sql(" ELSE ").Node(Otherwise);
        }

        writer.Sql(" END");
    }
}
