using System.Globalization;
using System.Text.RegularExpressions;
using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Tests.Metamorphic;

/// <summary>
/// What names and expressions of a star mean for one fact, computed from the tables in memory by the rules that the documentation
/// states: three-valued logic, members of the version that holds, no period for the unknown day.
/// </summary>
internal sealed class StarValues(Star star, StarCube cube, DateOnly? asOf)
{
    private readonly StarMembers _members = new(cube);

    /// <summary>Of which facts a member's value is masked; null where it is of none.</summary>
    public (Name Member, Func<object?[], bool> IsOf)? Mask { get; init; }

    public bool Holds(Expression? condition, object?[] fact) => condition is null || Of(condition, fact) is true;

    public object? Of(Expression expression, object?[] fact) =>
        Of(expression, name => Named(name, fact), dimension => IsUnknown(dimension, fact), condition => OfMembers(condition, fact));

    /// <summary>The value of an expression: a decimal, a text, true or false, a day, a period, or null.</summary>
    public static object? Of(Expression expression, Func<Name, object?> named, Func<string, bool>? isUnknown = null, Func<Expression, bool?[]?>? ofMembers = null)
    {
        object? Value(Expression operand) => Of(operand, named, isUnknown, ofMembers);
        if (ofMembers?.Invoke(expression) is { } parts)
        {
            return parts.Aggregate((left, right) => left & right);
        }

        decimal? Number(Expression operand) => (decimal?)Value(operand);
        switch (expression)
        {
            case Name name:
                return named(name);
            case Literal { Value: long number }:
                return (decimal)number;
            case Literal literal:
                return literal.Value;
            case PeriodLiteral { Period: { Unit: TimeUnit.Day } day }:
                return day.From;
            case Negation negation:
                return -Number(negation.Operand);
            case Not not:
                return !(bool?)Value(not.Operand);
            case Binary { Operator: BinaryOperator.And } and:
                return (bool?)Value(and.Left) & (bool?)Value(and.Right);
            case Binary { Operator: BinaryOperator.Or } or:
                return (bool?)Value(or.Left) | (bool?)Value(or.Right);
            case Binary { Operator: BinaryOperator.Add } sum:
                return Number(sum.Left) + Number(sum.Right);
            case Binary { Operator: BinaryOperator.Subtract } difference:
                return Number(difference.Left) - Number(difference.Right);
            case Binary { Operator: BinaryOperator.Multiply } product:
                return Number(product.Left) * Number(product.Right);
            case Binary { Operator: BinaryOperator.Divide } ratio:
                return Number(ratio.Right) is { } whole && whole != 0 ? Number(ratio.Left) / whole : null;
            case Binary compare:
                return Compare(Value(compare.Left), compare.Operator, compare.Right, Value);
            case InList list:
                return list.Items.Aggregate((bool?)false, (found, item) => found | Compare(Value(list.Operand), BinaryOperator.Equal, item, Value));
            case Between between:
                return Compare(Value(between.Operand), BinaryOperator.GreaterOrEqual, between.Low, Value)
                    & Compare(Value(between.Operand), BinaryOperator.LessOrEqual, between.High, Value);
            case Like like:
                return Value(like.Operand) is string text ? Matches(text, like.Pattern) : null;
            case IsNull isNull:
                return Value(isNull.Operand) is null;
            case IsUnknown unknown:
                return isUnknown!(unknown.Dimension.First);
            case Case branches:
                var branch = branches.Branches.FirstOrDefault(one => Value(one.Condition) is true);
                return branch is not null ? Value(branch.Value) : branches.Otherwise is { } otherwise ? Value(otherwise) : null;
            case Call { Function: "coalesce" } call:
                return call.Arguments.Select(Value).FirstOrDefault(value => value is not null);
            case Call { Function: "nullif" } call:
                return Equals(Value(call.Arguments[0]), Value(call.Arguments[1])) ? null : Value(call.Arguments[0]);
            case Call { Function: "lower" } call:
                return ((string?)Value(call.Arguments[0]))?.ToLowerInvariant();
            default:
                throw new NotSupportedException($"{expression}");
        }
    }

