namespace Warehouse.Cubes.Sql;

/// <summary>A SELECT.</summary>
internal sealed record SqlSelect : SqlRelation
{
    public IReadOnlyList<(string Name, SqlRelation Relation)> With { get; init; } = [];

    /// <summary>Whether relations of the WITH may read themselves.</summary>
    public bool IsRecursive { get; init; }

    public required IReadOnlyList<(SqlExpression Value, string? Alias)> Items { get; init; }

    public bool IsDistinct { get; init; }

    public required SqlRelation From { get; init; }

    public string? Alias { get; init; }

    public IReadOnlyList<SqlJoin> Joins { get; init; } = [];

    public IReadOnlyList<SqlExpression> Where { get; init; } = [];

    public SqlGrouping? Grouping { get; init; }

    public IReadOnlyList<SqlOrder> OrderBy { get; init; } = [];

    public long? Limit { get; init; }

    public long? Offset { get; init; }

    public override void Write(SqlWriter writer)
    {
        for (var index = 0; index < With.Count; index++)
        {
            writer.Sql(index > 0 ? ", " : IsRecursive ? "WITH RECURSIVE " : "WITH ").Identifier(With[index].Name).Sql(" AS ").Nested(With[index].Relation).Line();
        }

        writer.Sql(IsDistinct ? "SELECT DISTINCT " : "SELECT ");
        for (var index = 0; index < Items.Count; index++)
        {
            writer.Sql(index == 0 ? "" : ", ").Node(Items[index].Value);
            if (Items[index].Alias is { } alias)
            {
                writer.Sql(" AS ").Identifier(alias);
            }
        }

        writer.Line().Sql("FROM ");
        SqlJoin.WriteSource(writer, From, Alias);
        foreach (var join in Joins)
        {
            writer.Line().Node(join);
        }

        if (Where.Count > 0)
        {
            writer.Line().Sql("WHERE ").List(Where, " AND ");
        }

        if (Grouping is not null)
        {
            writer.Line().Node(Grouping);
        }

        if (OrderBy.Count > 0)
        {
            writer.Line().Sql("ORDER BY ").List(OrderBy);
        }

        if (Limit is { } limit)
        {
            writer.Line().Sql("LIMIT ").Node(new SqlParameter(limit));
        }

        if (Offset is { } offset)
        {
            writer.Line().Sql("OFFSET ").Node(new SqlParameter(offset));
        }
    }
}
