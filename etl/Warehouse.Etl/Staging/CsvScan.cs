using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Warehouse.Etl.Staging;

/// <summary>
/// Reads a delimited file once, fast, and proves it regular or finds the first reason why it is not. The engine's
/// reader then takes regular files as they are; the others go through <see cref="CsvRepair"/>, which accounts for
/// every record.
/// </summary>
internal sealed class CsvScan
{
    /// <summary>Longer records, in bytes, are not for the engine's reader.</summary>
    public const int LongestRecord = 1 << 20;

    private const int BufferSize = 1 << 20;
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private readonly byte _delimiter;
    private readonly byte _quote;
    private readonly SearchValues<byte> _signs;

    private State _state = State.Plain;
    private long _records;
    private int _fields = 1;
    private int _headerFields;
    private long _recordStart;
    private long _fieldStart;
    private long _return = -2;
    private bool? _returns;

    private CsvScan(char delimiter, char quote)
    {
        _delimiter = (byte)delimiter;
        _quote = (byte)quote;
        _signs = SearchValues.Create(_delimiter, _quote, LineFeed, CarriageReturn, (byte)0);
    }

    private enum State
    {
        Plain,
        Quoted,
        AfterQuote,
    }

    private string? Irregularity { get; set; }

    /// <summary>Scans a decompressed stream; it is read to its end even when it is irregular.</summary>
    /// <param name="stream">The bytes of the file.</param>
    /// <param name="delimiter">One ASCII character.</param>
    /// <param name="quote">One ASCII character.</param>
    /// <param name="encoding">Any encoding but UTF-8 is irregular.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<CsvOutline> RunAsync(
        Stream stream, char delimiter, char quote, Encoding encoding, CancellationToken cancellationToken)
    {
        var scan = new CsvScan(delimiter, quote) { Irregularity = encoding is UTF8Encoding ? null : "it is not in UTF-8" };
        var start = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long position = 0;
            var kept = 0;
            int read;
            while ((read = await stream.ReadAtLeastAsync(buffer.AsMemory(kept), buffer.Length - kept, throwOnEndOfStream: false, cancellationToken)) > 0)
            {
                if (start.Length < LongestRecord)
                {
                    start.Write(buffer, kept, read);
                }

                if (scan.Irregularity is null)
                {
                    scan.Take(buffer.AsSpan(kept, read), position);
                    kept = scan.CheckText(buffer.AsSpan(0, kept + read), buffer);
                }
                else
                {
                    kept = 0;
                }

                position += read;
            }

            scan.End(position, kept);
            return new CsvOutline(ReadHeader(start.ToArray(), delimiter, quote, encoding), scan._records - 1, scan.Irregularity);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string[] ReadHeader(byte[] start, char delimiter, char quote, Encoding encoding)
    {
        var lenient = Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback);
        using var reader = new StreamReader(new MemoryStream(start), lenient);
        return CsvRecords.Read(reader, delimiter, quote).FirstOrDefault()?.Fields.Select(name => name.Trim()).ToArray() ?? [];
    }

    /// <summary>Checks all but a character that has not ended; moves its bytes to the front and gives their number.</summary>
    private int CheckText(ReadOnlySpan<byte> bytes, byte[] buffer)
    {
        if (Utf8.IsValid(bytes))
        {
            return 0;
        }

        var open = 0;
        while (open < Math.Min(3, bytes.Length) && (bytes[^(open + 1)] & 0xC0) == 0x80)
        {
            open++;
        }

        open = open < Math.Min(4, bytes.Length) && bytes[^(open + 1)] >= 0xC0 ? open + 1 : 0;
        if (Utf8.IsValid(bytes[..^open]))
        {
            bytes[^open..].CopyTo(buffer);
            return open;
        }

        Irregularity ??= "it is not valid UTF-8";
        return 0;
    }

    private void Take(ReadOnlySpan<byte> bytes, long position)
    {
        var at = 0;
        if (position == 0 && bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            at = Encoding.UTF8.Preamble.Length;
            _recordStart = _fieldStart = at;
        }

        while (at < bytes.Length && Irregularity is null)
        {
            if (_state == State.AfterQuote)
            {
                at = LeaveQuotes(bytes, at);
                continue;
            }

            var next = _state == State.Quoted ? bytes[at..].IndexOfAny(_quote, LineFeed, CarriageReturn) : bytes[at..].IndexOfAny(_signs);
            if (next < 0)
            {
                return;
            }

            at += next;
            if (_state == State.Quoted)
            {
                TakeQuoted(bytes[at]);
            }
            else
            {
                TakePlain(bytes[at], position + at);
            }

            at++;
        }
    }

    private int LeaveQuotes(ReadOnlySpan<byte> bytes, int at)
    {
        if (bytes[at] == _quote)
        {
            _state = State.Quoted;
            return at + 1;
        }

        _state = State.Plain;
        if (bytes[at] != _delimiter && bytes[at] != LineFeed && bytes[at] != CarriageReturn)
        {
            Irregularity = "text follows a closing quote";
        }

        return at;
    }

    private void TakeQuoted(byte sign)
    {
        if (sign == _quote)
        {
            _state = State.AfterQuote;
        }
        else
        {
            Irregularity = "a record spans several lines";
        }
    }

    private void TakePlain(byte sign, long position)
    {
        var afterReturn = _return == position - 1;
        if (_return >= 0 && !(afterReturn && sign == LineFeed))
        {
            Irregularity = "a line ends with a carriage return alone";
        }

        _return = -2;
        if (sign == _delimiter)
        {
            _fields++;
            _fieldStart = position + 1;
        }
        else if (sign == LineFeed)
        {
            EndRecord(afterReturn ? position - 1 : position);
            Irregularity ??= afterReturn == (_returns ??= afterReturn) ? null : "some lines end with a carriage return and some without";
            _recordStart = _fieldStart = position + 1;
        }
        else if (sign == CarriageReturn)
        {
            _return = position;
        }
        else if (sign == 0)
        {
            Irregularity = "it holds zero bytes";
        }
        else if (position == _fieldStart)
        {
            _state = State.Quoted;
        }
        else
        {
            Irregularity = "a quote stands within a field";
        }
    }

    private void EndRecord(long end)
    {
        if (_records == 0)
        {
            _headerFields = _fields;
        }

        Irregularity = end == _recordStart ? "it has empty lines"
            : _fields != _headerFields ? "records differ in their number of fields"
            : end - _recordStart > LongestRecord ? "a record is very long"
            : Irregularity;
        _records++;
        _fields = 1;
    }

    private void End(long position, int open)
    {
        if (open > 0)
        {
            Irregularity ??= "it is not valid UTF-8";
        }

        if (_state == State.Quoted || _return >= 0)
        {
            Irregularity ??= "its last line is not whole";
        }

        if (position > _recordStart && Irregularity is null)
        {
            EndRecord(position);
        }

        if (_headerFields == 1)
        {
            // With one field an empty line and an empty value cannot be told apart by the engine.
            Irregularity ??= "it has one column";
        }
    }
}