    /// <summary>The members of a fact by which it counts: of one role together, those alone for which the condition on members holds.</summary>
    public IReadOnlyList<object?[]> Members(IReadOnlyList<Name> names, Expression? where, object?[] fact)
    {
        IEnumerable<object?[]> rows = [new object?[names.Count]];
        foreach (var role in names.GroupBy(name => name.First))
        {
            var many = _members.Role(role.Key);
            object?[][] values = many is null
                ? [[.. role.Select(name => Member(name, fact))]]
                : [.. MembersOf(many, where, fact).Select(member => role.Select(name => Shown(InPair(many, member, name))).ToArray())];
            int[] places = [.. names.Select((name, place) => (name, place)).Where(name => name.name.First == role.Key).Select(name => name.place)];
            rows = [.. rows.SelectMany(row => values.Select(value => row.Select((old, place) => Array.IndexOf(places, place) is >= 0 and var at ? value[at] : old).ToArray()))];
        }

        return [.. rows.DistinctBy(row => StarRow.KeyOf(0, row))];
    }

    private object?[]?[] MembersOf(StarRole role, Expression? where, object?[] fact)
    {
        Expression[] conditions = where is null ? [] : [.. StarMembers.Parts(where).Where(part => _members.RoleOf(part) == role)];
        var met = _members.Of(role, fact).Where(member => Array.TrueForAll(conditions, part => Of(part, name => InPair(role, member, name)) is true)).ToArray();
        return met.Length > 0 ? met : new object?[]?[] { null };
    }

    /// <summary>
    /// What the parts of a condition say that « and » joins, where some are asked of members of which a fact has several; null where none is.
    /// </summary>
    private bool?[]? OfMembers(Expression condition, object?[] fact)
    {
        var parts = StarMembers.Parts(condition).Select(part => (Part: part, Role: _members.RoleOf(part))).ToArray();
        if (parts.All(part => part.Role is null))
        {
            return null;
        }

        bool? Asked(IEnumerable<Expression> together, object?[]? member) =>
            together.Select(part => (bool?)Of(part, name => InPair(_members.RoleOf(part)!, member, name))).Aggregate((left, right) => left & right);
        return
        [
            .. parts.Where(part => part.Role is null).Select(part => (bool?)Of(part.Part, fact)),
            .. parts.Where(part => part.Role is not null).GroupBy(part => part.Role!).Select(role =>
            {
                var together = role.Select(part => part.Part).ToArray();
                var found = _members.Of(role.Key, fact).Select(member => Asked(together, member)).ToArray();
                return found.Length == 0 ? Planning.Many.PairConditions.OfNone(together.Aggregate((left, right) => new Binary(BinaryOperator.And, left, right)))
                    : found.Contains(true) ? true : found.Contains(false) ? false : (bool?)null;
            }),
        ];
    }

    private object? InPair(StarRole role, object?[]? member, Name name)
    {
        var attribute = role.Attributes.First(one => one.Name == name.Second);
        return member is null ? null
            : attribute.IsOfTree ? _members.OfTree(role, member, attribute.Expression)
            : Of(attribute.Parsed, column => Plain(role.Table!.Value(member, column.First)));
    }

    /// <summary>A member of a fact as answers show it.</summary>
    public object? Member(Name name, object?[] fact) => Shown(Named(name, fact));

    private static object? Shown(object? named) => named switch
    {
        StarPeriod { Unit: "year" } year => year.From.Year,
        StarPeriod { Unit: "fiscal_year" } year => year.To.AddDays(-1).Year,
        StarPeriod period => period.From,
        var value => value,
    };

    public bool IsUnknown(string role, object?[] fact) => cube.Role(role).IsMany
        ? !_members.Of(cube.Role(role), fact).Any(member => !Equals(cube.Role(role).Table!.Value(member, "key"), cube.Role(role).Unknown))
        : Equals(Key(cube.Role(role), fact), cube.Role(role).Unknown);

    /// <summary>The fact's reference to a role's members.</summary>
    public object? Key(StarRole role, object?[] fact) => cube.Table.Value(fact, role.On!);

    private object? Named(Name name, object?[] fact) =>
        Mask is { } mask && name.First == mask.Member.First && name.Second == mask.Member.Second && mask.IsOf(fact) ? "•••" : Known(name, fact);

    private object? Known(Name name, object?[] fact)
    {
        if (name.Second is null)
        {
            return Plain(cube.Table.Value(fact, name.First));
        }

        var role = cube.Role(name.First);
        var attribute = role.Attributes.First(one => one.Name == name.Second);
        if (attribute.Type == MemberType.Period)
        {
            return Key(role, fact) is DateOnly day && !Equals(day, role.Unknown) ? StarPeriod.Of(day, attribute.Expression, star.FiscalStart) : null;
        }

