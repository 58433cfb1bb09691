using System.Text;

namespace Warehouse.Etl.Staging;

/// <summary>A record of a delimited file.</summary>
/// <param name="Line">The line on which it begins; 1 is the first.</param>
/// <param name="Fields">Its fields, quotes taken off.</param>
/// <param name="Raw">Its text as it stands in the file, without the line end.</param>
/// <param name="Fault">Why it cannot be trusted, or null.</param>
internal sealed record CsvRecord(long Line, IReadOnlyList<string> Fields, string Raw, string? Fault);

/// <summary>
/// Splits a text into records by RFC 4180, and goes on where a file breaks it: a record whose quote is not closed
/// is given back as its first line, with the fault, and reading begins again on the next line.
/// </summary>
internal static class CsvRecords
{
    /// <summary>More characters than these do not belong to one record: its quote was not meant to open.</summary>
    private const int LongestQuoted = 1 << 16;

    /// <summary>The records in order. Lines without a character are none.</summary>
    /// <param name="text">Read as it is asked for.</param>
    /// <param name="delimiter">What separates fields.</param>
    /// <param name="quote">What encloses them.</param>
    /// <param name="fields">
    /// How many fields a record of several lines must have to be believed: an opening quote that strayed into a line
    /// must not swallow the good lines after it. Null believes any number.
    /// </param>
    public static IEnumerable<CsvRecord> Read(TextReader text, char delimiter, char quote, int? fields = null)
    {
        var lines = new LineQueue(text);
        while (lines.TryTake(out var line, out var number))
        {
            if (line.Length == 0)
            {
                continue;
            }

            var split = new RecordSplit(delimiter, quote);
            var record = split.Take(line, isOpen: false) ? split : TakeLong(lines, split, delimiter, quote, fields);
            yield return record is null
                ? new CsvRecord(number, [], line, "a quote opens and is not closed")
                : new CsvRecord(number, record.Fields, record.Raw, record.Fault);
        }
    }

    /// <summary>
    /// A record whose quote is open at the end of its first line, with the lines that end it, or null where they do not
    /// make a record that can be believed. A line is looked at about once for all the records that might need it, and
    /// texts are put together only when they will be used.
    /// </summary>
    private static RecordSplit? TakeLong(LineQueue lines, RecordSplit first, char delimiter, char quote, int? fields)
    {
        var fieldCount = first.Fields.Count;
        var isWhole = false;
        var ahead = 0;
        while (!isWhole)
        {
            if (!lines.TryFindClosing(ref ahead, quote, LongestQuoted - first.Raw.Length))
            {
                return null;
            }

            var rest = new RecordSplit(delimiter, quote);
            isWhole = rest.Take(lines.Peek(ahead++), isOpen: true);
            fieldCount += rest.Fields.Count;
            if (rest.Fault is not null || fieldCount > (fields ?? int.MaxValue))
            {
                return null;
            }
        }

        if (fieldCount != (fields ?? fieldCount))
        {
            return null;
        }

        var whole = new RecordSplit(delimiter, quote);
        whole.Take(string.Join('\n', Enumerable.Range(0, ahead).Select(lines.Peek).Prepend(first.Raw)), isOpen: false);
        if (whole.Fault is not null)
        {
            return null;
        }

        lines.Drop(ahead);
        return whole;
    }

    /// <summary>Splits a text into its fields.</summary>
    private sealed class RecordSplit(char delimiter, char quote)
    {
        /// <summary>The fields that have ended.</summary>
        public List<string> Fields { get; } = [];

        public string Raw { get; private set; } = "";

        public string? Fault { get; private set; }

        /// <summary>Takes a text that begins within quotes or not, and says whether it ends outside of them.</summary>
        public bool Take(string text, bool isOpen)
        {
            Raw = text;
            Fault = text.Contains('\0') ? "it holds zero bytes" : null;
            var field = new StringBuilder();
            var at = 0;
            while (true)
            {
                if (isOpen || (at < text.Length && text[at] == quote))
                {
                    at = TakeQuoted(text, isOpen ? at : at + 1, field);
                    if (at < 0)
                    {
                        return false;
                    }

                    if (at < text.Length && text[at] != delimiter)
                    {
                        Fault ??= "text follows a closing quote";
                    }

                    isOpen = false;
                }

                var end = text.IndexOf(delimiter, at);
                field.Append(text, at, (end < 0 ? text.Length : end) - at);
                Fields.Add(field.ToString());
                field.Clear();
                if (end < 0)
                {
                    return true;
                }

                at = end + 1;
            }
        }

        /// <summary>Takes what stands in quotes and gives the place after the closing one, or -1 where there is none.</summary>
        private int TakeQuoted(string text, int at, StringBuilder field)
        {
            while (true)
            {
                var next = text.IndexOf(quote, at);
                if (next < 0)
                {
                    return -1;
                }

                field.Append(text, at, next - at);
                if (next + 1 < text.Length && text[next + 1] == quote)
                {
                    field.Append(quote);
                    at = next + 2;
                }
                else
                {
                    return next + 1;
                }
            }
        }
    }

    /// <summary>Lines with their numbers; those looked at ahead are kept until they are taken.</summary>
    private sealed class LineQueue(TextReader text)
    {
        private readonly List<(string Line, long End)> _ahead = [];
        private int _first;
        private long _number;
        private long _length;
        private long _openFrom;
        private long _openTo;

        public bool TryTake(out string line, out long number)
        {
            if (!TryPeek(0, out line))
            {
                number = 0;
                return false;
            }

            Drop(1);
            number = _number;
            return true;
        }

        /// <summary>A line that was looked at before.</summary>
        public string Peek(int ahead) => _ahead[_first + ahead].Line;

        private bool TryPeek(int ahead, out string line)
        {
            while (_ahead.Count - _first <= ahead)
            {
                if (text.ReadLine() is not { } next)
                {
                    line = "";
                    return false;
                }

                _length += next.Length + 1;
                _ahead.Add((next, _length));
            }

            line = _ahead[_first + ahead].Line;
            return true;
        }

        /// <summary>
        /// Moves on to the next line in which an open quote closes, among the lines of so many characters. The last lines
        /// that were found without such a quote are not looked at again.
        /// </summary>
        public bool TryFindClosing(ref int ahead, char quote, long longest)
        {
            for (; TryPeek(ahead, out var line); ahead++)
            {
                if (_ahead[_first + ahead].End - (_ahead[_first].End - _ahead[_first].Line.Length) > longest)
                {
                    return false;
                }

                var number = _number + ahead;
                if (number >= _openFrom && number < _openTo)
                {
                    ahead = (int)(_openTo - _number) - 1;
                }
                else if (Closes(line, quote))
                {
                    return true;
                }
                else
                {
                    _openFrom = number == _openTo ? _openFrom : number;
                    _openTo = number + 1;
                }
            }

            return false;
        }

        /// <summary>Whether a line that begins within quotes has one that is not doubled.</summary>
        private static bool Closes(string line, char quote)
        {
            for (var at = line.IndexOf(quote); at >= 0; at = line.IndexOf(quote, at + 2))
            {
                if (at + 1 == line.Length || line[at + 1] != quote)
                {
                    return true;
                }

                if (at + 2 >= line.Length)
                {
                    return false;
                }
            }

            return false;
        }

        public void Drop(int count)
        {
            _first += count;
            _number += count;
            if (_first == _ahead.Count || _first > 4096)
            {
                _ahead.RemoveRange(0, _first);
                _first = 0;
            }
        }
    }
}
