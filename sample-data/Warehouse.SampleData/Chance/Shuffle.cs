using System.Numerics;

namespace Warehouse.SampleData.Chance;

/// <summary>
/// A fixed random order of the numbers [0, count), computed number by number without a table: a Feistel network over
/// the next even power of two, walked until it falls below count. It gives identifiers that say nothing of the order in
/// which they were made, and picks exactly k of n without holding either.
/// </summary>
internal sealed class Shuffle
{
    private const int Rounds = 4;

    private readonly long _count;
    private readonly int _halfBits;
    private readonly ulong _halfMask;
    private readonly ulong _key;

    public Shuffle(int seed, RandomStream stream, int salt, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _count = count;
        var bits = Math.Max(2, 64 - BitOperations.LeadingZeroCount((ulong)Math.Max(count - 1, 1)));
        _halfBits = (bits + 1) / 2;
        _halfMask = (1UL << _halfBits) - 1;
        _key = Rng.Mix64(Rng.Mix64(((ulong)(uint)seed << 8) | (byte)stream) + (ulong)salt);
    }

    /// <summary>The place in [0, count) of a number in [0, count): a bijection.</summary>
    public long this[long number]
    {
        get
        {
            var place = (ulong)number;
            do
            {
                place = Scramble(place);
            }
            while (place >= (ulong)_count);

            return (long)place;
        }
    }

    private ulong Scramble(ulong value)
    {
        var left = value >> _halfBits;
        var right = value & _halfMask;
        for (var round = 0; round < Rounds; round++)
        {
            (left, right) = (right, left ^ (Rng.Mix64(right + _key + ((ulong)round << 56)) & _halfMask));
        }

        return (left << _halfBits) | right;
    }
}