        if (role.Table is not { } table)
        {
            return Of(attribute.Parsed, fact);
        }

        var row = table.Rows.FirstOrDefault(one => Equals(table.Value(one, role.IsThen ? "version" : role.Key!), Key(role, fact)) && (role.IsThen || !role.IsVersioned || IsValid(table, one)));
        return row is null ? null : attribute.IsOfTree ? _members.OfTree(role, row, attribute.Expression) : Of(attribute.Parsed, column => Plain(table.Value(row, column.First)));
    }

    private bool IsValid(StarTable table, object?[] row)
    {
        if (asOf is not { } day)
        {
            return (bool)table.Value(row, "is_current")!;
        }

        var end = new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return (DateTimeOffset)table.Value(row, "from_time")! < end && (DateTimeOffset)table.Value(row, "to_time")! >= end;
    }

    private static object? Plain(object? value) => value switch { int number => (decimal)number, long number => (decimal)number, _ => value };

    private static bool? Compare(object? left, BinaryOperator op, Expression right, Func<Expression, object?> value)
    {
        if (left is null)
        {
            return null;
        }

        if (left is StarPeriod or DateOnly)
        {
            var (day, isFiscal) = left is StarPeriod period ? (period.Day, period.Unit is "fiscal_year") : ((DateOnly)left, false);
            var (from, to) = Days(right, isFiscal, (left as StarPeriod)?.FiscalStart ?? 1);
            return op switch
            {
                BinaryOperator.Equal => day >= from && day < to,
                BinaryOperator.NotEqual => day < from || day >= to,
                BinaryOperator.Less => day < from,
                BinaryOperator.LessOrEqual => day < to,
                BinaryOperator.Greater => day >= to,
                _ => day >= from,
            };
        }

        if (value(right) is not { } other)
        {
            return null;
        }

        var order = left is string text ? string.CompareOrdinal(text, (string)other) : ((IComparable)left).CompareTo(other);
        return op switch
        {
            BinaryOperator.Equal => order == 0,
            BinaryOperator.NotEqual => order != 0,
            BinaryOperator.Less => order < 0,
            BinaryOperator.LessOrEqual => order <= 0,
            BinaryOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }

    private static (DateOnly From, DateOnly To) Days(Expression period, bool isFiscal, int fiscalStart)
    {
        if (period is PeriodLiteral literal)
        {
            return (literal.Period.From, literal.Period.To);
        }

        var year = (int)(long)((Literal)period).Value!;
        var first = isFiscal ? new DateOnly(fiscalStart == 1 ? year : year - 1, fiscalStart, 1) : new DateOnly(year, 1, 1);
        return (first, first.AddYears(1));
    }

    private static bool Matches(string text, string pattern) => Regex.IsMatch(
        text,
        $"^{string.Concat(pattern.Select(letter => letter switch { '%' => ".*", '_' => ".", _ => Regex.Escape(letter.ToString(CultureInfo.InvariantCulture)) }))}$",
        RegexOptions.Singleline,
        TimeSpan.FromSeconds(1));
}

/// <summary>The period of a unit that holds a day.</summary>
internal sealed record StarPeriod(DateOnly Day, string Unit, int FiscalStart, DateOnly From, DateOnly To)
{
    public static StarPeriod Of(DateOnly day, string unit, int fiscalStart)
    {
        var month = new DateOnly(day.Year, day.Month, 1);
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        var intoFiscal = (day.Month - fiscalStart + 12) % 12;
        var (from, to) = unit switch
        {
            "day" => (day, day.AddDays(1)),
            "week" => (monday, monday.AddDays(7)),
            "month" => (month, month.AddMonths(1)),
            "quarter" => (month.AddMonths(-((day.Month - 1) % 3)), month.AddMonths(3 - ((day.Month - 1) % 3))),
            "year" => (new DateOnly(day.Year, 1, 1), new DateOnly(day.Year + 1, 1, 1)),
            "fiscal_quarter" => (month.AddMonths(-(intoFiscal % 3)), month.AddMonths(3 - (intoFiscal % 3))),
            _ => (month.AddMonths(-intoFiscal), month.AddMonths(12 - intoFiscal)),
        };
        return new StarPeriod(day, unit, fiscalStart, from, to);
    }
}
