using System.Globalization;
using System.Text;
using Warehouse.Etl.Mapping.Values;

namespace Warehouse.Etl.Proposals;

/// <summary>What the values of a column look like.</summary>
/// <param name="Name">The column.</param>
/// <param name="Rows">How many rows were looked at.</param>
/// <param name="Filled">Those with a value, spellings of « no value » left out.</param>
/// <param name="Distinct">How many different values there are, as far as they were counted.</param>
/// <param name="Numbers">The share of values that are numbers, 0 to 1, a point before decimals.</param>
/// <param name="CommaNumbers">The share of values that are numbers with a comma before decimals.</param>
/// <param name="Amounts">The share of values that are numbers, or become one when « clean: number » takes off what stands about it.</param>
/// <param name="CommaAmounts">The same with a comma before decimals.</param>
/// <param name="Wholes">The share of values that are whole numbers without a sign.</param>
/// <param name="PointZeros">The share of values like 17850.0.</param>
/// <param name="Negatives">The share of values below 0.</param>
/// <param name="Shares">The share of values that lie from 0 to 1.</param>
/// <param name="TimesOfDay">The share of values like 09:12 or 09:12:58.</param>
/// <param name="Flags">The share of values that are yes or no.</param>
/// <param name="Emails">The share of values that are e-mail addresses.</param>
/// <param name="DateFormat">The number of the format by which most values are dates.</param>
/// <param name="Dates">The share of values that are dates by it.</param>
/// <param name="IsAmbiguous">Whether they are as many by the format with day and month changed.</param>
/// <param name="HasTimes">Whether some date has a time of day.</param>
/// <param name="FirstYear">The earliest year of a date.</param>
/// <param name="Nulls">The spellings of « no value » among the values.</param>
/// <param name="Frequent">The most frequent values.</param>
internal sealed record ColumnEvidence(
    string Name, long Rows, long Filled, int Distinct, double Numbers, double CommaNumbers, double Amounts, double CommaAmounts, double Wholes, double PointZeros, double Negatives,
    double Shares, double TimesOfDay, double Flags, double Emails, int DateFormat, double Dates, bool IsAmbiguous, bool HasTimes, int? FirstYear,
    IReadOnlyList<string> Nulls, IReadOnlyList<string> Frequent)
{
    private static readonly HashSet<string> NullWords = new(StringComparer.OrdinalIgnoreCase) { "NULL", "N/A", "#N/A", "(null)", "\\N" };
    private static readonly HashSet<string> PerhapsNull = new(StringComparer.OrdinalIgnoreCase) { "NA", "none", "nil", "-", "--", "?", "nan", "unknown" };

    private static readonly HashSet<string> FlagWords =
        new(StringComparer.OrdinalIgnoreCase) { "true", "false", "t", "f", "yes", "no", "y", "n", "1", "0", "ja", "nein", "j", "oui", "non", "granted", "withdrawn" };

    /// <summary>The share of values like 5 %.</summary>
    public double Percents { get; init; }

    /// <summary>The words of its name.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = NameTokens.Of(Name);

    /// <summary>Whether each row has another value.</summary>
    public bool IsUnique => Filled == Rows && Distinct == Rows && Rows > 1;

    /// <summary>Judges the values of a column.</summary>
    /// <param name="name">The column.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="values">The values and how often each is there; texts without a sign are left out.</param>
    public static ColumnEvidence Of(string name, long rows, IReadOnlyDictionary<string, int> values)
    {
        var first = Judge(name, rows, values, NullWords);
        var isTyped = Math.Max(Math.Max(first.Numbers, first.CommaNumbers), Math.Max(first.Dates, first.TimesOfDay)) > .7;
        return isTyped && values.Keys.Any(PerhapsNull.Contains) ? Judge(name, rows, values, [.. NullWords, .. PerhapsNull]) : first;
    }

    private static ColumnEvidence Judge(string name, long rows, IReadOnlyDictionary<string, int> values, HashSet<string> nullWords)
    {
        var nulls = values.Keys.Where(value => nullWords.Contains(value, StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).ToArray();
        var dates = new long[DateFormats.Count];
        long filled = 0, numbers = 0, commas = 0, amounts = 0, commaAmounts = 0, wholes = 0, zeros = 0, percents = 0, negatives = 0, shares = 0, times = 0, flags = 0, emails = 0;
        var hasComma = false;
        var saysWhen = NameTokens.Of(name).Any(word => word is "date" or "time");
        foreach (var (value, count) in values.Where(pair => !nulls.Contains(pair.Key)))
        {
            var text = Encoding.UTF8.GetBytes(value);
            filled += count;
            var isNumber = Mapping.Values.Numbers.TryRead(text, 4, out var number);
            numbers += isNumber ? count : 0;
            commas += IsCommaNumber(text) ? count : 0;
            amounts += isNumber || PlainNumber.Of(value, hasComma: false) is not null ? count : 0;
            commaAmounts += PlainNumber.Of(value, hasComma: true) is not null ? count : 0;
            percents += IsPercent(value) ? count : 0;
            hasComma |= value.Contains(',', StringComparison.Ordinal);
            wholes += value.All(char.IsAsciiDigit) ? count : 0;
            zeros += isNumber && value.EndsWith(".0", StringComparison.Ordinal) ? count : 0;
            negatives += isNumber && number < 0 ? count : 0;
            shares += isNumber && number >= 0 && number <= 10_000 ? count : 0;
            times += IsTimeOfDay(value) ? count : 0;
            flags += FlagWords.Contains(value) ? count : 0;
            emails += value.Contains('@', StringComparison.Ordinal) && value.Contains('.', StringComparison.Ordinal) ? count : 0;
            var formats = DateFormats.Of(text) | (saysWhen ? DateFormats.OfNumber(text) : 0);
            for (var format = 0; formats != 0; format++, formats >>= 1)
            {
                dates[format] += (formats & 1) != 0 ? count : 0;
            }
        }

        var best = Array.IndexOf(dates, dates.Max());
        var twin = DateFormats.TwinOf(best);
        double Share(long count) => filled == 0 ? 0 : (double)count / filled;
        return new ColumnEvidence(
            name, rows, filled, values.Count - nulls.Length, Share(numbers), hasComma ? Share(commas) : 0, Share(amounts), hasComma ? Share(commaAmounts) : 0, Share(wholes), Share(zeros), Share(negatives),
            Share(shares), Share(times), Share(flags), Share(emails), best, Share(dates[best]), twin > 0 && dates[twin] == dates[best],
            HasTime(best, values), YearOf(best, values.Keys), nulls, [.. values.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(5).Select(pair => pair.Key)])
        {
            Percents = Share(percents),
        };
    }

    private static bool IsPercent(string text) => text.EndsWith('%') && PlainNumber.Of(text[..^1], text.Contains(',', StringComparison.Ordinal)) is not null;

    private static bool IsCommaNumber(byte[] text)
    {
        Span<byte> pointed = stackalloc byte[DecimalComma.Longest];
        return DecimalComma.TryPoint(text, pointed, out var length) && Mapping.Values.Numbers.TryRead(pointed[..length], 4, out _);
    }

    private static bool IsTimeOfDay(string text) =>
        text.Length is >= 4 and <= 8 && text.Contains(':', StringComparison.Ordinal)
        && TimeOnly.TryParseExact(text, ["H:mm", "HH:mm", "H:mm:ss", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool HasTime(int format, IReadOnlyDictionary<string, int> values) => format > 0
        ? DateFormats.HasTime(format)
        : values.Keys.Any(value => value.Contains(':', StringComparison.Ordinal) && !value.EndsWith("00:00:00", StringComparison.Ordinal) && !value.EndsWith("00:00:00.000", StringComparison.Ordinal));

    private static int? YearOf(int format, IEnumerable<string> values) => values
        .Select(value => DateFormats.YearOf(format, Encoding.UTF8.GetBytes(value)))
        .Where(year => year is > 1900)
        .Min();
}
