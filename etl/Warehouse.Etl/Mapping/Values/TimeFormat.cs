using System.Globalization;
using System.Text;

namespace Warehouse.Etl.Mapping.Values;

/// <summary>A way to write dates and times, in the parts of strptime: %d/%m/%Y %H:%M; %Ey is the year by which Taiwan counts (114 is 2025); or <c>excel</c>, days since 1900.</summary>
internal sealed class TimeFormat
{
    /// <summary>The parts that can be read, for people.</summary>
    public const string Known = "%Y %y %Ey %m %d %H %I %p %M %S %f %b %B %a %A %j %z %Z %c %x %X %s %Q";

    private static readonly byte[][] Months = Names(CultureInfo.InvariantCulture.DateTimeFormat.MonthNames);
    private static readonly byte[][] ShortMonths = Names(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames);
    private static readonly byte[][] Weekdays = Names(CultureInfo.InvariantCulture.DateTimeFormat.DayNames);
    private static readonly byte[][] ShortWeekdays = Names(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedDayNames);

    /// <summary>The first year of the Republic of China, by which Taiwan counts, is 1912.</summary>
    private const int YearsBeforeTheRepublic = 1911;

    private readonly byte[] _format;
    private readonly bool _isExcel;

    public TimeFormat(string format)
    {
        _isExcel = format == ExcelDays.Name;
        _format = Encoding.UTF8.GetBytes(format
            .Replace("%-", "%", StringComparison.Ordinal)
            .Replace("%Ey", "%E", StringComparison.Ordinal)
            .Replace("%c", "%Y-%m-%d %H:%M:%S", StringComparison.Ordinal)
            .Replace("%x", "%Y-%m-%d", StringComparison.Ordinal)
            .Replace("%X", "%H:%M:%S", StringComparison.Ordinal));
    }

    /// <summary>Whether a text names its own offset or zone.</summary>
    public bool NamesOffset => _format.AsSpan().IndexOf("%z"u8) >= 0 || _format.AsSpan().IndexOf("%Z"u8) >= 0 || _format is [(byte)'%', (byte)'s' or (byte)'Q'];

    /// <summary>Reads a whole text. What the format does not name is the first of it: January, the first, midnight.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, out WrittenTime time)
    {
        if (_isExcel)
        {
            return ExcelDays.TryRead(text, out time);
        }

        var parts = new Parts { Year = 1900, Month = 1, Day = 1 };
        var reader = new DigitReader(text);
        for (var at = 0; at < _format.Length; at++)
        {
            var sign = _format[at];
            if (sign == ' ' ? !TakeBlanks(ref reader) : sign == '%' ? !parts.Take(_format[++at], ref reader) : !reader.Take(sign))
            {
                time = default;
                return false;
            }
        }

        return parts.TryGet(out time) && reader.IsAtEnd;
    }

    private static bool TakeBlanks(ref DigitReader reader)
    {
        if (!reader.Take((byte)' '))
        {
            return false;
        }

        while (reader.Take((byte)' '))
        {
        }

        return true;
    }

    private static byte[][] Names(string[] names) => [.. names.Where(name => name.Length > 0).Select(Encoding.UTF8.GetBytes)];

    private static bool TakeName(ref DigitReader reader, byte[][] names, out int number)
    {
        for (number = 1; number <= names.Length; number++)
        {
            if (reader.TakeWord(names[number - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private struct Parts
    {
        private int _hours;
        private int _minutes;
        private int _seconds;
        private int _micros;
        private int? _dayOfYear;
        private bool? _isAfternoon;
        private long? _offset;
        private long? _sinceEpoch;

        public int Year { get; set; }

        public int Month { get; set; }

        public int Day { get; set; }

        public bool Take(byte part, ref DigitReader reader)
        {
            int number;
            switch (part)
            {
                case (byte)'Y':
                    return reader.TakeNumber(4, 4, out number) && Set(Year = number);
                case (byte)'y':
                    return reader.TakeNumber(1, 2, out number) && Set(Year = number + (number < 69 ? 2000 : 1900));
                case (byte)'E':
                    return reader.TakeNumber(2, 3, out number) && number > 0 && Set(Year = number + YearsBeforeTheRepublic);
                case (byte)'m':
                    return reader.TakeNumber(1, 2, out number) && Set(Month = number);
                case (byte)'b':
                    return TakeName(ref reader, ShortMonths, out number) && Set(Month = number);
                case (byte)'B':
                    return TakeName(ref reader, Months, out number) && Set(Month = number);
                case (byte)'d':
                    return reader.TakeNumber(1, 2, out number) && Set(Day = number);
                case (byte)'j':
                    return reader.TakeNumber(1, 3, out number) && number is >= 1 and <= 366 && Set(_dayOfYear = number);
                case (byte)'a':
                    return TakeName(ref reader, ShortWeekdays, out _);
                case (byte)'A':
                    return TakeName(ref reader, Weekdays, out _);
                case (byte)'H':
                    return reader.TakeNumber(1, 2, out _hours) && _hours < 24;
                case (byte)'I':
                    return reader.TakeNumber(1, 2, out _hours) && _hours is >= 1 and <= 12 && Set(_isAfternoon ??= false);
                case (byte)'p':
                    return (reader.TakeWord("AM"u8) && Set(_isAfternoon = false)) || (reader.TakeWord("PM"u8) && Set(_isAfternoon = true));
                case (byte)'M':
                    return reader.TakeNumber(1, 2, out _minutes) && _minutes < 60;
                case (byte)'S':
                    return reader.TakeNumber(1, 2, out _seconds) && _seconds < 60;
                case (byte)'f' or (byte)'g' or (byte)'n':
                    return reader.TakeFraction(out _micros);
                case (byte)'z':
                    return TakeOffset(ref reader);
                case (byte)'Z':
                    return TakeZone(ref reader);
                case (byte)'s':
                    return reader.TakeLong(out var seconds) && Set(_sinceEpoch = seconds * WrittenTime.MicrosOfSecond);
                case (byte)'Q':
                    return reader.TakeLong(out var millis) && Set(_sinceEpoch = millis * 1000);
                case (byte)'%':
                    return reader.Take(part);
                default:
                    return false;
            }
        }

        public readonly bool TryGet(out WrittenTime time)
        {
            if (_sinceEpoch is { } micros)
            {
                var whole = WrittenTime.DayOf(micros);
                time = new WrittenTime(whole, micros - (whole * WrittenTime.MicrosOfDay), 0);
                return true;
            }

            var hours = _isAfternoon is { } isAfternoon ? (_hours % 12) + (isAfternoon ? 12 : 0) : _hours;
            var isDate = WrittenTime.TryDay(Year, _dayOfYear is null ? Month : 1, _dayOfYear is null ? Day : 1, out var day);
            day += (_dayOfYear ?? 1) - 1;
            time = new WrittenTime(day, (((((hours * 60L) + _minutes) * 60) + _seconds) * WrittenTime.MicrosOfSecond) + _micros, _offset);
            return isDate && (_dayOfYear != 366 || DateTime.IsLeapYear(Year));
        }

        private static bool Set<T>(T _) => true;

        private bool TakeOffset(ref DigitReader reader)
        {
            if (!reader.TakeOffset(out var offset))
            {
                return false;
            }

            _offset = offset;
            return true;
        }

        private bool TakeZone(ref DigitReader reader)
        {
            if (!reader.TakeWord("UTC"u8) && !reader.TakeWord("GMT"u8) && !reader.TakeWord("Z"u8))
            {
                return false;
            }

            _offset = 0;
            return true;
        }
    }
}
