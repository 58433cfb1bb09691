namespace Warehouse.Etl.Mapping;

/// <summary>The hashes of the rows seen so far: 16 bytes each and a third more for room.</summary>
internal sealed class RowHashes
{
    private UInt128[] _slots = new UInt128[1 << 12];
    private int _count;

    /// <summary>Adds a hash; false where it was there.</summary>
    public bool Add(UInt128 hash)
    {
        // 0 marks a free slot.
        hash = hash == 0 ? 1 : hash;
        if (!Place(_slots, hash))
        {
            return false;
        }

        if (++_count * 4L > _slots.Length * 3L)
        {
            var larger = new UInt128[_slots.Length * 2];
            foreach (var known in _slots.Where(known => known != 0))
            {
                Place(larger, known);
            }

            _slots = larger;
        }

        return true;
    }

    private static bool Place(UInt128[] slots, UInt128 hash)
    {
        var mask = slots.Length - 1;
        for (var at = (int)((ulong)hash & (ulong)mask); ; at = (at + 1) & mask)
        {
            if (slots[at] == 0)
            {
                slots[at] = hash;
                return true;
            }

            if (slots[at] == hash)
            {
                return false;
            }
        }
    }
}
