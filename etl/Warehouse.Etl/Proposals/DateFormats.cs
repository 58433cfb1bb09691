using Warehouse.Etl.Mapping.Values;

namespace Warehouse.Etl.Proposals;

/// <summary>The ways in which dates and times are written that are tried on a column, by the readers that will load it.</summary>
internal static class DateFormats
{
    /// <summary>1140131: many numbers look like it.</summary>
    private const string CompactOfTaiwan = "%Ey%m%d";

    private static readonly string[] Days =
    [
        "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y%m%d", "%d/%m/%y", "%m/%d/%y", "%d.%m.%y",
        "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y", "%d %B %Y", "%B %d, %Y", "%Y.%m.%d",
        "%Y年%m月%d日", "%Ey/%m/%d", "%Ey.%m.%d", "%Ey-%m-%d", "%Ey年%m月%d日",
    ];

    private static readonly string[] Times = ["", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p"];

    private static readonly string[] Formats = [.. Days.SelectMany(day => Times.Select(time => day + time)), "%s", "%Q", CompactOfTaiwan, ExcelDays.Name];

    /// <summary>Days that spreadsheets count, from 1990 to 2059: shorter and longer numbers count something else.</summary>
    private const int FirstSheetDay = 7_305;
    private const int LastSheetDay = 32_872;

    private const int CompactLength = 7;

    private static readonly TimeFormat[] Readers = [.. Formats.Select(format => new TimeFormat(format))];

    /// <summary>In how many ways dates may be written; the first of them is ISO 8601.</summary>
    public static int Count => Formats.Length + 1;

    /// <summary>The format as a feed names it; null for ISO 8601.</summary>
    public static string? NameOf(int number) => number == 0 ? null : Formats[number - 1];

    /// <summary>Whether a format says the time of day; in ISO 8601 it may be there.</summary>
    public static bool HasTime(int number) => number > 0 && (Formats[number - 1].Contains(':', StringComparison.Ordinal) || Formats[number - 1] is "%s" or "%Q");

    /// <summary>The other way to read the same signs, day and month changed; 0 where there is none.</summary>
    public static int TwinOf(int number)
    {
        var name = NameOf(number);
        var twin = name is null ? null
            : name.StartsWith("%d", StringComparison.Ordinal) && name.Length > 4 && name[3] == '%' && name[4] == 'm' ? $"%m{name[2]}%d{name[5..]}"
            : name.StartsWith("%m", StringComparison.Ordinal) ? $"%d{name[2]}%m{name[5..]}"
            : null;
        return Array.IndexOf(Formats, twin) + 1;
    }

    /// <summary>The columns of a table, those whose days and months could be either way read as another column's must be.</summary>
    public static ColumnEvidence[] Settled(ColumnEvidence[] columns) =>
        [.. columns.Select(column => column.IsAmbiguous && SettledBy(column, columns) is { } other
            ? column with { DateFormat = DayOf(other.DateFormat) == DayOf(column.DateFormat) ? column.DateFormat : TwinOf(column.DateFormat), IsAmbiguous = false }
            : column)];

    private static ColumnEvidence? SettledBy(ColumnEvidence column, ColumnEvidence[] columns) => columns.FirstOrDefault(other =>
        other is { Dates: > .95, DateFormat: > 0, IsAmbiguous: false }
        && (DayOf(other.DateFormat) == DayOf(column.DateFormat) || DayOf(other.DateFormat) == DayOf(TwinOf(column.DateFormat))));

    private static string DayOf(int number) => Formats[number - 1].Split(' ')[0];

    /// <summary>The formats by which a text is a date, a bit each.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 6 or > 32 || text.IndexOfAnyInRange((byte)'0', (byte)'9') < 0)
        {
            return 0;
        }

        UInt128 formats = IsoTime.TryRead(text, out _) ? 1u : 0u;
        for (var number = 0; number < Readers.Length; number++)
        {
            // Counts of seconds or milliseconds are taken for times from 2001 on; what is shorter counts something else.
            if (Formats[number] is CompactOfTaiwan or ExcelDays.Name || (Formats[number].Length == 2 && (text[0] == '0' || text.Length != (Formats[number] == "%s" ? 10 : 13))))
            {
                continue;
            }

            if (Readers[number].TryRead(text, out var time) && time.Day is > -36_525 and < 47_482)
            {
                formats |= UInt128.One << (number + 1);
            }
        }

        return formats;
    }

    /// <summary>The formats, as bits, of plain numbers that are dates where the name of their column says so: the days of spreadsheets, and 1140131.</summary>
    public static UInt128 OfNumber(ReadOnlySpan<byte> text)
    {
        var isSheet = ExcelDays.TryRead(text, out var day) && day.Day is >= FirstSheetDay and <= LastSheetDay;
        var isCompact = text.Length == CompactLength && Readers[^2].TryRead(text, out _);
        return (isSheet ? UInt128.One << Formats.Length : 0) | (isCompact ? UInt128.One << (Formats.Length - 1) : 0);
    }

    /// <summary>The year of a text in a format.</summary>
    public static int? YearOf(int number, ReadOnlySpan<byte> text) =>
        (number == 0 ? IsoTime.TryRead(text, out var time) : Readers[number - 1].TryRead(text, out time)) ? DateTime.UnixEpoch.AddDays(time.Day).Year : null;
}
