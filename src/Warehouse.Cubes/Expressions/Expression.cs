using System.Globalization;

namespace Warehouse.Cubes.Expressions;

/// <summary>
/// A node of the one expression language: what measures sum, what queries filter by, how derived measures are computed.
/// Plain data: <see cref="ExpressionParser"/> makes it of a text, <see cref="ExpressionText"/> makes a text of it.
/// </summary>
public abstract record Expression
{
    /// <summary>Where the node began in its text, from 0; not part of what it means.</summary>
    public int Position { get; init; }

    /// <summary>The expression as text that parses to the same expression.</summary>
    public sealed override string ToString() => ExpressionText.Of(this);
}

/// <summary>A column, a measure or a named filter (one part), or a member <c>dimension.attribute</c> (two parts).</summary>
public sealed record Name(string First, string? Second = null) : Expression
{
    /// <summary>The day whose member is meant, as in <c>customer.city@2011-06-30</c>; null for that of the fact's day, or of now.</summary>
    public DateOnly? At { get; init; }

    /// <summary>The name as people write it.</summary>
    public string Text => Second is null ? First : $"{First}.{Second}{(At is { } day ? string.Create(CultureInfo.InvariantCulture, $"@{day:yyyy-MM-dd}") : "")}";
}

/// <summary>A constant: <see cref="long"/>, <see cref="decimal"/>, <see cref="string"/>, <see cref="bool"/> or null.</summary>
public sealed record Literal(object? Value) : Expression;

/// <summary>A value that the question gives: <c>:threshold</c>.</summary>
public sealed record Parameter(string Name) : Expression;

/// <summary>A day, week, month, quarter or year by its name: 2011-03-05, 2011-W09, 2011-03, 2011-Q1.</summary>
public sealed record PeriodLiteral(Period Period) : Expression;

/// <summary>A period that depends on the day of the question: <c>last 3 months</c>, <c>this year</c>, <c>today</c>.</summary>
public sealed record RelativePeriod(RelativeKind Kind, int Count, TimeUnit Unit) : Expression;

/// <summary>A length of time: <c>3 months</c>.</summary>
public sealed record Duration(int Count, TimeUnit Unit) : Expression;

/// <summary>The operand with the other sign.</summary>
public sealed record Negation(Expression Operand) : Expression;

/// <summary>True where the operand is false; unknown where it is unknown.</summary>
public sealed record Not(Expression Operand) : Expression;

/// <summary>Two operands and what is between them.</summary>
public sealed record Binary(BinaryOperator Operator, Expression Left, Expression Right) : Expression;

/// <summary>A function of a closed list.</summary>
public sealed record Call(string Function, IReadOnlyList<Expression> Arguments) : Expression;

/// <summary>True where the operand equals one of the items.</summary>
public sealed record InList(Expression Operand, IReadOnlyList<Expression> Items) : Expression;

/// <summary>True from the low to the high value, both included.</summary>
public sealed record Between(Expression Operand, Expression Low, Expression High) : Expression;

/// <summary>True where the text matches: % stands for any characters, _ for one.</summary>
public sealed record Like(Expression Operand, string Pattern) : Expression;

/// <summary>True where there is no value.</summary>
public sealed record IsNull(Expression Operand) : Expression;

/// <summary>True where a dimension's reference is its unknown member.</summary>
public sealed record IsUnknown(Name Dimension) : Expression;

/// <summary>The first branch whose condition is true, else the last value.</summary>
public sealed record Case(IReadOnlyList<CaseBranch> Branches, Expression? Otherwise) : Expression;

/// <summary>One branch of a <see cref="Case"/>.</summary>
public sealed record CaseBranch(Expression Condition, Expression Value);

/// <summary>True for the members that rank first (or last) by a measure under the other filters of the query.</summary>
public sealed record TopMembers(int Count, bool IsBottom, Name Member, Expression Measure) : Expression;
