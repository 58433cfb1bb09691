using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Planning;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Query;

/// <summary>
/// Moves along the levels of hierarchies: a query becomes another one. What is drilled down to adds up to the cell that was drilled, so
/// nothing of the first query stays that leaves rows out. Through to facts goes <see cref="DetailQuery"/>.
/// </summary>
public static class Drilling
{
    /// <summary>Of one member of a level, rows by the next finer level, too.</summary>
    /// <param name="model">The model.</param>
    /// <param name="query">What was asked.</param>
    /// <param name="level">A level of a hierarchy, such as <c>product.category</c>.</param>
    /// <param name="member">The member as answers have it: a period's first day, years as numbers; null for what has no value.</param>
    /// <exception cref="UserFaultException">There is no such level, or none below it.</exception>
    public static CubeQuery Down(CubeModel model, CubeQuery query, Name level, object? member)
    {
        var (role, field) = Find(model, query, level);
        var below = Next(query, role, field, level, 1)
            ?? throw new WrongCommandException($"Nothing is finer than {level.Text}: its facts can be shown ('--details').");
        Name[] by = query.By.Any(key => key.Text == below.Text) ? [.. query.By]
            : query.By.Any(key => key.Text == level.Text) ? [.. query.By.SelectMany(key => key.Text == level.Text ? new[] { key, below } : [key])]
            : [.. query.By, below];
        var isPivoted = query.Pivot?.Text == level.Text;
        return query with
        {
            By = isPivoted ? [.. query.By.Where(key => key.Text != level.Text)] : by,
            Pivot = isPivoted ? below : query.Pivot,
            Where = And(query.Where?.Expression, IsMember(level, field, role, member)),
            Having = null,
            Top = null,
            Limit = null,
            Offset = 0,
        };
    }

    /// <summary>Rows without the finest level of a dimension that they are by; what was chosen of the level above is not asked for any more.</summary>
    /// <param name="model">The model.</param>
    /// <param name="query">What was asked.</param>
    /// <param name="dimension">The dimension, as <c>product</c>.</param>
    /// <exception cref="UserFaultException">Rows are not by any level of it.</exception>
    public static CubeQuery Up(CubeModel model, CubeQuery query, string dimension)
    {
        var shown = query.Pivot is { } pivot && query.By.All(key => key.Text != pivot.Text) ? query.By.Append(pivot) : query.By;
        var levels = shown.Where(key => key.First == dimension).ToArray();
        var finest = levels.LastOrDefault()
            ?? throw new WrongCommandException($"Rows are by no level of \"{dimension}\". {NearNames.Hint(dimension, shown.Select(key => key.First).Distinct(StringComparer.Ordinal), "dimensions of the rows")}");
        var (role, field) = Find(model, query, finest);
        foreach (var other in levels.Where(other => Path(query, role, finest.Second!).IndexOf(other.Second!) > Path(query, role, finest.Second!).IndexOf(field.Name)))
        {
            (finest, field) = (other, role.Dimension.Attributes[other.Second!]);
        }

        var above = Next(query, role, field, finest, -1);
        var replaces = above is not null && shown.All(key => key.Text != above.Text);
        return query with
        {
            By = [.. query.By.SelectMany(key => key.Text != finest.Text ? new[] { key } : replaces ? [above!] : [])],
            Pivot = query.Pivot?.Text != finest.Text ? query.Pivot : replaces ? above : null,
            Where = above is null || query.Where is null ? query.Where : Without(query.Where.Expression, [above, .. role.Dimension.Attributes[above.Second!].Unit is TimeUnit.FiscalQuarter ? new[] { DayOf(above, role) } : []]),
            Top = query.Top?.Expression is TopMembers top && top.Member.Text == finest.Text ? null : query.Top,
            Order = [.. query.Order.Where(order => order.Value.Expression is not Name name || name.Text != finest.Text)],
        };
    }

    private static (DimensionRole Role, DimensionField Field) Find(CubeModel model, CubeQuery query, Name level) =>
        MemberNames.Find(model.Cube(query.Cube), level, new QuerySource("drill", level.Text));

