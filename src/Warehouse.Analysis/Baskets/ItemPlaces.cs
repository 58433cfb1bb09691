namespace Warehouse.Analysis.Baskets;

/// <summary>Sets of places are equal where they hold the same places in the same order.</summary>
internal sealed class ItemPlaces : IEqualityComparer<int[]>
{
    public bool Equals(int[]? x, int[]? y) => x is not null && y is not null && x.AsSpan().SequenceEqual(y);

    public int GetHashCode(int[] obj)
    {
        var hash = default(HashCode);
        foreach (var place in obj)
        {
            hash.Add(place);
        }

        return hash.ToHashCode();
    }
}
