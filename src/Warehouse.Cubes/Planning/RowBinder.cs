using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Planning.Many;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>Gives an expression over rows its types and its SQL. Everything that does not fit is a fault at its place.</summary>
/// <param name="names">What names mean.</param>
/// <param name="source">Where the expression was written.</param>
/// <param name="context">The day that relative periods are counted from, and the values of parameters.</param>
internal sealed class RowBinder(RowNames names, ExpressionSource source, PlanningContext context)
{
    private readonly TimeConditions _times = new(source, context.Today);

    /// <summary>An expression that is true, false or unknown.</summary>
    public SqlExpression Condition(Expression expression)
    {
        expression = context.Parameters.In(expression, source);
        if (PairConditions.Any(expression) is { } asked)
        {
            return PairConditions.RoleOf(asked, names) is not null
                ? Condition(asked)
                : throw source.Fault(expression, "any(…) asks for one of several members that a fact has: of one such dimension, without « not ».");
        }

        if (PairConditions.RoleOf(expression, names) is { } many)
        {
            return names.Scope!.AnyOf(many, pairs => new RowBinder(names.Within(pairs), source, context).Condition(expression), PairConditions.OfNone(expression));
        }

        var bound = Bind(expression);
        return bound.Kind is ValueKind.Boolean or ValueKind.Any
            ? bound.Sql
            : throw source.Fault(expression, $"Expected a condition, and this is {bound.Kind.Text()}.");
    }

    public Typed Bind(Expression expression)
    {
        context.Effort.Enter(expression, source);
        try
        {
            return Bound(CalculatedKeys.OfParts(context.Parameters.In(expression, source), names, source));
        }
        finally
        {
            context.Effort.Leave();
        }
    }

    private Typed Bound(Expression expression) => expression switch
    {
        Name name => names.Resolve(name, source),
        Literal or PeriodLiteral => Constant(expression, null),
        Negation negation => new Typed(new SqlPrefix("-", Of(negation.Operand, ValueKind.Number).Sql), ValueKind.Number),
        Not not => Boolean(Negated(not.Operand)),
        Binary { Operator: BinaryOperator.And } and => Boolean(SqlExpression.And([.. PairConditions.Together(and, names).Select(Condition)])),
        Binary { Operator: BinaryOperator.Or } or => Boolean(new SqlBinary(Condition(or.Left), "OR", Condition(or.Right))),
        Binary binary when binary.Operator.IsComparison() => Boolean(Compare(binary)),
        Binary binary => Arithmetic(binary),
        InList list => Boolean(In(list)),
        Between between => Boolean(Within(between)),
        Like like => Boolean(new SqlBinary(Of(like.Operand, ValueKind.Text).Sql, "LIKE", new SqlParameter(like.Pattern))),
        IsNull isNull => Boolean(Missing(Bind(isNull.Operand))),
        IsUnknown isUnknown => names.IsUnknown(isUnknown.Dimension, source),
        TopMembers top => names.Top(top, source),
        Case branches => Branches(branches),
        Call when PairConditions.Any(expression) is not null => Boolean(Condition(expression)),
        Call call => Function(call),
        RelativePeriod => throw source.Fault(expression, "A period can stand after a comparison with a member of time only: date.month = last 3 months."),
        _ => throw source.Fault(expression, $"\"{expression}\" cannot stand here."),
    };

    private static Typed Boolean(SqlExpression sql) => new(sql, ValueKind.Boolean);

