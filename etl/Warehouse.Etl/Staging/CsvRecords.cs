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
            if (line.Length > 0)
            {
                yield return Split(line, number, delimiter, quote)
                    ?? ReadLong(lines, line, number, delimiter, quote, fields)
                    ?? new CsvRecord(number, [], line, "a quote opens and is not closed");
            }
        }
    }

    private static CsvRecord? ReadLong(LineQueue lines, string line, long number, char delimiter, char quote, int? fields)
    {
        var whole = new StringBuilder(line);
        for (var ahead = 0; whole.Length < LongestQuoted && lines.TryPeek(ahead, out var next); ahead++)
        {
            whole.Append('\n').Append(next);
            if (!next.Contains(quote) || Split(whole.ToString(), number, delimiter, quote) is not { } record)
            {
                continue;
            }

            if (record.Fault is not null || record.Fields.Count != (fields ?? record.Fields.Count))
            {
                return null;
            }

            lines.Drop(ahead + 1);
            return record;
        }

        return null;
    }

    /// <summary>The record, or null where the text ends within quotes.</summary>
    private static CsvRecord? Split(string text, long line, char delimiter, char quote)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        string? fault = text.Contains('\0') ? "it holds zero bytes" : null;
        var at = 0;
        while (true)
        {
            if (at < text.Length && text[at] == quote)
            {
                at = TakeQuoted(text, at + 1, quote, field);
                if (at < 0)
                {
                    return null;
                }

                if (at < text.Length && text[at] != delimiter)
                {
                    fault ??= "text follows a closing quote";
                }
            }

            var end = text.IndexOf(delimiter, at);
            var last = end < 0;
            field.Append(text, at, (last ? text.Length : end) - at);
            fields.Add(field.ToString());
            field.Clear();
            if (last)
            {
                return new CsvRecord(line, fields, text, fault);
            }

            at = end + 1;
        }
    }

    /// <summary>Takes what stands in quotes and gives the place after the closing one, or -1 where there is none.</summary>
    private static int TakeQuoted(string text, int at, char quote, StringBuilder field)
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

    /// <summary>Lines with their numbers; those looked at ahead are kept until they are taken.</summary>
    private sealed class LineQueue(TextReader text)
    {
        private readonly List<string> _ahead = [];
        private int _first;
        private long _number;

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

        public bool TryPeek(int ahead, out string line)
        {
            while (_ahead.Count - _first <= ahead)
            {
                if (text.ReadLine() is not { } next)
                {
                    line = "";
                    return false;
                }

                _ahead.Add(next);
            }

            line = _ahead[_first + ahead];
            return true;
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
