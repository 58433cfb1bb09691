namespace Warehouse.Etl.Staging;

/// <summary>
/// Splits records of delimited text into fields by RFC 4180. A record whose quote is not closed is taken as its first line,
/// at fault, so that reading can begin again on the next. Blanks around quotes say nothing.
/// </summary>
/// <param name="delimiter">One ASCII character or more.</param>
/// <param name="quote">One ASCII character.</param>
/// <param name="escape">The ASCII character that takes the next one's meaning away; null for none. A field that is it and a capital N stays so.</param>
internal sealed class RecordSplitter(byte[] delimiter, byte quote, byte? escape)
{
    /// <summary>More bytes than these do not belong to one record of several lines: its quote was not meant to open.</summary>
    public const int LongestQuoted = 1 << 16;

    /// <summary>Whether a delimiter before a blank may belong to the text: then a quote behind blanks encloses no field.</summary>
    public bool JoinsStrayDelimiters { get; set; }

    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private Slice[] _fields = new Slice[64];
    private int _count;
    private bool _isDecorated;

    /// <summary>
    /// The fields of the record that was split last. A field of quotes that holds doubled quotes or line ends has the
    /// complement of its length until <see cref="Undecorate"/>.
    /// </summary>
    public ReadOnlySpan<Slice> Fields => _fields.AsSpan(0, _count);

    /// <summary>Where the record ends, before its line end.</summary>
    public int End { get; private set; }

    /// <summary>Where the next record begins.</summary>
    public int Next { get; private set; }

    /// <summary>How many lines the record has.</summary>
    public int Lines { get; private set; }

    /// <summary>Why the record cannot be trusted; null where it can.</summary>
    public string? Fault { get; private set; }

    /// <summary>Whether a line ends here: with CR LF, LF or CR. What follows a CR at the end of the bytes is not known yet.</summary>
    public static bool TryTakeLineEnd(ReadOnlySpan<byte> bytes, int at, bool isAtEnd, out int next)
    {
        next = at + 1;
        if (bytes[at] == LineFeed)
        {
            return true;
        }

        if (bytes[at] != CarriageReturn || (next == bytes.Length && !isAtEnd))
        {
            return false;
        }

        next += next < bytes.Length && bytes[next] == LineFeed ? 1 : 0;
        return true;
    }

