namespace Warehouse.Cubes.Sql;

/// <summary>A function over the rows of a partition.</summary>
internal sealed record SqlWindow(SqlExpression Function, IReadOnlyList<SqlExpression> PartitionBy, IReadOnlyList<SqlOrder> OrderBy) : SqlExpression
{
    public override void Write(SqlWriter writer)
    {
        writer.Node(Function).Sql(" OVER (");
        if (PartitionBy.Count > 0)
        {
            writer.Sql("PARTITION BY ").List(PartitionBy);
        }

        if (OrderBy.Count > 0)
        {
            writer.Sql(PartitionBy.Count > 0 ? " ORDER BY " : "ORDER BY ").List(OrderBy);
        }

        writer.Sql(")");
    }
}

/// <summary>A term of an ORDER BY; where there is no value comes last, whatever the direction.</summary>
internal sealed record SqlOrder(SqlExpression Value, bool IsDescending = false) : SqlNode
{
    public override void Write(SqlWriter writer) => writer.Node(Value).Sql(IsDescending ? " DESC NULLS LAST" : " ASC NULLS LAST");
}
