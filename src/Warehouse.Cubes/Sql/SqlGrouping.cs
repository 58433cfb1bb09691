namespace Warehouse.Cubes.Sql;

/// <summary>A GROUP BY: by all keys, or by several sets of them in one pass.</summary>
/// <param name="Keys">What is grouped by.</param>
/// <param name="Sets">Each set as the indexes of its keys; a single set of all keys is a plain GROUP BY.</param>
internal sealed record SqlGrouping(IReadOnlyList<SqlExpression> Keys, IReadOnlyList<IReadOnlyList<int>> Sets) : SqlNode
{
    /// <summary>Whether it is a plain GROUP BY of all keys.</summary>
    public bool IsPlain => Sets.Count == 1 && Sets[0].Count == Keys.Count;

    public override void Write(SqlWriter writer)
    {
        if (IsPlain)
        {
            writer.Sql("GROUP BY ").List(Keys);
            return;
        }

        writer.Sql("GROUP BY GROUPING SETS (");
        for (var index = 0; index < Sets.Count; index++)
        {
            writer.Sql(index == 0 ? "(" : ", (").List(Sets[index].Select(key => Keys[key])).Sql(")");
        }

        writer.Sql(")");
    }
}
