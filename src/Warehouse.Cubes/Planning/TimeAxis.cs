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

    public static SqlValues Of(IEnumerable<AxisPeriod> periods) => new(
        [
            .. periods
                .Where(period => period.Stretch is not null)
                .Select(period => (IReadOnlyList<SqlExpression>)
                    [new SqlDate(period.Period), new SqlDate(period.Stretch!.Value.From), new SqlDate(period.Stretch.Value.To)]),
        ],
        [Period, From, To]);
}
