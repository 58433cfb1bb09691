using System.Text;
using Warehouse.Etl.Mapping.Values;

namespace Warehouse.Etl.Feeds.Expressions;

/// <summary>A function that expressions may use.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Usage">How it is written, for people.</param>
/// <param name="Least">The least number of values that it takes.</param>
/// <param name="Most">The most.</param>
/// <param name="Apply">Computes it.</param>
/// <param name="Chooses">Whether it takes one of its values and leaves the others, so that these may be wrong.</param>
internal sealed record Function(string Name, string Usage, int Least, int Most, Func<Operand[], Operand> Apply, bool Chooses = false)
{
    private static readonly Dictionary<string, TimeFormat> Formats = new(StringComparer.Ordinal);

    /// <summary>The functions by name.</summary>
    public static IReadOnlyDictionary<string, Function> All { get; } = new Function[]
    {
        new("concat", "concat(a, b, …)", 1, 99, values => Operand.Of(string.Concat(values.Select(value => value.ToText())))),
        new("upper", "upper(text)", 1, 1, values => Operand.Of(values[0].ToText()?.ToUpperInvariant())),
        new("lower", "lower(text)", 1, 1, values => Operand.Of(values[0].ToText()?.ToLowerInvariant())),
        new("trim", "trim(text)", 1, 1, values => Operand.Of(values[0].ToText()?.Trim())),
        new("length", "length(text)", 1, 1, values => Operand.Of(values[0].ToText()?.Length ?? 0)),
        new("substring", "substring(text, from 1[, length])", 2, 3, Substring),
        new("replace", "replace(text, old, new)", 3, 3, Replace),
        new("split", "split(text, separator, number from 1)", 3, 3, Split),
        new("contains", "contains(text, part)", 2, 2, values => Operand.Of(Has(values, (text, part) => text.Contains(part, StringComparison.Ordinal)))),
        new("starts_with", "starts_with(text, start)", 2, 2, values => Operand.Of(Has(values, (text, part) => text.StartsWith(part, StringComparison.Ordinal)))),
        new("coalesce", "coalesce(a, b, …)", 1, 99, values => values.FirstOrDefault(value => !value.IsNone), Chooses: true),
        new("if", "if(condition, then[, else])", 2, 3, If, Chooses: true),
        new("is_null", "is_null(value)", 1, 1, values => Operand.Of(values[0].IsNone)),
        new("number", "number(text[, decimal sign])", 1, 2, Plain),
        new("abs", "abs(number)", 1, 1, values => Number(values, numbers => Math.Abs(numbers[0]))),
        new("round", "round(number[, decimals])", 1, 2, Round),
        new("date", "date(text[, format])", 1, 2, values => Time(values, time => Operand.Of(Iso(time)))),
        new("year", "year(text[, format])", 1, 2, values => Time(values, time => Operand.Of(Date(time).Year))),
        new("month", "month(text[, format])", 1, 2, values => Time(values, time => Operand.Of(Date(time).Month))),
        new("day", "day(text[, format])", 1, 2, values => Time(values, time => Operand.Of(Date(time).Day))),
        new("hour", "hour(text[, format])", 1, 2, values => Time(values, time => Operand.Of(time.Time / (3600 * WrittenTime.MicrosOfSecond)))),
    }.ToDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Computes with numbers; nothing where one of them is nothing.</summary>
    public static Operand Number(Operand[] values, Func<decimal[], decimal> compute)
    {
        var numbers = new decimal[values.Length];
        foreach (var (place, value) in values.Index())
        {
            if (value.IsNone)
            {
                return Operand.None;
            }

            if (!value.TryNumber(out numbers[place]))
            {
                return Operand.Wrong($"{value.ToText()} is no number");
            }
        }

        try
        {
            return Operand.Of(compute(numbers));
        }
        catch (DivideByZeroException)
        {
            return Operand.Wrong($"{values[0].ToText()} divided by 0");
        }
        catch (OverflowException)
        {
            return Operand.Wrong("the number is too large");
        }
    }

    private static bool Has(Operand[] values, Func<string, string, bool> test) =>
        values[0].ToText() is { } text && values[1].ToText() is { } part && test(text, part);

    private static Operand Substring(Operand[] values)
    {
        var text = values[0].ToText();
        if (text is null)
        {
            return Operand.None;
        }

        return Number(values[1..], numbers => 0) is { Fault: not null } wrong
            ? wrong
            : Operand.Of(Cut(text, WholeOf(values[1]), values.Length > 2 ? WholeOf(values[2]) : int.MaxValue));
    }

    private static string Cut(string text, int from, int length)
    {
        var start = Math.Clamp(from - 1, 0, text.Length);
        return text.Substring(start, Math.Clamp(length, 0, text.Length - start));
    }

    private static int WholeOf(Operand value) =>
        value.TryNumber(out var number) ? (int)Math.Clamp(decimal.Truncate(number), int.MinValue, int.MaxValue) : 0;

    private static Operand Replace(Operand[] values) => values[0].ToText() is { } text && values[1].ToText() is { } old
        ? Operand.Of(text.Replace(old, values[2].ToText() ?? "", StringComparison.Ordinal))
        : values[0];

    private static Operand Split(Operand[] values)
    {
        if (values[0].ToText() is not { } text || values[1].ToText() is not { } separator)
        {
            return values[0];
        }

        return values[2].TryNumber(out var number)
            ? Operand.Of(text.Split(separator).ElementAtOrDefault((int)Math.Clamp(number, 0, int.MaxValue) - 1)?.Trim())
            : Operand.Wrong($"{values[2].ToText()} is no number");
    }

    private static Operand If(Operand[] values) =>
        values[0].Fault is not null ? values[0] : values[0].IsTrue ? values[1] : values.Length > 2 ? values[2] : Operand.None;

    private static Operand Plain(Operand[] values)
    {
        if (values[0].IsNumber || values[0].ToText() is not { } text)
        {
            return values[0];
        }

        var hasComma = values.Length > 1 && values[1].ToText() == ",";
        return PlainNumber.ValueOf(text, hasComma) is { } number ? Operand.Of(number) : Operand.Wrong($"{text} is no number");
    }

    private static Operand Round(Operand[] values) => Number(values, numbers => Math.Round(
        numbers[0], numbers.Length > 1 ? (int)Math.Clamp(numbers[1], 0, 28) : 0, MidpointRounding.AwayFromZero));

    private static Operand Time(Operand[] values, Func<WrittenTime, Operand> take)
    {
        if (values[0].ToText() is not { } text)
        {
            return Operand.None;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        var isTime = values.Length > 1 && values[1].ToText() is { } format
            ? FormatOf(format).TryRead(bytes, out var time)
            : IsoTime.TryRead(bytes, out time);
        return isTime ? take(time) : Operand.Wrong($"{text} is no date{(values.Length > 1 ? $" like {values[1].ToText()}" : "")}");
    }

    private static TimeFormat FormatOf(string format)
    {
        lock (Formats)
        {
            return Formats.TryGetValue(format, out var known) ? known : Formats[format] = new TimeFormat(format);
        }
    }

    private static DateTime Date(WrittenTime time) => DateTime.UnixEpoch.AddDays(time.Day);

    private static string Iso(WrittenTime time) => Date(time).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
