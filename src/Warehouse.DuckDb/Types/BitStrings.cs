using System.Collections;

namespace Warehouse.DuckDb.Types;

/// <summary>The engine's BIT: a byte that says how many bits pad the front, then the bits, the first one highest.</summary>
internal static class BitStrings
{
    public static byte[] ToBytes(BitArray bits)
    {
        if (bits.Length == 0)
        {
            throw new ArgumentException("A BIT has at least one bit.");
        }

        var padding = (8 - (bits.Length % 8)) % 8;
        var bytes = new byte[1 + ((bits.Length + padding) / 8)];
        bytes[0] = (byte)padding;
        bytes[1] = (byte)(padding == 0 ? 0 : 0xFF << (8 - padding));
        for (var index = 0; index < bits.Length; index++)
        {
            if (bits[index])
            {
                var position = index + padding;
                bytes[1 + (position / 8)] |= (byte)(0x80 >> (position % 8));
            }
        }

        return bytes;
    }

    public static BitArray ToBits(ReadOnlySpan<byte> bytes)
    {
        var padding = bytes[0];
        var bits = new BitArray(((bytes.Length - 1) * 8) - padding);
        for (var index = 0; index < bits.Length; index++)
        {
            var position = index + padding;
            bits[index] = (bytes[1 + (position / 8)] & (0x80 >> (position % 8))) != 0;
        }

        return bits;
    }

    public static string ToText(ReadOnlySpan<byte> bytes)
    {
        var bits = ToBits(bytes);
        return string.Create(bits.Length, bits, static (text, bits) =>
        {
            for (var index = 0; index < text.Length; index++)
            {
                text[index] = bits[index] ? '1' : '0';
            }
        });
    }
}
