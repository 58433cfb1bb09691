using System.Globalization;

namespace Warehouse.Cubes.Expressions;

/// <summary>
/// Reads a text as an <see cref="Expression"/>. Words of the language (and, or, not, in, between, like, is, case, …) are so only
/// where they can stand; a name that is one of them is written in double quotes.
/// </summary>
internal sealed class ExpressionParser
{
    private const int MostNested = 100;
    private const int MostLinked = 250;
    private const int LongestText = 20_000;

    private readonly List<Token> _tokens;
    private int _at;
    private int _depth;

    private ExpressionParser(string text) => _tokens = Lexer.Read(text);

    /// <exception cref="ExpressionSyntaxException">The text is no expression.</exception>
    public static Expression Parse(string text)
    {
        if (text.Length > LongestText)
        {
            throw new ExpressionSyntaxException(0, FormattableString.Invariant($"An expression has at most {LongestText} characters, and this has {text.Length}."));
        }

        var parser = new ExpressionParser(text);
        var expression = parser.Expression(0);
        if (parser.Current.Kind != TokenKind.End)
        {
            throw parser.Unexpected("an operator or the end");
        }

        // No tree is deeper than its text is long.
        if (parser._tokens.Count > MostLinked)
        {
            RequireShallow(expression);
        }

        return expression;
    }

    /// <summary>A row of operators makes a tree as deep as it is long, which those who walk through it would not survive.</summary>
    private static void RequireShallow(Expression expression)
    {
        var open = new Stack<(Expression Node, int Depth)>([(expression, 1)]);
        while (open.TryPop(out var next))
        {
            if (next.Depth > MostLinked)
            {
                throw new ExpressionSyntaxException(next.Node.Position, FormattableString.Invariant($"More than {MostLinked} operators in a row. A list, as in « x in (1, 2, 3) », can be longer."));
            }

            foreach (var part in ExpressionNames.Parts(next.Node))
            {
                open.Push((part, next.Depth + 1));
            }
        }
    }

    private Token Current => _tokens[_at];

    private Token Following => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    private Expression Expression(int leastPrecedence)
    {
        if (++_depth > MostNested)
        {
            throw new ExpressionSyntaxException(Current.Position, FormattableString.Invariant($"Nested more than {MostNested} levels deep."));
        }

        var left = Current.IsWord("not") && leastPrecedence <= 3 ? Negated() : Operand();
        while (true)
        {
            var position = Current.Position;
            if (Operator() is { } op)
            {
                if (op.Precedence() < leastPrecedence)
                {
                    break;
                }

                _at++;
                var right = Expression(op.Precedence() + 1);
                left = new Binary(op, left, right) { Position = position };
            }
            else if (leastPrecedence <= 4 && IsPredicate())
            {
                left = Predicate(left);
            }
            else
            {
                break;
            }
        }

        _depth--;
        return left;
    }

    private Not Negated()
    {
        var position = Take().Position;
        return new Not(Expression(3)) { Position = position };
    }

    private BinaryOperator? Operator() => Current switch
    {
        { Kind: TokenKind.Word } word when word.IsWord("and") => BinaryOperator.And,
        { Kind: TokenKind.Word } word when word.IsWord("or") => BinaryOperator.Or,
        { Kind: TokenKind.Symbol } symbol => symbol.Text switch
        {
            "=" => BinaryOperator.Equal,
            "<>" => BinaryOperator.NotEqual,
            "<" => BinaryOperator.Less,
            "<=" => BinaryOperator.LessOrEqual,
            ">" => BinaryOperator.Greater,
            ">=" => BinaryOperator.GreaterOrEqual,
            "+" => BinaryOperator.Add,
            "-" => BinaryOperator.Subtract,
            "*" => BinaryOperator.Multiply,
            "/" => BinaryOperator.Divide,
            _ => null,
        },
        _ => null,
    };

