namespace Warehouse.Models.Churn.Learners;

/// <summary>Splits that depend on the seed alone.</summary>
internal static class Splits
{
    /// <summary>The fold of each row, from 0: equal for all rows of a group.</summary>
    public static int[] Folds(int[] groups, int folds, int seed) =>
        [.. groups.Select(group => (int)(Mix(((ulong)(uint)group << 32) | (uint)seed) % (ulong)folds))];

    /// <summary>So many of the rows from 0 to count - 1, rising.</summary>
    public static int[] Sample(int count, int wanted, int seed)
    {
        var rows = Enumerable.Range(0, count).ToArray();
        if (wanted >= count)
        {
            return rows;
        }

        var chance = new ulong[count];
        for (var row = 0; row < count; row++)
        {
            chance[row] = Mix(((ulong)(uint)row << 32) | (uint)seed);
        }

        Array.Sort(chance, rows);
        var sample = rows[..wanted];
        Array.Sort(sample);
        return sample;
    }

    /// <summary>The finaliser of SplitMix64: a bijection whose bits all depend on all.</summary>
    public static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
