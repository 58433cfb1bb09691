using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// Comparisons of days and periods. They become ranges of the DATE itself, so that the engine can skip what lies outside;
/// the unknown day lies before nothing and after nothing.
/// </summary>
internal sealed class TimeConditions(ExpressionSource source, DateOnly today)
{
    /// <summary>Whether an operand could name a period.</summary>
    public static bool IsPeriod(Expression expression) => expression is PeriodLiteral or RelativePeriod or Literal { Value: long or string };

    public SqlExpression Compare(Typed operand, BinaryOperator op, Expression period)
    {
        var time = operand.Time ?? new TimeMember(operand.Sql, TimeUnit.Day, Calendar.Gregorian, null);
        var (from, to) = Range(time, period);
        SqlExpression sql = op switch
        {
            BinaryOperator.Equal => SqlExpression.And([At(time, ">=", from), At(time, "<", to)]),
            BinaryOperator.NotEqual => SqlExpression.Or([At(time, "<", from), At(time, ">=", to)]),
            BinaryOperator.Less => At(time, "<", from),
            BinaryOperator.LessOrEqual => At(time, "<", to),
            BinaryOperator.Greater => At(time, ">=", to),
            _ => At(time, ">=", from),
        };
        var holdsUnknown = time.Unknown is { } unknown && op is BinaryOperator.NotEqual or BinaryOperator.Less or BinaryOperator.LessOrEqual && time.Unknown < from;
        return holdsUnknown
            ? SqlExpression.And([sql, new SqlBinary(time.Day, "<>", new SqlParameter(time.Unknown!.Value))])
            : sql;
    }

    /// <summary>The days of a period that bounds of the unit enclose.</summary>
    public (DateOnly From, DateOnly To) Range(TimeMember time, Expression period)
    {
        var (from, to) = Days(time, period);
        var isWhole = time.Calendar.Start(from, time.Unit) == from && time.Calendar.Start(to, time.Unit) == to;
        return isWhole
            ? (from, to)
            : throw source.Fault(period, $"{period} is not made of whole {time.Unit.Text()}s. Compare a shorter unit of time with it.");
    }

    private (DateOnly From, DateOnly To) Days(TimeMember time, Expression period)
    {
        var named = period switch
        {
            PeriodLiteral literal => literal.Period,
            RelativePeriod relative => time.Calendar.On(today, relative),
            Literal { Value: long and >= 1 and <= 9998 and var year } when time.Unit == TimeUnit.FiscalYear => time.Calendar.FiscalYear((int)year),
            Literal { Value: long and >= 1 and <= 9998 and var year } => new Period(TimeUnit.Year, new DateOnly((int)year, 1, 1), new DateOnly((int)year + 1, 1, 1)),
            Literal { Value: string text } when Period.TryParse(text, out var parsed) => parsed,
            _ => throw source.Fault(period, $"Expected a period like 2011, 2011-Q1, 2011-03, 2011-W09, 2011-03-05 or last 3 months, and here is {period}."),
        };
        return (named.From, named.To);
    }

    private static SqlBinary At(TimeMember time, string op, DateOnly day) => new(time.Day, op, new SqlParameter(day));
}
