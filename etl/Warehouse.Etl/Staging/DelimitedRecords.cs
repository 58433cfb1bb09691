using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Warehouse.Etl.Staging;

/// <summary>
/// Splits a delimited text in UTF-8 into records by RFC 4180, in one pass over its bytes, and goes on where a file breaks
/// the rules: a record whose quote is not closed is set aside as its first line, and reading begins again on the next.
/// Lines without a character are no records.
/// </summary>
/// <param name="stream">The text.</param>
/// <param name="delimiter">One ASCII character.</param>
/// <param name="quote">One ASCII character.</param>
internal sealed class DelimitedRecords(Stream stream, char delimiter, char quote)
{
    /// <summary>More bytes than these do not belong to one record of several lines: its quote was not meant to open.</summary>
    public const int LongestQuoted = 1 << 16;

    /// <summary>A longer line is set aside: nobody meant it.</summary>
    public const int LongestLine = 1 << 26;

    private const int BlockBytes = 1 << 19;
    private const int ShownOfALongLine = 1 << 12;
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private static readonly byte[] Replacement = [0xEF, 0xBF, 0xBD];

    private readonly byte _delimiter = (byte)delimiter;
    private readonly byte _quote = (byte)quote;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
    private byte[][] _header = [];
    private int _at;
    private int _end;
    private int _validTo;
    private long _line = 1;
    private bool _isAtEnd;
    private bool _isDiscarding;
    private bool _hasZeros;

    // The record that was split last.
    private Slice[] _fields = new Slice[64];
    private int _count;
    private int _recordEnd;
    private int _next;
    private int _lines;
    private bool _isDecorated;
    private string? _fault;

    /// <summary>Whether the text came from another encoding, so that a replacement character tells of bytes that were no character in it.</summary>
    public bool IsTranscoded { get; init; }

    /// <summary>The names in the first record, blanks around them taken off; none where there is no record.</summary>
    /// <param name="given">The names where no record of the text gives them.</param>
    public IReadOnlyList<string> ReadHeader(IReadOnlyList<string>? given = null)
    {
        Fill();
        _at = _buffer.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        if (given is not null)
        {
            _header = [.. given.Select(Encoding.UTF8.GetBytes)];
            return given;
        }

        SkipEmptyLines();
        bool isWhole;
        while (!(isWhole = _at < _end && TrySplit(expected: null)) && !_isAtEnd && _end - _at < LongestLine)
        {
            MoveOn(_buffer);
            SkipEmptyLines();
        }

        if (!isWhole)
        {
            return [];
        }

        var names = new string[_count];
        for (var field = 0; field < names.Length; field++)
        {
            names[field] = Encoding.UTF8.GetString(_buffer.AsSpan(_fields[field].Start, Plain(_fields[field]).Length)).Trim();
        }

        Leave();
        _header = [.. names.Select(Encoding.UTF8.GetBytes)];
        return names;
    }

    /// <summary>The records after the header, in order. Whoever takes a block disposes of it.</summary>
    public IEnumerable<RecordBlock> Read()
    {
        while (_header.Length > 0 && (!_isAtEnd || _at < _end))
        {
            yield return TakeBlock();
        }
    }

