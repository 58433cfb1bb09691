using System.Buffers;
using System.Text;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Mapping.Values;
using Warehouse.Etl.Staging;

namespace Warehouse.Etl.Mapping;

/// <summary>The text that a source column gives in a row: without blanks around it, cleaned, and only where it is the mapping's.</summary>
internal sealed class FieldText(ValueSource source, int field, WordSet nulls)
{
    /// <summary>What is taken off the ends of a text beside ASCII's blanks: no-break space, ideographic space, byte-order mark.</summary>
    private static readonly byte[][] WideBlanks = ["\u00A0"u8.ToArray(), "\u3000"u8.ToArray(), "\uFEFF"u8.ToArray()];

    private static readonly SearchValues<byte> Blank = SearchValues.Create("\t\n\f\r "u8);

    private readonly TextPattern? _matches = source.Matches is { } pattern ? new TextPattern(pattern) : null;

    /// <summary>The text in a row; one without a byte where there is none.</summary>
    public Slice Of(RecordBlock block, int row)
    {
        var text = Trimmed(block, block.Record(row)[field]);
        if (text.Length == 0 || (!nulls.IsEmpty && nulls.Contains(block.Text(text))))
        {
            return default;
        }

        foreach (var how in source.Clean)
        {
            text = Cleaned(block, text, how);
        }

        return _matches is null || text.Length == 0 || _matches.IsMatch(block.Text(text)) ? text : default;
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

    private static Slice Cleaned(RecordBlock block, Slice slice, Cleaning how)
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
