using System.Globalization;

namespace Warehouse.Cubes.Expressions;

/// <summary>Writes an expression so that <see cref="ExpressionParser"/> reads the same one.</summary>
internal static class ExpressionText
{
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "and", "or", "not", "in", "between", "like", "is", "null", "unknown", "case", "when", "then", "else", "end", "true", "false",
        "this", "last", "next", "previous", "today", "yesterday", "top", "bottom", "by",
    };

    public static string Of(Expression expression) => expression switch
    {
        Name { Second: null } name => Identifier(name.First),
        Name { At: { } day } name => string.Create(CultureInfo.InvariantCulture, $"{Identifier(name.First)}.{Identifier(name.Second!)}@{day:yyyy-MM-dd}"),
        Name name => $"{Identifier(name.First)}.{Identifier(name.Second!)}",
        Literal literal => Value(literal.Value),
        Parameter parameter => $":{Identifier(parameter.Name)}",
        PeriodLiteral period => period.Period.ToString(),
        RelativePeriod { Kind: RelativeKind.This } relative => $"this {relative.Unit.Text()}",
        RelativePeriod relative => FormattableString.Invariant($"{(relative.Kind == RelativeKind.Last ? "last" : "next")} {relative.Count} {relative.Unit.Text()}s"),
        Duration duration => FormattableString.Invariant($"{duration.Count} {duration.Unit.Text()}s"),
        Negation negation => $"-({Of(negation.Operand)})",
        Not not => $"not ({Of(not.Operand)})",
        Binary binary => $"{Inner(binary.Left, binary, 0)} {binary.Operator.Text()} {Inner(binary.Right, binary, 1)}",
        Call call => $"{call.Function}({List(call.Arguments)})",
        InList list => $"{Operand(list.Operand)} in ({List(list.Items)})",
        Between between => $"{Operand(between.Operand)} between {Operand(between.Low)} and {Operand(between.High)}",
        Like like => $"{Operand(like.Operand)} like {Value(like.Pattern)}",
        IsNull isNull => $"{Operand(isNull.Operand)} is null",
        IsUnknown isUnknown => $"{Of(isUnknown.Dimension)} is unknown",
        Case branches => $"case {string.Join(' ', branches.Branches.Select(branch => $"when {Of(branch.Condition)} then {Of(branch.Value)}"))}{(branches.Otherwise is { } otherwise ? $" else {Of(otherwise)}" : "")} end",
        TopMembers top => FormattableString.Invariant($"{(top.IsBottom ? "bottom" : "top")} {top.Count} {Of(top.Member)} by {Operand(top.Measure)}"),
        _ => throw new ArgumentOutOfRangeException(nameof(expression), expression.GetType().Name, "This node has no text."),
    };

    private static string Inner(Expression side, Binary parent, int more) =>
        side is Binary binary && binary.Operator.Precedence() >= parent.Operator.Precedence() + more ? Of(side) : Operand(side);

    private static string Operand(Expression expression) =>
        expression is Binary or Not or InList or Between or Like or IsNull or IsUnknown or TopMembers ? $"({Of(expression)})" : Of(expression);

    private static string List(IEnumerable<Expression> expressions) => string.Join(", ", expressions.Select(Of));

    private static string Value(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, "This value has no text."),
    };

    private static string Identifier(string name)
    {
        var isPlain = (char.IsLetter(name[0]) || name[0] == '_')
            && name.All(letter => char.IsLetterOrDigit(letter) || letter == '_')
            && !Reserved.Contains(name);
        return isPlain ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
