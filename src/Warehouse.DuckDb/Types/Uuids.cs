using System.Buffers.Binary;

namespace Warehouse.DuckDb.Types;

/// <summary>A UUID is a 128-bit number read from its text; in vectors its highest bit is turned over, so that it sorts as signed.</summary>
internal static class Uuids
{
    private static readonly UInt128 HighestBit = UInt128.One << 127;

    public static UInt128 ToBits(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = value.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    public static Guid FromBits(UInt128 bits)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, bits);
        return new Guid(bytes, bigEndian: true);
    }

    public static Guid FromVector(UInt128 bits) => FromBits(bits ^ HighestBit);

    public static UInt128 ToVector(Guid value) => ToBits(value) ^ HighestBit;
}
