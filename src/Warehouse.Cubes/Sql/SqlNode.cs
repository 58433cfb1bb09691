namespace Warehouse.Cubes.Sql;

/// <summary>A part of a statement. Names and values in it are data: only <see cref="SqlWriter"/> makes text of them.</summary>
internal abstract record SqlNode
{
    public abstract void Write(SqlWriter writer);
}

/// <summary>A part that has a value.</summary>
internal abstract record SqlExpression : SqlNode
{
    public static SqlExpression And(IReadOnlyList<SqlExpression> conditions) => conditions.Count switch
    {
        0 => SqlKeyword.True,
        1 => conditions[0],
        _ => new SqlJoined("AND", conditions),
    };

    public static SqlExpression Or(IReadOnlyList<SqlExpression> conditions) => conditions.Count switch
    {
        0 => SqlKeyword.False,
        1 => conditions[0],
        _ => new SqlJoined("OR", conditions),
    };
}

/// <summary>A part that has rows.</summary>
internal abstract record SqlRelation : SqlNode;
