namespace Warehouse.Etl.Feeds.Expressions;

/// <summary>The operators of expressions, from the loosest to the tightest.</summary>
internal static class Operators
{
    /// <summary>The operators of each level by how they are written.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, Function>> Levels { get; } =
    [
        Level(("or", values => Operand.Of(values[0].IsTrue || values[1].IsTrue))),
        Level(("and", values => Operand.Of(values[0].IsTrue && values[1].IsTrue))),
        Level(
            ("=", values => Compare(values, order => order == 0)),
            ("<>", values => Compare(values, order => order != 0)),
            ("<=", values => Compare(values, order => order <= 0)),
            (">=", values => Compare(values, order => order >= 0)),
            ("<", values => Compare(values, order => order < 0)),
            (">", values => Compare(values, order => order > 0))),
        Level(
            ("||", values => values[0].IsNone || values[1].IsNone ? Operand.None : Operand.Of(values[0].ToText() + values[1].ToText())),
            ("+", values => Function.Number(values, numbers => numbers[0] + numbers[1])),
            ("-", values => Function.Number(values, numbers => numbers[0] - numbers[1]))),
        Level(
            ("*", values => Function.Number(values, numbers => numbers[0] * numbers[1])),
            ("/", values => Function.Number(values, numbers => numbers[0] / numbers[1]))),
    ];

    public static Function Not { get; } = new("not", "not a", 1, 1, values => Operand.Of(!values[0].IsTrue));

    public static Function Minus { get; } = new("-", "-a", 1, 1, values => Function.Number(values, numbers => -numbers[0]));

    private static Dictionary<string, Function> Level(params (string Sign, Func<Operand[], Operand> Apply)[] operators) => operators.ToDictionary(
        known => known.Sign, known => new Function(known.Sign, $"a {known.Sign} b", 2, 2, known.Apply), StringComparer.OrdinalIgnoreCase);

    /// <summary>Numbers are compared as numbers, texts by their code points; with nothing nothing can be compared.</summary>
    private static Operand Compare(Operand[] values, Func<int, bool> test)
    {
        if (values[0].IsNone || values[1].IsNone)
        {
            return Operand.None;
        }

        if (values[0].IsNumber || values[1].IsNumber)
        {
            return values[0].TryNumber(out var left) && values[1].TryNumber(out var right)
                ? Operand.Of(test(left.CompareTo(right)))
                : Operand.Wrong($"{values[0].ToText()} and {values[1].ToText()} are not both numbers");
        }

        return Operand.Of(test(string.CompareOrdinal(values[0].ToText(), values[1].ToText())));
    }
}