    /// <summary>
    /// True where the operand is false. A comparison with a period is turned round rather than negated: the unknown day lies in no
    /// period and outside of none, as every other value that is missing.
    /// </summary>
    private SqlExpression Negated(Expression operand) => operand switch
    {
        Not not => Condition(not.Operand),
        _ when PairConditions.RoleOf(operand, names) is not null => new SqlPrefix("NOT", Condition(operand)),
        Binary { Operator: BinaryOperator.And } and => SqlExpression.Or([.. PairConditions.Together(and, names).Select(Negated)]),
        Binary { Operator: BinaryOperator.Or } or => new SqlBinary(Negated(or.Left), "AND", Negated(or.Right)),
        Binary binary when binary.Operator.IsComparison() => Condition(binary with { Operator = binary.Operator.Opposite() }),
        InList list when Bind(list.Operand).Kind == ValueKind.Day => SqlExpression.And(
            [.. list.Items.Select(item => Condition(new Binary(BinaryOperator.NotEqual, list.Operand, item) { Position = item.Position }))]),
        Between between when Bind(between.Operand).Kind == ValueKind.Day => new SqlBinary(
            Condition(new Binary(BinaryOperator.Less, between.Operand, between.Low) { Position = between.Position }),
            "OR",
            Condition(new Binary(BinaryOperator.Greater, between.Operand, between.High) { Position = between.Position })),
        _ => new SqlPrefix("NOT", Condition(operand)),
    };

    /// <summary>Whether there is no value; the unknown day is none.</summary>
    private static SqlExpression Missing(Typed value) => value.Time is { Unknown: { } unknown } time
        ? SqlExpression.Or([new SqlIsNull(time.Day), new SqlBinary(time.Day, "=", new SqlParameter(unknown))])
        : new SqlIsNull(value.Sql);

    private Typed Of(Expression expression, ValueKind kind)
    {
        var bound = Bind(expression);
        return bound.Kind.Goes(kind) ? bound : throw source.Fault(expression, $"Expected {kind.Text()}, and this is {bound.Kind.Text()}.");
    }

    private static bool IsConstant(Expression expression) => expression is Literal or PeriodLiteral;

    private Typed Constant(Expression expression, Typed? peer)
    {
        if (expression is Literal { Value: null })
        {
            return new Typed(SqlKeyword.Null, ValueKind.Any);
        }

        if (expression is Literal { Value: bool flag } && peer?.Kind is null or ValueKind.Boolean)
        {
            return Boolean(flag ? SqlKeyword.True : SqlKeyword.False);
        }

        var value = Constants.As(expression, peer?.Clr)
            ?? throw source.Fault(expression, $"Expected {(peer is null ? "a value" : peer.Kind.Text())}, and here is {expression}.");
        var kind = ValueKinds.Of(value.GetType());
        return peer is null || peer.Kind.Goes(kind)
            ? new Typed(new SqlParameter(value), kind)
            : throw source.Fault(expression, $"Expected {peer.Kind.Text()}, and here is {expression}.");
    }

    /// <summary>Two operands of one kind; a constant takes the type of what it is compared with.</summary>
    private (Typed Left, Typed Right) Pair(Expression left, Expression right)
    {
        if (IsConstant(left) && !IsConstant(right))
        {
            var peer = Bind(right);
            return (Constant(left, peer), peer);
        }

        var first = Bind(left);
        var second = IsConstant(right) ? Constant(right, first) : Bare(right, first) ?? Bind(right);
        return first.Kind.Goes(second.Kind)
            ? (first, second)
            : throw source.Fault(right, $"{first.Kind.Text()} cannot be compared with {second.Kind.Text()}.");
    }

    /// <summary>A word beside a text member may be meant as a text: say so.</summary>
    private Typed? Bare(Expression right, Typed left) =>
        right is Name { Second: null } name && left.Kind == ValueKind.Text
            ? throw source.Fault(right, $"\"{name.First}\" is a name; a text stands in single quotes: '{name.First}'.")
            : null;

    private SqlExpression Compare(Binary binary)
    {
        if (binary.Right is Literal { Value: null })
        {
            throw source.Fault(binary.Right, "Nothing equals null. Ask « is null » or « is not null ».");
        }

        if (TimeConditions.IsPeriod(binary.Right) && !IsConstant(binary.Left) && Bind(binary.Left) is { Kind: ValueKind.Day } day)
        {
            return _times.Compare(day, binary.Operator, binary.Right);
        }

        var (left, right) = Pair(binary.Left, binary.Right);
        return new SqlBinary(left.Sql, binary.Operator.Text(), right.Sql);
    }