    private bool IsPredicate() =>
        Current.IsWord("in") || Current.IsWord("between") || Current.IsWord("like") || Current.IsWord("is")
        || (Current.IsWord("not") && (Following.IsWord("in") || Following.IsWord("between") || Following.IsWord("like")));

    /// <summary>in, between, like, is null, is unknown; each with its « not ».</summary>
    private Expression Predicate(Expression operand)
    {
        var position = Current.Position;
        var isNegated = TakeWord("not");
        Expression predicate;
        if (TakeWord("in"))
        {
            predicate = Current.Is("(")
                ? new InList(operand, Arguments()) { Position = position }
                : new Binary(BinaryOperator.Equal, operand, Operand()) { Position = position };
        }
        else if (TakeWord("between"))
        {
            var low = Expression(5);
            RequireWord("and");
            predicate = new Between(operand, low, Expression(5)) { Position = position };
        }
        else if (TakeWord("like"))
        {
            predicate = Current.Kind == TokenKind.Text
                ? new Like(operand, Take().Text) { Position = position }
                : throw Unexpected("a pattern in single quotes, like 'A%'");
        }
        else
        {
            RequireWord("is");
            isNegated = TakeWord("not");
            predicate = Missing(operand, position);
        }

        return isNegated ? new Not(predicate) { Position = position } : predicate;
    }

    private Expression Missing(Expression operand, int position)
    {
        if (TakeWord("null"))
        {
            return new IsNull(operand) { Position = position };
        }

        if (!TakeWord("unknown"))
        {
            throw Unexpected("\"null\" or \"unknown\"");
        }

        return operand is Name { Second: null } dimension
            ? new IsUnknown(dimension) { Position = position }
            : throw new ExpressionSyntaxException(operand.Position, "A dimension is unknown or not; this is none. A value is null or not.");
    }

