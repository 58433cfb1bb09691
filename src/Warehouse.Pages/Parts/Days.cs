using System.Globalization;
using System.Text.RegularExpressions;

namespace Warehouse.Pages.Parts;

/// <summary>
/// Days as people of the page's culture read them: <c>30 Jun 2026</c> in English, where figures alone are read in two ways, and
/// <c>2026/6/30</c> in Chinese. What is asked, linked, typed and kept stays ISO 8601.
/// </summary>
internal static partial class Days
{
    /// <summary>Earlier and later « months » are codes: 4711-12.</summary>
    private const int FirstYear = 1900;
    private const int LastYear = 2099;

    private static bool IsEnglish => CultureInfo.CurrentCulture.TwoLetterISOLanguageName == "en";

    /// <summary>A day; it stays on one line.</summary>
    public static string Of(DateOnly day) => day.ToString(IsEnglish ? "d\u00a0MMM\u00a0yyyy" : CultureInfo.CurrentCulture.DateTimeFormat.ShortDatePattern, CultureInfo.CurrentCulture);

    /// <summary>A day and its time, in the offset that it comes with.</summary>
    public static string Of(DateTimeOffset instant) => $"{Of(DateOnly.FromDateTime(instant.DateTime))} {instant.ToString("HH:mm", CultureInfo.InvariantCulture)}";

    /// <summary>
    /// A text with each day in it as people read it, and so a text that is a month, a quarter or a week. What stands in quotes, what is part of
    /// a name, and what says how to write a day ("like …") stays: it is to be found, or written, as it is.
    /// </summary>
    public static string In(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length < 7 || !text.Contains('-', StringComparison.Ordinal) ? text
            : Period().Match(text) is { Success: true } period ? Of(period)
            : Day().Replace(text, day => DateOnly.TryParseExact(day.Groups["day"].ValueSpan, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var found)
                ? Of(found) + (day.Groups["time"].Success ? " " : "")
                : day.Value);
    }

    /// <summary>A text of a column: as people read it where the column is of dates; else a code may look like a month, and stays.</summary>
    /// <param name="text">The text.</param>
    /// <param name="type">The engine's name of the column's type.</param>
    public static string In(string text, string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type is "VARCHAR" ? text : In(text);
    }

    private static string Of(Match period)
    {
        var year = int.Parse(period.Groups["year"].ValueSpan, CultureInfo.InvariantCulture);
        var number = int.Parse(period.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        return period.Groups["kind"].Value switch
        {
            "" when number is < 1 or > 12 || year is < FirstYear or > LastYear => period.Value,
            "" => new DateOnly(year, number, 1).ToString(IsEnglish ? "MMM\u00a0yyyy" : CultureInfo.CurrentCulture.DateTimeFormat.YearMonthPattern, CultureInfo.CurrentCulture),
            "Q" => IsEnglish ? $"Q{number}\u00a0{year:0000}" : $"{year:0000}年第{number}季",
            _ => IsEnglish ? $"W{number:00}\u00a0{year:0000}" : $"{year:0000}年第{number}週",
        };
    }

    [GeneratedRegex(@"^(?<year>\d{4})-(?<kind>Q(?=\d$)|W|)(?<number>\d{1,2})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Period();

    [GeneratedRegex(@"(?<![\w'""=/.-]|\blike |如 )(?<day>\d{4}-\d{2}-\d{2})((?<time>T)(?=\d{2}:\d{2})|(?![\w'""=/-]|\.\w))", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Day();
}
