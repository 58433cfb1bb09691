using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>Which of several versions of a row holds: the current one, or the one at the end of a day.</summary>
internal static class Validity
{
    /// <param name="columns">The table's.</param>
    /// <param name="of">Gives a column of the table in the statement.</param>
    /// <param name="interval">The columns [from, to) and the flag of what is current.</param>
    /// <param name="day">The day; null for what is current.</param>
    /// <param name="context">What the plan depends on.</param>
    public static IEnumerable<SqlExpression> Of(
        TableColumns columns, Func<string, SqlExpression> of, (string From, string To, string IsCurrent) interval, DateOnly? day, PlanningContext context)
    {
        var from = of(interval.From);
        var to = of(interval.To);
        if (day is not { } asOf)
        {
            return [of(interval.IsCurrent)];
        }

        var instant = context.EndOfDay(asOf, columns.Find(interval.From));
        return [new SqlBinary(from, "<", instant), new SqlBinary(to, ">=", instant)];
    }
}