    private RecordBlock TakeBlock()
    {
        var buffer = _buffer;
        var block = new RecordBlock(buffer, _end, _header.Length);
        Discard();
        for (SkipEmptyLines(); _at < _end; SkipEmptyLines())
        {
            if (TrySplit(_header.Length))
            {
                TakeRecord(block);
                Leave();
            }
            else if (_end - _at < LongestLine)
            {
                break;
            }
            else
            {
                block.Broken.Add(TooLong());
                _isDiscarding = true;
                Discard();
            }
        }

        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(BlockBytes, (_end - _at) * 2));
        MoveOn(buffer);
        return block;
    }

    private void TakeRecord(RecordBlock block)
    {
        if (FaultOf() is { } fault)
        {
            block.Broken.Add(fault);
            return;
        }

        for (var field = 0; _isDecorated && field < _count; field++)
        {
            _fields[field] = Plain(_fields[field]);
        }

        block.Add(_fields.AsSpan(0, _count), _line);
    }

    private BrokenRecord TooLong() => new(
        _line,
        "length",
        FormattableString.Invariant($"The line is longer than {LongestLine} bytes; its beginning is kept."),
        Encoding.UTF8.GetString(_buffer, _at, ShownOfALongLine));

    private BrokenRecord? FaultOf()
    {
        if (_recordEnd - _at > LongestLine)
        {
            return TooLong();
        }

        if (_fault is not null)
        {
            return Broken("quote", $"The record cannot be split into fields: {_fault}.");
        }

        if (_count != _header.Length)
        {
            return Broken("fields", FormattableString.Invariant($"The record has {_count} fields, and the header has {_header.Length}."));
        }

        if (_recordEnd > _validTo && !IsValid(_buffer.AsSpan(_at, _recordEnd - _at)))
        {
            return Broken("encoding", "The record has bytes that are no characters in the file's encoding.");
        }

        return RepeatsHeader() ? Broken("header", "The header is repeated in the middle of the file.") : null;
    }

    private BrokenRecord Broken(string rule, string reason) => new(
        _line, rule, reason, Encoding.UTF8.GetString(_buffer, _at, _recordEnd - _at).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'));

    private bool IsValid(ReadOnlySpan<byte> text) => IsTranscoded ? text.IndexOf(Replacement) < 0 : Utf8.IsValid(text);

    private bool RepeatsHeader()
    {
        for (var field = 0; field < _count; field++)
        {
            var length = _fields[field].Length;
            var text = _buffer.AsSpan(_fields[field].Start, length < 0 ? ~length : length);
            if (text.Length < _header[field].Length || !text.Trim(" \t"u8).SequenceEqual(_header[field]))
            {
                return false;
            }
        }

        return true;
    }

    private void Leave()
    {
        _at = _next;
        _line += _lines;
    }

    private void SkipEmptyLines()
    {
        while (_at < _end && TryTakeLineEnd(_at, out var next))
        {
            _at = next;
            _line++;
        }
    }

    /// <summary>Passes over a line that was given up, to its end.</summary>
    private void Discard()
    {
        if (_isDiscarding)
        {
            var end = _buffer.AsSpan(_at, _end - _at).IndexOfAny(LineFeed, CarriageReturn);
            _isDiscarding = end < 0;
            _at = end < 0 ? _end : _at + end;
        }
    }

    /// <summary>Whether a line ends here: with CR LF, LF or CR. What follows a CR at the end of the buffer is not known yet.</summary>
    private bool TryTakeLineEnd(int at, out int next)
    {
        next = at + 1;
        if (_buffer[at] == LineFeed)
        {
            return true;
        }

        if (_buffer[at] != CarriageReturn || (next == _end && !_isAtEnd))
        {
            return false;
        }

        next += next < _end && _buffer[next] == LineFeed ? 1 : 0;
        return true;
    }

    /// <summary>
    /// Splits the record that begins here; false where the buffer ends within it. A field of quotes that holds doubled
    /// quotes or line ends has the complement of its length for now: see <see cref="Plain"/>.
    /// </summary>
    /// <param name="expected">
    /// How many fields a record of several lines must have to be believed: an opening quote that strayed into a line must
    /// not swallow the good lines after it. Null believes any number.
    /// </param>
    private bool TrySplit(int? expected)
    {
        (_count, _lines, _fault, _isDecorated) = (0, 1, null, false);
        var bytes = _buffer.AsSpan(0, _end);
        var firstEnd = -1;
        var at = _at;
        while (true)
        {
            var start = at;
            var length = -1;
            if (at < bytes.Length && bytes[at] == _quote)
            {
                start++;
                switch (TakeQuoted(bytes, ref at, ref firstEnd, out var isDecorated))
                {
                    case null:
                        return false;
                    case false:
                        return GiveUp(firstEnd);
                }

                length = isDecorated ? ~(at - 1 - start) : at - 1 - start;
                _isDecorated |= isDecorated;
                if (at < bytes.Length && bytes[at] != _delimiter && bytes[at] is not (LineFeed or CarriageReturn))
                {
                    if (firstEnd >= 0)
                    {
                        return GiveUp(firstEnd);
                    }

                    _fault = "text follows a closing quote";
                }
            }

            var end = bytes[at..].IndexOfAny(_delimiter, LineFeed, CarriageReturn);
            if (end < 0 && !_isAtEnd)
            {
                return false;
            }

            at = end < 0 ? bytes.Length : at + end;
            AddField(new Slice(start, length == -1 ? at - start : length));
            if (at < bytes.Length && bytes[at] == _delimiter)
            {
                if (firstEnd >= 0 && _count == expected)
                {
                    return GiveUp(firstEnd);
                }

                at++;
                continue;
            }

            _recordEnd = _next = at;
            return (at == bytes.Length || TryTakeLineEnd(at, out _next)) && Believe(expected, firstEnd);
        }
    }

    /// <summary>Moves behind a closing quote. False: there is none that can be believed; null: the buffer ends before it.</summary>
    private bool? TakeQuoted(ReadOnlySpan<byte> bytes, ref int at, ref int firstEnd, out bool isDecorated)
    {
        isDecorated = false;
        at++;
        while (true)
        {
            var next = bytes[at..].IndexOfAny(_quote, LineFeed, CarriageReturn);
            if (next < 0)
            {
                return _isAtEnd ? false : null;
            }

            at += next;
            if (bytes[at] == _quote)
            {
                at++;
                if (at == bytes.Length)
                {
                    return _isAtEnd ? true : null;
                }

                if (bytes[at] != _quote)
                {
                    return true;
                }

                at++;
                isDecorated = true;
                continue;
            }

            firstEnd = firstEnd < 0 ? at : firstEnd;
            if (!TryTakeLineEnd(at, out var line))
            {
                return null;
            }

            isDecorated |= bytes[at] == CarriageReturn;
            at = line;
            _lines++;
            if (_fault is not null || at - _at > LongestQuoted)
            {
                return false;
            }
        }
    }

    private void AddField(Slice field)
    {
        if (_count == _fields.Length)
        {
            Array.Resize(ref _fields, _count * 2);
        }

        _fields[_count++] = field;
    }

    private bool Believe(int? expected, int firstEnd)
    {
        var hasZeros = _hasZeros && _buffer.AsSpan(_at, _recordEnd - _at).Contains((byte)0);
        if (firstEnd >= 0 && (hasZeros || _count != (expected ?? _count)))
        {
            return GiveUp(firstEnd);
        }

        _fault = hasZeros ? "it holds zero bytes" : _fault;
        return true;
    }

    /// <summary>Takes the first line alone, at fault.</summary>
    private bool GiveUp(int firstEnd)
    {
        _recordEnd = firstEnd < 0 ? _end : firstEnd;
        _next = _recordEnd;
        if (_recordEnd < _end)
        {
            _ = TryTakeLineEnd(_recordEnd, out _next);
        }

        (_lines, _fault) = (1, "a quote opens and is not closed");
        return true;
    }

    /// <summary>Undoubles the quotes of a field and makes each of its line ends one LF, where it stands.</summary>
    private Slice Plain(Slice field)
    {
        if (field.Length >= 0)
        {
            return field;
        }

        var text = _buffer.AsSpan(field.Start, ~field.Length);
        var length = 0;
        for (var at = 0; at < text.Length; at++)
        {
            var sign = text[at];
            if (sign == _quote)
            {
                at++;
            }
            else if (sign == CarriageReturn)
            {
                sign = LineFeed;
                at += at + 1 < text.Length && text[at + 1] == LineFeed ? 1 : 0;
            }

            text[length++] = sign;
        }

        return field with { Length = length };
    }

    /// <summary>Goes on with what was not taken of a buffer at the start of the current one, or of a larger one.</summary>
    private void MoveOn(byte[] from)
    {
        if (_buffer == from)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(BlockBytes, (_end - _at) * 2));
        }

        from.AsSpan(_at, _end - _at).CopyTo(_buffer);
        (_at, _end) = (0, _end - _at);
        Fill();
    }

    /// <summary>Reads as much as the buffer holds, but for some room for texts that are made of the fields.</summary>
    private void Fill()
    {
        var room = _buffer.Length - (_buffer.Length / 8) - _end;
        var read = stream.ReadAtLeast(_buffer.AsSpan(_end, room), room, throwOnEndOfStream: false);
        _isAtEnd = read < room;
        _end += read;
        var whole = _buffer.AsSpan(0, _isAtEnd ? _end : _buffer.AsSpan(0, _end).LastIndexOf(LineFeed) + 1);
        _validTo = IsValid(whole) ? whole.Length : 0;
        _hasZeros = _buffer.AsSpan(0, _end).Contains((byte)0);
    }
}
