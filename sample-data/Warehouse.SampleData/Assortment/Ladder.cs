namespace Warehouse.SampleData.Assortment;

/// <summary>The products of a shelf that are sold in a price period, cheapest first.</summary>
internal sealed class Ladder
{
    private readonly int[] _products;
    private readonly int[] _pence;

    public Ladder(IEnumerable<Product> products, ReadOnlySpan<int> pence)
    {
        _products = [.. products.Select(product => product.Index)];
        _pence = new int[_products.Length];
        for (var i = 0; i < _products.Length; i++)
        {
            _pence[i] = pence[_products[i]];
        }

        Array.Sort(_pence, _products);
    }

    public int Cheapest => _pence[0];

    public int Dearest => _pence[^1];

    /// <summary>The product whose price comes nearest to an amount in pence.</summary>
    public int Nearest(double pence) => _products[NearestRung(pence)];

    /// <summary>The product and the quantity, up to four or what the amount needs, whose cost comes nearest to an amount.</summary>
    public (int Product, int Quantity) NearestBundle(double pence)
    {
        var fewest = Math.Max(1, (int)Math.Ceiling(pence / Dearest));
        var (best, bestQuantity, bestGap) = (0, 0, double.MaxValue);
        for (var quantity = fewest; quantity < fewest + 4; quantity++)
        {
            var rung = NearestRung(pence / quantity);
            var gap = Math.Abs(pence - (quantity * _pence[rung]));
            if (gap < bestGap)
            {
                (best, bestQuantity, bestGap) = (rung, quantity, gap);
            }
        }

        return (_products[best], bestQuantity);
    }

    private int NearestRung(double pence)
    {
        var above = Array.BinarySearch(_pence, (int)pence);
        above = above >= 0 ? above : ~above;
        if (above == 0)
        {
            return 0;
        }

        return above == _pence.Length || pence - _pence[above - 1] < _pence[above] - pence ? above - 1 : above;
    }
}
