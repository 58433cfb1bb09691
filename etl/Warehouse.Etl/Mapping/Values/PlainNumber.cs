using System.Globalization;

namespace Warehouse.Etl.Mapping.Values;

/// <summary>
/// The plain number in a text as people write amounts: with the sign or code of a currency before or behind it, with blanks,
/// apostrophes, points or commas between thousands, in brackets or with the minus behind where it is negative.
/// </summary>
internal static class PlainNumber
{
    /// <summary>A longer text is no amount.</summary>
    private const int Longest = 64;

    /// <summary>The number with its decimal sign, and nothing else; null where the text is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hasComma">Whether decimals follow a comma.</param>
    public static string? Of(string text, bool hasComma)
    {
        if (text.Length > Longest)
        {
            return null;
        }

        var isNegative = false;
        var rest = WithoutCurrency(text.AsSpan().Trim());
        if (rest is ['(', .., ')'])
        {
            isNegative = true;
            rest = WithoutCurrency(rest[1..^1].Trim());
        }
        else if (rest.Length > 1 && (IsSign(rest[0]) || IsSign(rest[^1])))
        {
            var isBehind = !IsSign(rest[0]);
            isNegative = rest[isBehind ? ^1 : 0] != '+';
            rest = WithoutCurrency((isBehind ? rest[..^1] : rest[1..]).Trim());
        }

        var point = rest.IndexOf(hasComma ? ',' : '.');
        var decimals = point < 0 ? default : rest[(point + 1)..];
        var whole = Ungrouped(point < 0 ? rest : rest[..point], hasComma ? '.' : ',');
        return whole is null || decimals.ContainsAnyExceptInRange('0', '9') || (whole.Length == 0 && decimals.Length == 0)
            ? null
            : $"{(isNegative ? "-" : "")}{whole}{(decimals.Length > 0 ? hasComma ? "," : "." : "")}{decimals}";
    }

    /// <summary>The number that a text is, so or in scientific notation; null where it is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hasComma">Whether decimals follow a comma.</param>
    public static decimal? ValueOf(string text, bool hasComma) =>
        decimal.TryParse(Of(text, hasComma)?.Replace(',', '.') ?? text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsSign(char sign) => sign is '-' or '+' or '\u2212';

    private static bool IsCurrency(char sign) => char.GetUnicodeCategory(sign) == UnicodeCategory.CurrencySymbol || sign is '元' or '圓' or '円' or '원';

    private static ReadOnlySpan<char> WithoutCurrency(ReadOnlySpan<char> text)
    {
        // The letters before the sign say whose it is: NT$, US$, R$.
        var letters = text.IndexOfAnyExceptInRange('A', 'Z');
        if (letters is >= 0 and <= 3 && text.Length > letters + 1 && IsCurrency(text[letters]))
        {
            return text[(letters + 1)..].TrimStart();
        }

        if (text.Length > 1 && IsCurrency(text[^1]))
        {
            return text[..^1].TrimEnd();
        }

        return text.Length > 3 && !text[..3].ContainsAnyExceptInRange('A', 'Z') ? text[3..].TrimStart()
            : text.Length > 3 && !text[^3..].ContainsAnyExceptInRange('A', 'Z') ? text[..^3].TrimEnd()
            : text;
    }

    /// <summary>The digits before the decimals; null where what stands between them does not stand between thousands.</summary>
    private static string? Ungrouped(ReadOnlySpan<char> text, char thousands)
    {
        var first = text.IndexOfAnyExceptInRange('0', '9');
        if (first < 0)
        {
            return text.ToString();
        }

        var between = text[first];
        if (first is 0 or > 3 || !(between == thousands || between is '\'' or '\u2019' || char.GetUnicodeCategory(between) == UnicodeCategory.SpaceSeparator))
        {
            return null;
        }

        var groups = text.ToString().Split(between);
        // In India the groups before the last have two digits.
        return groups[^1].Length == 3 && groups.Skip(1).SkipLast(1).All(group => group.Length is 2 or 3) && groups.All(group => group.All(char.IsAsciiDigit))
            ? string.Concat(groups)
            : null;
    }
}
