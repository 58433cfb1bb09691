namespace Warehouse.Cubes.Sql;

/// <summary>An aggregate function over rows, of distinct values or of some rows only where it says so.</summary>
internal sealed record SqlAggregate(string Function, params IReadOnlyList<SqlExpression> Arguments) : SqlExpression
{
    public bool IsDistinct { get; init; }

    public SqlExpression? Filter { get; init; }

    public override void Write(SqlWriter writer)
    {
        writer.Sql(Function).Sql(IsDistinct ? "(DISTINCT " : "(").List(Arguments).Sql(")");
        if (Filter is not null)
        {
            writer.Sql(" FILTER (WHERE ").Node(Filter).Sql(")");
        }
    }
}
