using System.Text;
using System.Text.Unicode;

namespace Warehouse.Etl.Proposals;

/// <summary>Tells the encoding of a text from its bytes.</summary>
internal static class EncodingGuess
{
    /// <summary>The encoding as a feed names it, and why; null for UTF-8, which needs no saying.</summary>
    /// <param name="start">The beginning of the text; a character at its end may be cut.</param>
    public static (string Name, string Why)? Of(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("\uFEFF"u8) || start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return null; // The byte-order mark tells the loader too.
        }

        if (start.Contains((byte)0) && Wide(start) is { } wide)
        {
            return (wide, "every other byte of most characters is 0");
        }

        for (var cut = 0; cut < 4 && cut <= start.Length; cut++)
        {
            if (Utf8.IsValid(start[..^cut]))
            {
                return null;
            }
        }

        var (pairs, lowTrails, lone) = Count(start);
        if (lone > pairs)
        {
            return ("windows-1252", $"{lone} letters beyond ASCII stand alone, and are no UTF-8");
        }

        return lowTrails * 10 > pairs
            ? ("big5", $"{lowTrails} of {pairs} pairs of bytes end as only Big5 ends them")
            : ("gb18030", $"{pairs} pairs of bytes beyond ASCII are no UTF-8, and none ends as Big5 ends them");
    }

    private static string? Wide(ReadOnlySpan<byte> text)
    {
        var zeros = new int[2];
        for (var at = 0; at < text.Length; at++)
        {
            zeros[at % 2] += text[at] == 0 ? 1 : 0;
        }

        return zeros[1] > text.Length / 4 && zeros[0] < text.Length / 20 ? "utf-16"
            : zeros[0] > text.Length / 4 && zeros[1] < text.Length / 20 ? "utf-16BE"
            : null;
    }

    /// <summary>The encoding of a name.</summary>
    public static Encoding Named(string? name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return name is null
            ? Encoding.UTF8
            : Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
    }

    /// <summary>Bytes beyond ASCII that come in pairs with another, those of them whose second is an ASCII sign, and those that stand alone.</summary>
    private static (int Pairs, int LowTrails, int Lone) Count(ReadOnlySpan<byte> text)
    {
        var (pairs, lowTrails, lone) = (0, 0, 0);
        for (var at = 0; at + 1 < text.Length; at++)
        {
            if (text[at] < 0x80)
            {
                continue;
            }

            var isWide = text[at + 1] >= 0xA1;
            // A lone letter stands between ASCII letters or at a word's end; a run of pairs does not.
            var followsHigh = at > 0 && text[at - 1] >= 0x80;
            if (isWide)
            {
                pairs++;
                at++;
            }
            else if (text[at] is >= 0xA1 and <= 0xF9 && text[at + 1] is >= 0x40 and <= 0x7E && (followsHigh || (at + 2 < text.Length && text[at + 2] >= 0xA1)))
            {
                pairs++;
                lowTrails++;
                at++;
            }
            else
            {
                lone++;
            }
        }

        return (pairs, lowTrails, lone);
    }
}