    private SqlExpression In(InList list)
    {
        if (list.Items.Count == 0)
        {
            throw source.Fault(list, "The list is empty.");
        }

        var operand = Bind(list.Operand);
        return operand.Kind == ValueKind.Day
            ? SqlExpression.Or([.. list.Items.Select(item => _times.Compare(operand, BinaryOperator.Equal, item))])
            : new SqlIn(operand.Sql, [.. list.Items.Select(item => IsConstant(item)
                ? Constant(item, operand).Sql
                : throw source.Fault(item, "A list has constants only."))]);
    }

    private SqlExpression Within(Between between)
    {
        var operand = Bind(between.Operand);
        if (operand.Kind == ValueKind.Day)
        {
            return SqlExpression.And(
            [
                _times.Compare(operand, BinaryOperator.GreaterOrEqual, between.Low),
                _times.Compare(operand, BinaryOperator.LessOrEqual, between.High),
            ]);
        }

        var (_, low) = Pair(between.Operand, between.Low);
        var (_, high) = Pair(between.Operand, between.High);
        return SqlExpression.And([new SqlBinary(operand.Sql, ">=", low.Sql), new SqlBinary(operand.Sql, "<=", high.Sql)]);
    }

    private Typed Arithmetic(Binary binary)
    {
        var left = Of(binary.Left, ValueKind.Number).Sql;
        var right = Of(binary.Right, ValueKind.Number).Sql;
        return new Typed(Ratios.Of(left, binary.Operator, right), ValueKind.Number);
    }

    private Typed Branches(Case branches)
    {
        var conditions = branches.Branches.Select(branch => Condition(branch.Condition)).ToArray();
        var texts = branches.Branches.Select(branch => branch.Value).ToList();
        if (branches.Otherwise is { } otherwise)
        {
            texts.Add(otherwise);
        }

        var values = SameKind(texts);
        return new Typed(
            new SqlCase(
                [.. conditions.Zip(values, (condition, value) => (condition, value.Sql))],
                branches.Otherwise is null ? null : values[^1].Sql),
            KindOf(values));
    }

    private Typed Function(Call call)
    {
        var function = FunctionNames.Scalar(call, source);
        var arguments = function.Takes == ValueKind.Any
            ? SameKind(call.Arguments)
            : [.. call.Arguments.Select((argument, index) => index == 1 && function.Sql is "round" ? new Typed(FunctionNames.Places(argument, source), ValueKind.Number) : Of(argument, index == 0 || function.Takes == ValueKind.Text ? function.Takes : ValueKind.Number))];
        return new Typed(
            new SqlCall(function.Sql, [.. arguments.Select(argument => argument.Sql)]),
            function.Gives == ValueKind.Any ? KindOf(arguments) : function.Gives);
    }

    private Typed[] SameKind(IReadOnlyList<Expression> expressions)
    {
        var peer = expressions.Where(expression => !IsConstant(expression)).Select(Bind).FirstOrDefault();
        Typed[] bound = [.. expressions.Select(expression => IsConstant(expression) ? Constant(expression, peer) : Bind(expression))];
        var kind = KindOf(bound);
        for (var index = 0; index < bound.Length; index++)
        {
            if (!bound[index].Kind.Goes(kind))
            {
                throw source.Fault(expressions[index], $"Expected {kind.Text()}, and this is {bound[index].Kind.Text()}.");
            }
        }

        return bound;
    }

    private static ValueKind KindOf(IEnumerable<Typed> values) =>
        values.Select(value => value.Kind).FirstOrDefault(kind => kind != ValueKind.Any);
}
