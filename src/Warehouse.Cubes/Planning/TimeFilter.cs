using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;

namespace Warehouse.Cubes.Planning;

/// <summary>Reads conditions on the periods of one time dimension as the days that they name.</summary>
internal sealed class TimeFilter(DimensionRole role, ExpressionSource source, DateOnly today)
{
    private readonly TimeConditions _times = new(source, today);

    /// <summary>Whether an expression says anything of the dimension's periods.</summary>
    public static bool Mentions(Expression expression, DimensionRole role) =>
        ExpressionNames.Of(expression).Any(name => Unit(name, role) is not null || (name.Second is null && string.Equals(name.First, role.Name, StringComparison.Ordinal)));

    /// <summary>The days that a condition names; null where it says something else, too.</summary>
    public DateSet? Read(Expression condition) => condition switch
    {
        Not not => Read(not.Operand)?.Complement(),
        Binary { Operator: BinaryOperator.And } and => Read(and.Left) is { } left && Read(and.Right) is { } right ? left.And(right) : null,
        Binary { Operator: BinaryOperator.Or } or => Read(or.Left) is { } left && Read(or.Right) is { } right ? left.Or(right) : null,
        Binary { Left: Name name } compare when compare.Operator.IsComparison() && Member(name) is { } member => Compare(member, compare.Operator, compare.Right),
        InList { Operand: Name name } list when Member(name) is { } member =>
            list.Items.Select(item => Compare(member, BinaryOperator.Equal, item)).Aggregate((left, right) => left.Or(right)),
        Between { Operand: Name name } between when Member(name) is { } member =>
            Compare(member, BinaryOperator.GreaterOrEqual, between.Low).And(Compare(member, BinaryOperator.LessOrEqual, between.High)),
        _ => null,
    };

    private static TimeUnit? Unit(Name name, DimensionRole role) =>
        name.Second is not null && string.Equals(name.First, role.Name, StringComparison.Ordinal)
        && role.Dimension.Attributes.TryGetValue(name.Second, out var field) ? field.Unit : null;

    private TimeMember? Member(Name name) => Unit(name, role) is { } unit
        ? new TimeMember(Sql.SqlKeyword.Null, unit, role.Dimension.Calendar!, FactScope.UnknownDay(role))
        : null;

    private DateSet Compare(TimeMember member, BinaryOperator op, Expression period)
    {
        var (from, to) = _times.Range(member, period);
        return op switch
        {
            BinaryOperator.Equal => DateSet.Of(from, to),
            BinaryOperator.NotEqual => DateSet.Of(from, to).Complement(),
            BinaryOperator.Less => DateSet.Of(DateOnly.MinValue, from),
            BinaryOperator.LessOrEqual => DateSet.Of(DateOnly.MinValue, to),
            BinaryOperator.Greater => DateSet.Of(to, DateOnly.MaxValue),
            _ => DateSet.Of(from, DateOnly.MaxValue),
        };
    }
}
