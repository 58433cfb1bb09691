using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>The first day of a period, in SQL. The same rules as <see cref="Calendar.Start"/>.</summary>
internal static class CalendarUnits
{
    public static SqlExpression Truncated(SqlExpression day, TimeUnit unit, Calendar calendar) => unit switch
    {
        TimeUnit.Day => day,
        TimeUnit.FiscalQuarter => Fiscal(day, "quarter", (calendar.FiscalStartMonth - 1) % 3),
        TimeUnit.FiscalYear => Fiscal(day, "year", calendar.FiscalStartMonth - 1),
        _ => new SqlCast(new SqlTruncated(unit.Text(), day), "DATE"),
    };

    private static SqlExpression Fiscal(SqlExpression day, string unit, int months) => months == 0
        ? new SqlCast(new SqlTruncated(unit, day), "DATE")
        : new SqlMonthsLater(new SqlTruncated(unit, new SqlMonthsLater(day, -months)), months);
}