    /// <summary>
    /// Splits the record that begins at a place; false where the bytes end within it.
    /// </summary>
    /// <param name="bytes">The text, as far as it was read.</param>
    /// <param name="begin">Where the record begins.</param>
    /// <param name="isAtEnd">Whether nothing follows the bytes.</param>
    /// <param name="mayHoldZeros">Whether there are zero bytes among them.</param>
    /// <param name="expected">
    /// How many fields a record of several lines must have to be believed, at least and at most: an opening quote that strayed
    /// into a line must not swallow the good lines after it. Null believes any number.
    /// </param>
    public bool TrySplit(ReadOnlySpan<byte> bytes, int begin, bool isAtEnd, bool mayHoldZeros, (int Least, int Most)? expected)
    {
        (_count, Lines, Fault, _isDecorated) = (0, 1, null, false);
        var firstEnd = -1;
        var at = begin;
        while (true)
        {
            var start = at;
            var length = -1;
            if (QuoteAt(bytes, at) is var open && open >= 0)
            {
                var (lines, first) = (Lines, firstEnd);
                at = open;
                var isClosed = TakeQuoted(bytes, begin, isAtEnd, ref at, ref firstEnd, out var isDecorated);
                var close = at - 1;
                while (isClosed == true && at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\t' && !IsDelimiter(bytes, at))
                {
                    at++;
                }

                var isField = isClosed == true && (at == bytes.Length || IsDelimiter(bytes, at) || bytes[at] is LineFeed or CarriageReturn);
                if (isClosed is null || (isClosed == true && !isField && !isAtEnd && bytes.Length - at < delimiter.Length))
                {
                    return false;
                }

                if (isField || open == start)
                {
                    if (isClosed == false || (!isField && firstEnd >= 0))
                    {
                        return GiveUp(bytes, isAtEnd, firstEnd);
                    }

                    start = open + 1;
                    length = isDecorated ? ~(close - start) : close - start;
                    _isDecorated |= isDecorated;
                    Fault = isField ? Fault : "text follows a closing quote";
                }
                else
                {
                    // A quote behind blanks that encloses nothing is a sign like any other.
                    (at, Lines, firstEnd) = (start, lines, first);
                }
            }

            var end = EndOfPlain(bytes, at, isAtEnd, out var isEscaped);
            if (end == bytes.Length && !isAtEnd)
            {
                return false;
            }

            at = end;
            _isDecorated |= isEscaped;
            AddField(new Slice(start, length != -1 ? length : isEscaped ? ~(at - start) : at - start));
            if (at < bytes.Length && bytes[at] is not (LineFeed or CarriageReturn))
            {
                if (firstEnd >= 0 && _count >= expected?.Most && !IsEmptyAfter(bytes, expected.Value.Most))
                {
                    return GiveUp(bytes, isAtEnd, firstEnd);
                }

                at += delimiter.Length;
                continue;
            }

            End = Next = at;
            if (at < bytes.Length)
            {
                if (!TryTakeLineEnd(bytes, at, isAtEnd, out var next))
                {
                    return false;
                }

                Next = next;
            }

            return Believe(bytes, begin, isAtEnd, mayHoldZeros, expected, firstEnd);
        }
    }

    private bool IsDelimiter(ReadOnlySpan<byte> bytes, int at) => bytes[at] == delimiter[0] && (delimiter.Length == 1 || bytes[at..].StartsWith(delimiter));

    /// <summary>Where the quote stands with which a field begins, behind blanks or not; -1 where there is none.</summary>
    private int QuoteAt(ReadOnlySpan<byte> bytes, int at)
    {
        while (!JoinsStrayDelimiters && at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\t' && bytes[at] != delimiter[0])
        {
            at++;
        }

        return at < bytes.Length && bytes[at] == quote ? at : -1;
    }

    /// <summary>Whether the fields of the record that was split last are blank from a place on: delimiters at the end of a line say nothing.</summary>
    public bool IsEmptyAfter(ReadOnlySpan<byte> bytes, int place)
    {
        for (var field = place; field < _count; field++)
        {
            var (start, length) = _fields[field];
            if (length < 0 || bytes.Slice(start, length).ContainsAnyExcept(" \t"u8))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Joins the fields of the record that was split last where a blank follows a delimiter between texts without quotes
    /// (« 12, Main Street » in a file of commas), if just the fields that are expected are left then. Else nothing is changed.
    /// </summary>
    public void JoinStray(ReadOnlySpan<byte> bytes, int expected)
    {
        var joins = 0;
        for (var field = 1; field < _count; field++)
        {
            joins += IsStray(bytes, field) ? 1 : 0;
        }

        if (_count - joins != expected)
        {
            return;
        }

        var kept = 0;
        for (var field = 1; field < _count; field++)
        {
            var (start, length) = _fields[field];
            if (IsStray(bytes, field))
            {
                _fields[kept] = _fields[kept] with { Length = start + length - _fields[kept].Start };
            }
            else
            {
                _fields[++kept] = _fields[field];
            }
        }

        _count = expected;
    }

    private bool IsStray(ReadOnlySpan<byte> bytes, int field)
    {
        var (before, after) = (_fields[field - 1], _fields[field]);
        return before.Length > 0 && after.Length > 1 && bytes[after.Start] == (byte)' ' && before.Start + before.Length + delimiter.Length == after.Start
            && (before.Start == 0 || bytes[before.Start - 1] != quote);
    }

    /// <summary>Moves behind a closing quote. False: there is none that can be believed; null: the buffer ends before it.</summary>
    private bool? TakeQuoted(ReadOnlySpan<byte> bytes, int begin, bool isAtEnd, ref int at, ref int firstEnd, out bool isDecorated)
    {
        isDecorated = false;
        at++;
        while (true)
        {
            var next = escape is { } sign ? bytes[at..].IndexOfAny([quote, LineFeed, CarriageReturn, sign]) : bytes[at..].IndexOfAny(quote, LineFeed, CarriageReturn);
            if (next < 0)
            {
                return isAtEnd ? false : null;
            }

            at += next;
            if (bytes[at] == escape)
            {
                isDecorated = true;
                at++;
                if (at == bytes.Length)
                {
                    return isAtEnd ? false : null;
                }

                at += bytes[at] is LineFeed or CarriageReturn ? 0 : 1;
                continue;
            }

            if (bytes[at] == quote)
            {
                at++;
                if (at == bytes.Length)
                {
                    return isAtEnd ? true : null;
                }

                if (bytes[at] != quote)
                {
                    return true;
                }

                at++;
                isDecorated = true;
                continue;
            }

            firstEnd = firstEnd < 0 ? at : firstEnd;
            if (!TryTakeLineEnd(bytes, at, isAtEnd, out var line))
            {
                return null;
            }

            isDecorated |= bytes[at] == CarriageReturn;
            at = line;
            Lines++;
            if (Fault is not null || at - begin > LongestQuoted)
            {
                return false;
            }
        }
    }

    /// <summary>Where a field that no quote encloses ends: at a delimiter, a line end, or the end of the bytes.</summary>
    private int EndOfPlain(ReadOnlySpan<byte> bytes, int at, bool isAtEnd, out bool isEscaped)
    {
        isEscaped = false;
        while (true)
        {
            var end = escape is { } sign ? bytes[at..].IndexOfAny([delimiter[0], LineFeed, CarriageReturn, sign]) : bytes[at..].IndexOfAny(delimiter[0], LineFeed, CarriageReturn);
            if (end < 0)
            {
                return bytes.Length;
            }

            at += end;
            if (bytes[at] == escape)
            {
                isEscaped = true;
                at = Math.Min(at + (at + 1 < bytes.Length && bytes[at + 1] is LineFeed or CarriageReturn ? 1 : 2), bytes.Length);
            }
            else if (bytes[at] is LineFeed or CarriageReturn || IsDelimiter(bytes, at))
            {
                return at;
            }
            else if (!isAtEnd && bytes.Length - at < delimiter.Length)
            {
                return bytes.Length;
            }
            else
            {
                at++;
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

    private bool Believe(ReadOnlySpan<byte> bytes, int begin, bool isAtEnd, bool mayHoldZeros, (int Least, int Most)? expected, int firstEnd)
    {
        var hasZeros = mayHoldZeros && bytes[begin..End].Contains((byte)0);
        if (firstEnd >= 0 && (hasZeros || _count < expected?.Least || !IsEmptyAfter(bytes, expected?.Most ?? _count)))
        {
            return GiveUp(bytes, isAtEnd, firstEnd);
        }

        Fault = hasZeros ? "it holds zero bytes" : Fault;
        return true;
    }

    /// <summary>Takes the first line alone, at fault.</summary>
    private bool GiveUp(ReadOnlySpan<byte> bytes, bool isAtEnd, int firstEnd)
    {
        End = firstEnd < 0 ? bytes.Length : firstEnd;
        Next = End;
        if (End < bytes.Length)
        {
            _ = TryTakeLineEnd(bytes, End, isAtEnd, out var next);
            Next = next;
        }

        (Lines, Fault) = (1, "a quote opens and is not closed");
        return true;
    }

    /// <summary>Undoubles the quotes of the fields, takes out the escapes and makes each of their line ends one LF, where they stand.</summary>
    /// <param name="bytes">The text of the record that was split last.</param>
    public void Undecorate(Span<byte> bytes)
    {
        for (var field = 0; _isDecorated && field < _count; field++)
        {
            _fields[field] = Plain(bytes, _fields[field]);
        }
    }

    private Slice Plain(Span<byte> bytes, Slice field)
    {
        if (field.Length >= 0)
        {
            return field;
        }

        var text = bytes.Slice(field.Start, ~field.Length);
        var length = 0;
        var isQuoted = field.Start > 0 && bytes[field.Start - 1] == quote;
        if (!isQuoted && escape is { } taking && text.SequenceEqual([taking, (byte)'N']))
        {
            return field with { Length = text.Length };
        }

        for (var at = 0; at < text.Length; at++)
        {
            var sign = text[at];
            if (sign == escape && at + 1 < text.Length)
            {
                sign = text[++at];
            }
            else if (sign == quote && isQuoted)
            {
                at++;
            }

            if (sign == CarriageReturn)
            {
                sign = LineFeed;
                at += at + 1 < text.Length && text[at + 1] == LineFeed ? 1 : 0;
            }

            text[length++] = sign;
        }

        return field with { Length = length };
    }
}
