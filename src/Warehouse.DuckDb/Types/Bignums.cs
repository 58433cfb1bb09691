using System.Numerics;

namespace Warehouse.DuckDb.Types;

/// <summary>
/// The engine's BIGNUM: three bytes of header (a sign bit that is set for zero and above, then the number of bytes), then
/// the magnitude, highest byte first; of a negative number every bit is turned over.
/// </summary>
internal static class Bignums
{
    private const int HeaderLength = 3;
    private const int SignBit = 0x80;

    public static BigInteger Read(ReadOnlySpan<byte> bytes)
    {
        if ((bytes[0] & SignBit) != 0)
        {
            return new BigInteger(bytes[HeaderLength..], isUnsigned: true, isBigEndian: true);
        }

        var magnitude = bytes[HeaderLength..].ToArray();
        for (var index = 0; index < magnitude.Length; index++)
        {
            magnitude[index] = (byte)~magnitude[index];
        }

        return -new BigInteger(magnitude, isUnsigned: true, isBigEndian: true);
    }

    public static byte[] Write(BigInteger value)
    {
        var magnitude = BigInteger.Abs(value).ToByteArray(isUnsigned: true, isBigEndian: true);
        var header = magnitude.Length | (SignBit << 16);
        byte[] bytes = [(byte)(header >> 16), (byte)(header >> 8), (byte)header, .. magnitude];
        if (value.Sign < 0)
        {
            for (var index = 0; index < bytes.Length; index++)
            {
                bytes[index] = (byte)~bytes[index];
            }
        }

        return bytes;
    }
}
