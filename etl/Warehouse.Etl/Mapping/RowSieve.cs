namespace Warehouse.Etl.Mapping;

/// <summary>
/// Tells which rows of a load may be equal to an earlier one, by their hashes: it misses none, and takes a few others for such, 1 in 200
/// at 20 million rows (Bloom, Space/Time Trade-offs in Hash Coding with Allowable Errors, 1970). It holds 32 MB, however many rows there are.
/// </summary>
internal sealed class RowSieve
{
    private const int AddressBits = 28;
    private const int Probes = 4;

    private readonly ulong[] _words = new ulong[1 << (AddressBits - 6)];

    /// <summary>Adds a row, and says whether an equal one may have been added before.</summary>
    /// <param name="hash">Its hash, of which every bit is as good as another.</param>
    public bool MayRepeat(UInt128 hash)
    {
        var isKnown = true;
        for (var probe = 0; probe < Probes; probe++)
        {
            var address = (uint)(hash >> (32 * probe)) >> (32 - AddressBits);
            ref var word = ref _words[address >> 6];
            var bit = 1UL << (int)(address & 63);
            isKnown &= (word & bit) != 0;
            word |= bit;
        }

        return isKnown;
    }
}
