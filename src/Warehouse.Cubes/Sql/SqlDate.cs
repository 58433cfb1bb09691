using System.Globalization;

namespace Warehouse.Cubes.Sql;

/// <summary>A day that the planner computed, for lists too long for parameters.</summary>
internal sealed record SqlDate(DateOnly Day) : SqlExpression
{
    public override void Write(SqlWriter writer) =>
        writer.Sql("DATE '").Sql(Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Sql("'");
}
