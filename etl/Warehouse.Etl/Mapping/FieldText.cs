using System.Buffers;
using System.Text;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Feeds.Expressions;
using Warehouse.Etl.Mapping.Values;
using Warehouse.Etl.Staging;

namespace Warehouse.Etl.Mapping;

/// <summary>The text that a source column gives in a row: without blanks around it, cleaned, and only where it is the mapping's.</summary>
/// <param name="source">The column, or what is computed from some.</param>
/// <param name="fieldOf">Gives the place of a column in the records.</param>
/// <param name="nulls">The texts that mean « no value ».</param>
/// <param name="hasComma">Whether the source writes decimals with a comma.</param>
/// <param name="lookup">What the texts stand for; null where they stand for themselves.</param>
internal sealed class FieldText(ValueSource source, Func<string, int> fieldOf, WordSet nulls, bool hasComma, LookupTexts? lookup)
{
    /// <summary>What is taken off the ends of a text beside ASCII's blanks: no-break space, ideographic space, byte-order mark.</summary>
    private static readonly byte[][] WideBlanks = ["\u00A0"u8.ToArray(), "\u3000"u8.ToArray(), "\uFEFF"u8.ToArray()];

    private static readonly SearchValues<byte> Blank = SearchValues.Create("\t\n\f\r "u8);

    private readonly int _field = source.Expression is null ? fieldOf(source.Column) : -1;
    private readonly Dictionary<string, int> _fields = source.Columns.Distinct().ToDictionary(column => column, fieldOf);
    private readonly TextPattern? _matches = source.Matches is { } pattern ? new TextPattern(pattern) : null;

    /// <summary>Whether the text is computed, and so numbers in it have a point and dates are in ISO 8601.</summary>
    public bool IsComputed => source.Expression is not null || source.Lookup is not null;

    /// <summary>The text in a row; one without a byte where there is none.</summary>
    /// <param name="block">The records.</param>
    /// <param name="row">The row.</param>
    /// <param name="isWrong">Whether the text is none that the feed foresees, or the reason why there is none.</param>
    public Slice Of(RecordBlock block, int row, out bool isWrong)
    {
        isWrong = false;
        var text = source.Expression is { } expression ? Computed(block, row, expression, out isWrong) : Plain(block, row, _field);
        if (text.Length == 0 || isWrong)
        {
            return text;
        }

        foreach (var how in source.Clean)
        {
            text = Cleaned(block, text, how);
        }

        if (_matches is not null && text.Length > 0 && !_matches.IsMatch(block.Text(text)))
        {
            return default;
        }

        return lookup is null || text.Length == 0 ? text : Valued(block, lookup.Of(block, text, out isWrong));
    }

    private Slice Plain(RecordBlock block, int row, int field) => Valued(block, Trimmed(block, block.Record(row)[field]));

    /// <summary>The text; none where it means « no value ».</summary>
    private Slice Valued(RecordBlock block, Slice text) =>
        text.Length == 0 || (!nulls.IsEmpty && nulls.Contains(block.Text(text))) ? default : text;

    private Slice Computed(RecordBlock block, int row, Expression expression, out bool isWrong)
    {
        var value = expression.Of(column =>
        {
            var text = Plain(block, row, _fields[column]);
            return text.Length == 0 ? null : Encoding.UTF8.GetString(block.Text(text));
        });
        isWrong = value.Fault is not null;
        var shown = value.Fault ?? value.ToText();
        return shown is null ? default : block.Append(shown);
    }

    private static Slice Trimmed(RecordBlock block, Slice slice)
    {
        var text = block.Text(slice);
        var start = 0;
        var end = text.Length;
        while (start < end && BlankAt(text[start..end], isEnd: false) is var blank and > 0)
        {
            start += blank;
        }

        while (start < end && BlankAt(text[start..end], isEnd: true) is var blank and > 0)
        {
            end -= blank;
        }

        return new Slice(slice.Start + start, end - start);
    }

    /// <summary>How many bytes the blank has with which a text begins or ends; 0 where it does not.</summary>
    private static int BlankAt(ReadOnlySpan<byte> text, bool isEnd)
    {
        var sign = isEnd ? text[^1] : text[0];
        if (sign is > (byte)' ' and < 0x80)
        {
            return 0;
        }

        if (sign < 0x80)
        {
            return sign is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r') ? 1 : 0;
        }

        foreach (var blank in WideBlanks)
        {
            if (isEnd ? text.EndsWith(blank) : text.StartsWith(blank))
            {
                return blank.Length;
            }
        }

        return 0;
    }

    private Slice Cleaned(RecordBlock block, Slice slice, Cleaning how)
    {
        var text = block.Text(slice);
        switch (how)
        {
            case Cleaning.Lower or Cleaning.Upper when Ascii.IsValid(text):
                var isLower = how == Cleaning.Lower;
                if (text.IndexOfAnyInRange((byte)(isLower ? 'A' : 'a'), (byte)(isLower ? 'Z' : 'z')) < 0)
                {
                    return slice;
                }

                var changed = block.Append(text);
                _ = isLower ? Ascii.ToLowerInPlace(block.Writable(changed), out _) : Ascii.ToUpperInPlace(block.Writable(changed), out _);
                return changed;
            case Cleaning.Lower:
                return block.Append(Encoding.UTF8.GetString(text).ToLowerInvariant());
            case Cleaning.Upper:
                return block.Append(Encoding.UTF8.GetString(text).ToUpperInvariant());
            case Cleaning.Digits:
                return Kept(block, slice, static (sign, _) => sign is >= (byte)'0' and <= (byte)'9');
            case Cleaning.Whole:
                var point = text.IndexOf((byte)'.');
                return point > 0 && point + 1 < text.Length
                    && text[..point].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
                    && text[(point + 1)..].IndexOfAnyExcept((byte)'0') < 0
                    ? slice with { Length = point }
                    : slice;
            case Cleaning.Blanks:
                var single = Kept(block, slice, static (sign, before) => !IsBlank(sign) || !IsBlank(before));
                block.Writable(single).ReplaceAny(Blank, (byte)' ');
                return single;
            case Cleaning.Number:
                return PlainNumber.Of(Encoding.UTF8.GetString(text), hasComma) is { } number ? block.Append(number) : slice;
            case Cleaning.Percent:
                return text is [.., (byte)'%'] && text[..^1].TrimEnd((byte)' ') is [.., >= (byte)'0' and <= (byte)'9'] share ? block.Append([.. share, .. "e-2"u8]) : slice;
            default:
                throw new ArgumentOutOfRangeException(nameof(how), how, "Not known.");
        }
    }

    private static bool IsBlank(byte sign) => sign is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\f' or (byte)'\r';

    /// <summary>The signs of a text that are to be kept, each judged with the one before it.</summary>
    private static Slice Kept(RecordBlock block, Slice slice, Func<byte, byte, bool> isKept)
    {
        var copy = block.Append(block.Text(slice));
        var text = block.Writable(copy);
        var length = 0;
        byte before = 0;
        foreach (var sign in text)
        {
            if (isKept(sign, before))
            {
                text[length++] = sign;
            }

            before = sign;
        }

        return copy with { Length = length };
    }
}
