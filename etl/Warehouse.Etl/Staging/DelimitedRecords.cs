using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Warehouse.Etl.Staging;

/// <summary>
/// Reads a delimited text in UTF-8 as blocks of records, in one pass over its bytes, and goes on where a file breaks the
/// rules: what cannot be split, or not into the fields of the header, is set aside. Lines that hold nothing but blanks,
/// delimiters and empty quotes are no records.
/// </summary>
/// <param name="stream">The text.</param>
/// <param name="delimiter">One ASCII character or more.</param>
/// <param name="quote">One ASCII character.</param>
/// <param name="escape">The ASCII character that takes the next one's meaning away; null for none.</param>
internal sealed class DelimitedRecords(Stream stream, string delimiter, char quote, char? escape = null)
{
    /// <summary>A longer line is set aside: nobody meant it.</summary>
    public const int LongestLine = 1 << 26;

    private const int BlockBytes = 1 << 19;
    private const int ShownOfALongLine = 1 << 12;
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private static readonly byte[] Replacement = [0xEF, 0xBF, 0xBD];

    private readonly RecordSplitter _splitter = new(Encoding.UTF8.GetBytes(delimiter), (byte)quote, (byte?)escape);
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
    private byte[][] _header = [];
    private Slice[] _padded = [];
    private int _named;
    private int _at;
    private int _end;
    private int _validTo;
    private long _line = 1;
    private bool _isAtEnd;
    private bool _isDiscarding;
    private bool _hasZeros;

    /// <summary>Whether the text came from another encoding, so that a replacement character tells of bytes that were no character in it.</summary>
    public bool IsTranscoded { get; init; }

    /// <summary>The line whose record names the columns, from 1; null is the first that has one.</summary>
    public int? HeaderLine { get; init; }

    /// <summary>The ASCII character with which lines begin that are no records; null for none.</summary>
    public byte? Comment { get; init; }

    /// <summary>Whether a record with more fields than the header is joined again where a blank follows a delimiter, if it has as many as the header then.</summary>
    public bool JoinsStrayDelimiters { get => _splitter.JoinsStrayDelimiters; init => _splitter.JoinsStrayDelimiters = value; }

    /// <summary>
    /// The names in the first record, blanks around them taken off; none where there is no record. Columns at its end without a
    /// name need not be in every record.
    /// </summary>
    /// <param name="given">The names where no record of the text gives them.</param>
    public IReadOnlyList<string> ReadHeader(IReadOnlyList<string>? given = null)
    {
        Fill();
        _at = _buffer.AsSpan(0, _end).StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        SkipTo(HeaderLine ?? 1);
        if (given is not null && HeaderLine is null)
        {
            return Expect(given);
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

        if (given is not null)
        {
            Leave();
            return Expect(given);
        }

        _splitter.Undecorate(_buffer);
        var names = new string[_splitter.Fields.Length];
        for (var field = 0; field < names.Length; field++)
        {
            var name = _splitter.Fields[field];
            names[field] = Encoding.UTF8.GetString(_buffer.AsSpan(name.Start, name.Length)).Trim();
        }

        Leave();
        return Expect(names);
    }

    private IReadOnlyList<string> Expect(IReadOnlyList<string> names)
    {
        _header = [.. names.Select(Encoding.UTF8.GetBytes)];
        _padded = new Slice[_header.Length];
        var named = Array.FindLastIndex(_header, name => name.Length > 0) + 1;
        _named = named > 0 ? named : _header.Length;
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
            if (TrySplit((_named, _header.Length)))
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
        if (_splitter.Fault is null && _splitter.IsEmptyAfter(_buffer, 0))
        {
            return;
        }

        if (JoinsStrayDelimiters && _splitter.Fields.Length > _header.Length)
        {
            _splitter.JoinStray(_buffer, _header.Length);
        }

        if (FaultOf() is { } fault)
        {
            block.Broken.Add(fault);
            return;
        }

        _splitter.Undecorate(_buffer);
        var fields = _splitter.Fields;
        if (fields.Length < _header.Length)
        {
            _padded.AsSpan().Clear();
            fields.CopyTo(_padded);
            fields = _padded;
        }

        block.Add(fields[.._header.Length], _line);
    }

    private BrokenRecord TooLong() => new(
        _line,
        "length",
        FormattableString.Invariant($"The line is longer than {LongestLine} bytes; its beginning is kept."),
        Encoding.UTF8.GetString(_buffer, _at, ShownOfALongLine));

    private BrokenRecord? FaultOf()
    {
        if (_splitter.End - _at > LongestLine)
        {
            return TooLong();
        }

        if (_splitter.Fault is { } fault)
        {
            return Broken("quote", $"The record cannot be split into fields: {fault}.");
        }

        if (_splitter.Fields.Length < _named || !_splitter.IsEmptyAfter(_buffer, _header.Length))
        {
            return Broken("fields", FormattableString.Invariant($"The record has {_splitter.Fields.Length} fields, and the header has {_header.Length}."));
        }

        if (_splitter.End > _validTo && !IsValid(_buffer.AsSpan(_at, _splitter.End - _at)))
        {
            return Broken("encoding", "The record has bytes that are no characters in the file's encoding.");
        }

        return RepeatsHeader() ? Broken("header", "The header is repeated in the middle of the file.") : null;
    }

    private BrokenRecord Broken(string rule, string reason) => new(
        _line, rule, reason, Encoding.UTF8.GetString(_buffer, _at, _splitter.End - _at).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n'));

    private bool IsValid(ReadOnlySpan<byte> text) => IsTranscoded ? text.IndexOf(Replacement) < 0 : Utf8.IsValid(text);

    private bool RepeatsHeader()
    {
        var fields = _splitter.Fields;
        for (var field = 0; field < _named; field++)
        {
            var length = fields[field].Length;
            var text = _buffer.AsSpan(fields[field].Start, length < 0 ? ~length : length);
            if (text.Length < _header[field].Length || !text.Trim(" \t"u8).SequenceEqual(_header[field]))
            {
                return false;
            }
        }

        return true;
    }

    private bool TrySplit((int Least, int Most)? expected) => _splitter.TrySplit(_buffer.AsSpan(0, _end), _at, _isAtEnd, _hasZeros, expected);

    private void Leave()
    {
        _at = _splitter.Next;
        _line += _splitter.Lines;
    }

    /// <summary>Moves behind lines without a character and comments, as far as their ends were read.</summary>
    private void SkipEmptyLines()
    {
        while (_at < _end && TryLineEnd(_buffer[_at] == Comment, out var next))
        {
            _at = next;
            _line++;
        }
    }

    /// <summary>Moves to a line, whatever is on those before it.</summary>
    private void SkipTo(int line)
    {
        while (_line < line && _at < _end && _end - _at < LongestLine)
        {
            if (TryLineEnd(isAnyLine: true, out var next))
            {
                _at = next;
                _line++;
            }
            else
            {
                MoveOn(_buffer);
            }
        }
    }

    /// <summary>Where the next line begins, if the line at which reading stands has no character, or any; false where its end was not read.</summary>
    private bool TryLineEnd(bool isAnyLine, out int next)
    {
        var text = _buffer.AsSpan(0, _end);
        var end = isAnyLine ? text[_at..].IndexOfAny(LineFeed, CarriageReturn) : 0;
        next = _end;
        return end < 0 ? _isAtEnd : RecordSplitter.TryTakeLineEnd(text, _at + end, _isAtEnd, out next);
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
