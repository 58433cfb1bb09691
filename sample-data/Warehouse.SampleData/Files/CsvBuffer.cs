using System.Buffers.Text;
using System.Text;
using Warehouse.SampleData.Calendar;

namespace Warehouse.SampleData.Files;

/// <summary>Rows of comma-separated UTF-8, one after another without line ends, in memory that grows and is used again.</summary>
internal sealed class CsvBuffer
{
    private byte[] _bytes = new byte[1 << 16];
    private int _length;
    private bool _isRowStart;

    public int Length => _length;

    public ReadOnlySpan<byte> Span(int start, int length) => _bytes.AsSpan(start, length);

    public void Clear() => _length = 0;

    /// <summary>Begins a row; returns where it starts.</summary>
    public int BeginRow()
    {
        _isRowStart = true;
        return _length;
    }

    /// <summary>A field that needs no quotes.</summary>
    public void Plain(ReadOnlySpan<byte> ascii)
    {
        ascii.CopyTo(Next(ascii.Length));
        _length += ascii.Length;
    }

    /// <summary>A field that needs no quotes: ASCII.</summary>
    public void Plain(ReadOnlySpan<char> ascii)
    {
        var written = Encoding.ASCII.GetBytes(ascii, Next(ascii.Length));
        _length += written;
    }

    /// <summary>A field of any text, quoted where the text asks for it; empty for null.</summary>
    public void Text(string? text)
    {
        if (text is null)
        {
            Empty();
            return;
        }

        var field = Csv.Quoted(text);
        var written = Encoding.UTF8.GetBytes(field, Next(Encoding.UTF8.GetMaxByteCount(field.Length)));
        _length += written;
    }

    public void Empty() => Next(0);

    /// <summary>A whole number; empty for null.</summary>
    public void Number(int? value)
    {
        var target = Next(11);
        if (value is { } number)
        {
            Utf8Formatter.TryFormat(number, target, out var written);
            _length += written;
        }
    }

    /// <summary>An amount with two decimals, from hundredths.</summary>
    public void Hundredths(long value)
    {
        var target = Next(24);
        var at = 0;
        if (value < 0)
        {
            target[at++] = (byte)'-';
            value = -value;
        }

        var (whole, cents) = Math.DivRem(value, 100);
        Utf8Formatter.TryFormat(whole, target[at..], out var written);
        at += written;
        target[at++] = (byte)'.';
        WriteTwoDigits((int)cents, target[at..]);
        _length += at + 2;
    }

    /// <summary>A date and a time of day: 2024-02-29 13:45:00.</summary>
    public void Time(LocalTime time)
    {
        var target = Next(19);
        WriteDate(time.Date, target);
        target[10] = (byte)' ';
        var (minutes, second) = Math.DivRem(time.SecondOfDay, 60);
        var (hour, minute) = Math.DivRem(minutes, 60);
        WriteTwoDigits(hour, target[11..]);
        target[13] = (byte)':';
        WriteTwoDigits(minute, target[14..]);
        target[16] = (byte)':';
        WriteTwoDigits(second, target[17..]);
        _length += 19;
    }

    /// <summary>Empty where there is no time, or where it is not before the end: what has not yet happened is not known.</summary>
    public void Time(LocalTime? time, LocalTime end)
    {
        if (time is { } known && known < end)
        {
            Time(known);
        }
        else
        {
            Empty();
        }
    }

    public void Date(DateOnly date)
    {
        WriteDate(date, Next(10));
        _length += 10;
    }

    private static void WriteDate(DateOnly date, Span<byte> target)
    {
        var (century, year) = Math.DivRem(date.Year, 100);
        WriteTwoDigits(century, target);
        WriteTwoDigits(year, target[2..]);
        target[4] = (byte)'-';
        WriteTwoDigits(date.Month, target[5..]);
        target[7] = (byte)'-';
        WriteTwoDigits(date.Day, target[8..]);
    }

    private static void WriteTwoDigits(int value, Span<byte> target)
    {
        var (tens, ones) = Math.DivRem(value, 10);
        target[0] = (byte)('0' + tens);
        target[1] = (byte)('0' + ones);
    }

    /// <summary>Writes the delimiter, unless the row begins here, and gives room for a field.</summary>
    private Span<byte> Next(int room)
    {
        if (_bytes.Length < _length + room + 1)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + room + 1));
        }

        if (!_isRowStart)
        {
            _bytes[_length++] = (byte)',';
        }

        _isRowStart = false;
        return _bytes.AsSpan(_length);
    }
}
