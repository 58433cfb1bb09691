using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>Periods and their stretches of time as a relation.</summary>
internal static class TimeAxis
{
    /// <summary>No role has this name: it has a dot.</summary>
    public const string Alias = "time.axis";

    public const string Period = "period";
    public const string From = "from_day";
    public const string To = "to_day";

    /// <summary>The value of a key that is a period: of the axis, whichever facts it meets.</summary>
    public static CellKey Key(QueryKey key, Calendar calendar) =>
        new(key, [CalendarUnits.Truncated(new SqlColumn(Alias, Period), key.Field.Unit!.Value, calendar)]);

    public static SqlValues Of(IEnumerable<AxisPeriod> periods) => new(
        [
            .. periods
                .Where(period => period.Stretch is not null)
                .Select(period => (IReadOnlyList<SqlExpression>)
                    [new SqlDate(period.Period), new SqlDate(period.Stretch!.Value.From), new SqlDate(period.Stretch.Value.To)]),
        ],
        [Period, From, To]);
}
