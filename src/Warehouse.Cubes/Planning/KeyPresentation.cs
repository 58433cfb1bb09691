using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>Members as answers show them: years as numbers, the unknown day as no value.</summary>
internal static class KeyPresentation
{
    public static SqlExpression Of(QueryKey key, SqlExpression value)
    {
        if (key.Field.Unit is not { } unit)
        {
            return value;
        }

        var calendar = key.Role.Dimension.Calendar!;
        var known = FactScope.UnknownDay(key.Role) is { } unknown
            ? new SqlCall("nullif", value, CalendarUnits.Truncated(new SqlDate(unknown), unit, calendar))
            : value;
        return unit switch
        {
            TimeUnit.Year => Year(known),
            TimeUnit.FiscalYear => Year(new SqlMonthsLater(known, calendar.FiscalStartMonth == 1 ? 0 : 11)),
            _ => known,
        };
    }

    private static SqlCast Year(SqlExpression day) => new(new SqlCall("year", day), "INTEGER");
}
