using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Warehouse.Campaigns.Segments;

/// <summary>
/// Draws a sample: by <c>(a · draw + b) mod p</c>, where draw is the customer's own number (the MD5 of his identifier modulo p), a and b
/// come of the seed, and p is 2³¹ - 1. Who is drawn depends on nothing else, so it is the same years later and in a warehouse that was
/// loaded anew; another seed draws independently (Carter and Wegman, Universal classes of hash functions, 1979, class H₁).
/// </summary>
internal static class Draw
{
    private const long Prime = int.MaxValue;

    /// <summary>Whether a person is drawn, as SQL over <c>person.draw</c>.</summary>
    public static string Of(Sampled sampled, SqlValues values)
    {
        var (factor, shift) = Numbers(sampled.Seed);
        return $"((person.draw::BIGINT * {values.Of(factor)} + {values.Of(shift)}) % {Prime} < {values.Of((long)(sampled.Share * Prime))})";
    }

    /// <summary>a, from 1 to p - 1, and b, from 0 to p - 1.</summary>
    private static (long Factor, long Shift) Numbers(string seed)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(seed));
        return (
            1 + (long)(BinaryPrimitives.ReadUInt64LittleEndian(hash) % (Prime - 1)),
            (long)(BinaryPrimitives.ReadUInt64LittleEndian(hash.AsSpan(8)) % Prime));
    }
}