    private Expression Operand()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return NumberOrDuration();
            case TokenKind.Text:
                return new Literal(Take().Text) { Position = token.Position };
            case TokenKind.Period:
                return Period.TryParse(Take().Text, out var period)
                    ? new PeriodLiteral(period) { Position = token.Position }
                    : throw new ExpressionSyntaxException(token.Position, $"\"{token.Text}\" is no period.");
            case TokenKind.Symbol when token.Is("("):
                _at++;
                var inner = Expression(0);
                RequireSymbol(")");
                return inner;
            case TokenKind.Symbol when token.Is(":"):
                _at++;
                return new Parameter(TakeName().Text) { Position = token.Position };
            case TokenKind.Symbol when token.Is("-"):
                _at++;
                return Negative(token.Position);
            case TokenKind.Word when Words() is { } meaning:
                return meaning with { Position = token.Position };
            case TokenKind.Word or TokenKind.QuotedName:
                return NameOrCall();
            default:
                throw Unexpected("a value or a name");
        }
    }

    private Expression Negative(int position) => Expression(7) switch
    {
        Literal { Value: long number } => new Literal(-number) { Position = position },
        Literal { Value: decimal number } => new Literal(-number) { Position = position },
        var operand => new Negation(operand) { Position = position },
    };

    /// <summary>What a word means where it is not a name; null where it is one.</summary>
    private Expression? Words()
    {
        var word = Current.Text.ToLowerInvariant();
        var isName = Following.Is(".") || Following.Is("(");
        switch (word)
        {
            case "true" or "false" when !isName:
                _at++;
                return new Literal(word is "true");
            case "null" when !isName:
                _at++;
                return new Literal(null);
            case "today" or "yesterday" when !isName:
                _at++;
                return new RelativePeriod(word is "today" ? RelativeKind.This : RelativeKind.Last, 1, TimeUnit.Day);
            case "this" or "last" or "next" or "previous" when Following.Kind == TokenKind.Word && TimeUnits.Find(Following.Text) is { } unit:
                _at += 2;
                return new RelativePeriod(word switch { "this" => RelativeKind.This, "next" => RelativeKind.Next, _ => RelativeKind.Last }, 1, unit);
            case "last" or "next" when Following.Kind == TokenKind.Number:
                _at++;
                return NumberOrDuration() is Duration length
                    ? new RelativePeriod(word is "last" ? RelativeKind.Last : RelativeKind.Next, length.Count, length.Unit)
                    : throw Unexpected("days, weeks, months, quarters or years");
            case "top" or "bottom" when Following.Kind == TokenKind.Number:
                return Top(word is "bottom");
            case "case" when !isName:
                return Branches();
            default:
                return null;
        }
    }

    private TopMembers Top(bool isBottom)
    {
        _at++;
        var count = WholeNumber();
        if (NameOrCall() is not Name { Second: not null } member)
        {
            throw Unexpected("a member like product.name");
        }

        RequireWord("by");
        return new TopMembers(count, isBottom, member, Expression(5));
    }

    private Case Branches()
    {
        _at++;
        var branches = new List<CaseBranch>();
        while (TakeWord("when"))
        {
            var condition = Expression(0);
            RequireWord("then");
            branches.Add(new CaseBranch(condition, Expression(0)));
        }

        if (branches.Count == 0)
        {
            throw Unexpected("\"when\"");
        }

        var otherwise = TakeWord("else") ? Expression(0) : null;
        RequireWord("end");
        return new Case(branches, otherwise);
    }

    private Expression NumberOrDuration()
    {
        var token = Take();
        if (Current.Kind == TokenKind.Word && TimeUnits.Find(Current.Text) is { } unit
            && int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 100_000)
        {
            _at++;
            return new Duration(count, unit) { Position = token.Position };
        }

        return long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
            ? new Literal(whole) { Position = token.Position }
            : new Literal(decimal.Parse(token.Text, CultureInfo.InvariantCulture)) { Position = token.Position };
    }

    private Expression NameOrCall()
    {
        var first = TakeName();
        if (first.Kind == TokenKind.Word && Current.Is("("))
        {
            return new Call(first.Text.ToLowerInvariant(), Arguments()) { Position = first.Position };
        }

        var second = Current.Is(".") ? TakeSecond() : null;
        return new Name(first.Text, second) { Position = first.Position, At = second is not null && TakeSymbol("@") ? TakeDay() : null };
    }

    private string TakeSecond()
    {
        _at++;
        return TakeName().Text;
    }

    private DateOnly TakeDay() => Current.Kind == TokenKind.Period && Period.TryParse(Current.Text, out var period) && period.Unit == TimeUnit.Day
        ? Advance(period.From)
        : throw Unexpected("a day like 2011-06-30");

    private List<Expression> Arguments()
    {
        RequireSymbol("(");
        var arguments = new List<Expression>();
        if (!Current.Is(")"))
        {
            do
            {
                arguments.Add(Expression(0));
            }
            while (TakeSymbol(","));
        }

        RequireSymbol(")");
        return arguments;
    }

    private int WholeNumber() =>
        Current.Kind == TokenKind.Number
        && int.TryParse(Current.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? Advance(number)
            : throw Unexpected("a whole number above 0");

    private T Advance<T>(T value)
    {
        _at++;
        return value;
    }

    private Token Take() => _tokens[_at++];

    private Token TakeName() => Current.Kind is TokenKind.Word or TokenKind.QuotedName && Current.Text.Length > 0
        ? Take()
        : throw Unexpected("a name");

    private bool TakeWord(string word) => Current.IsWord(word) && Advance(true);

    private bool TakeSymbol(string symbol) => Current.Is(symbol) && Advance(true);

    private void RequireWord(string word)
    {
        if (!TakeWord(word))
        {
            throw Unexpected($"\"{word}\"");
        }
    }

    private void RequireSymbol(string symbol)
    {
        if (!TakeSymbol(symbol))
        {
            throw Unexpected($"\"{symbol}\"");
        }
    }

    private ExpressionSyntaxException Unexpected(string expected) =>
        new(Current.Position, $"Expected {expected}, and here is {Current.Describe()}.");
}