    /// <summary>The level so many steps further along the hierarchy; null where there is none.</summary>
    private static Name? Next(CubeQuery query, DimensionRole role, DimensionField field, Name level, int steps)
    {
        var path = Path(query, role, field.Name);
        var place = path.IndexOf(field.Name) + steps;
        return path.Count == 0
            ? throw new WrongCommandException($"{level.Text} is no level of a hierarchy. {NearNames.Hint(level.Second!, Paths(role).SelectMany(levels => levels).Distinct(StringComparer.Ordinal), "levels")}")
            : place >= 0 && place < path.Count ? level with { Second = path[place] } : null;
    }

    /// <summary>The hierarchy of a level: of several, the one that the query shows more of, then one that goes on below.</summary>
    private static List<string> Path(CubeQuery query, DimensionRole role, string level) => Paths(role)
        .Where(levels => levels.Contains(level))
        .OrderByDescending(levels => levels.Count(other => query.By.Any(key => key.First == role.Name && key.Second == other)))
        .ThenBy(levels => levels[^1] == level)
        .FirstOrDefault() ?? [];

    private static IEnumerable<List<string>> Paths(DimensionRole role) =>
        role.Dimension.Hierarchies.Values.Select(hierarchy => hierarchy.Levels.ToList()).Concat(role.Dimension.Tree is { Levels.Count: > 0 } tree ? [[.. tree.Levels]] : []);

    private static Expression IsMember(Name level, DimensionField field, DimensionRole role, object? member) => (member, field.Unit) switch
    {
        (null, _) => new IsNull(level),
        (DateOnly day, null or TimeUnit.Day) => Same(level, new PeriodLiteral(Calendar.Gregorian.Holding(day, TimeUnit.Day))),
        (DateOnly day, TimeUnit.FiscalQuarter) => Days(DayOf(level, role), role.Dimension.Calendar!.Holding(day, TimeUnit.FiscalQuarter)),
        (DateOnly day, { } unit) => Same(level, new PeriodLiteral(role.Dimension.Calendar!.Holding(day, unit))),
        (string text, _) => Same(level, new Literal(text)),
        (bool flag, _) => Same(level, new Literal(flag)),
        (decimal or double or float, _) => Same(level, new Literal(Convert.ToDecimal(member, System.Globalization.CultureInfo.InvariantCulture))),
        _ => Same(level, new Literal(Convert.ToInt64(member, System.Globalization.CultureInfo.InvariantCulture))),
    };

    private static Binary Same(Name level, Expression value) => new(BinaryOperator.Equal, level, value);

    /// <summary>A fiscal quarter has no name of its own: it is told by its days.</summary>
    private static Between Days(Name day, Period period) => new(
        day, new PeriodLiteral(Calendar.Gregorian.Holding(period.From, TimeUnit.Day)), new PeriodLiteral(Calendar.Gregorian.Holding(period.To.AddDays(-1), TimeUnit.Day)));

    private static Name DayOf(Name level, DimensionRole role) =>
        level with { Second = role.Dimension.Attributes.Values.First(field => field.Unit == TimeUnit.Day).Name };

    private static QueryExpression And(Expression? where, Expression condition) =>
        QueryExpression.Parse("where", (where is null ? condition : new Binary(BinaryOperator.And, where, condition)).ToString());

    private static QueryExpression? Without(Expression where, Name[] levels)
    {
        var kept = Parts(where).Where(part => !levels.Any(level => IsOf(part, level))).ToArray();
        return kept.Length == 0 ? null : QueryExpression.Parse("where", kept.Aggregate((left, right) => new Binary(BinaryOperator.And, left, right)).ToString());
    }

    private static bool IsOf(Expression condition, Name level) => condition switch
    {
        Binary { Operator: BinaryOperator.Equal, Left: Name name } => name.Text == level.Text,
        Between { Operand: Name name } => name.Text == level.Text,
        IsNull { Operand: Name name } => name.Text == level.Text,
        _ => false,
    };

    private static IEnumerable<Expression> Parts(Expression condition) =>
        condition is Binary { Operator: BinaryOperator.And } and ? Parts(and.Left).Concat(Parts(and.Right)) : [condition];
}
