namespace Warehouse.Cubes.Sql;

/// <summary>The first day of the calendar period that holds a day.</summary>
/// <param name="Unit">Of the calendar, as SQL's date_trunc knows it: week, month, quarter, year.</param>
/// <param name="Day">A DATE.</param>
internal sealed record SqlTruncated(string Unit, SqlExpression Day) : SqlExpression
{
    public override void Write(SqlWriter writer) => writer.Sql("date_trunc('").Sql(Unit).Sql("', ").Node(Day).Sql(")");
}

/// <summary>A day so many months later.</summary>
internal sealed record SqlMonthsLater(SqlExpression Day, int Months) : SqlExpression
{
    public override void Write(SqlWriter writer) => writer
        .Sql("CAST(").Node(Day).Sql(" + INTERVAL (")
        .Sql(Months.ToString(System.Globalization.CultureInfo.InvariantCulture)).Sql(") MONTH AS DATE)");
}
