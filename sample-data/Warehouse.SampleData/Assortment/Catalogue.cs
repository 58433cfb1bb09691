using Warehouse.SampleData.Chance;

namespace Warehouse.SampleData.Assortment;

/// <summary>Everything that is sold: shelves of products at rising prices, and the few products of the planted rules,
/// which lie on shelves too but are bought by their rule alone.</summary>
internal sealed class Catalogue
{
    private const int ProductsPerShelf = 16;
    private const double PriceStep = 1.2;

    private static readonly string[] s_tempers =
        ["Plain", "Classic", "Country", "Harvest", "Meadow", "Coastal", "Studio", "Heritage", "Select", "Signature"];

    private readonly Odds[] _popularity;
    private readonly int[] _shelvesUsedUp;
    private readonly List<Product> _products = [];
    private readonly Dictionary<PlantedItem, int> _planted = [];

    /// <summary>Products of a shelf in a price period, cheapest first: [period][shelf].</summary>
    private readonly Ladder[][] _ladders;

    public Catalogue(int seed, DateOnly from, DateOnly to)
    {
        var rng = new Rng(seed, RandomStream.Assortment);
        var shelves = Subcategory.All;
        var brands = Brands(rng);
        var prices = new List<double>();
        for (var shelf = 0; shelf < shelves.Count; shelf++)
        {
            for (var step = 0; step < ProductsPerShelf; step++)
            {
                var isNew = step > 1 && rng.Chance(0.12);
                var launched = isNew ? HalfYearWithin(from, to, rng) : from.AddDays(-1 - rng.Below(3000));
                Add(shelf, $"{step + 1:00}", s_tempers[rng.Below(s_tempers.Length)], brands, launched, rng);
                prices.Add(shelves[shelf].FirstPrice * Math.Pow(PriceStep, step + rng.Uniform(-0.2, 0.2)));
            }
        }

        ShelfProducts = _products.Count;
        Rules = PlantedRule.All;
        foreach (var item in PlantedRule.Items)
        {
            var shelf = shelves.Index().Single(s => s.Item.Code == item.ShelfCode).Index;
            _planted.Add(item, _products.Count);
            _products.Add(new Product(
                _products.Count, item.Sku, item.Name, shelves[shelf], shelf, rng.Pick<string>(brands), from.AddDays(-400), 0.5));
            prices.Add(item.Pounds);
        }

        Prices = new PriceList([.. prices], from, to, rng);
        _ladders = [.. Prices.Periods.Select((_, period) => Ladders(period))];
        _popularity = [.. Enumerable.Range(1, 12).Select(month =>
            new Odds([.. shelves.Select(s => s.Popularity * s.SeasonFactor(month))]))];
        _shelvesUsedUp = [.. Enumerable.Range(0, shelves.Count).Where(shelf => shelves[shelf].IsUsedUp)];
    }

    public IReadOnlyList<Product> Products => _products;

    /// <summary>How many products are bought at will; those of planted rules come after them.</summary>
    public int ShelfProducts { get; }

    public IReadOnlyList<PlantedRule> Rules { get; }

    public PriceList Prices { get; }

    public Ladder LadderOf(int period, int shelf) => _ladders[period][shelf];

    /// <summary>The product that a planted item is.</summary>
    public int IndexOf(PlantedItem item) => _planted[item];

    /// <summary>A shelf by its popularity over the year.</summary>
    public int DrawSubcategory(Rng rng) => _popularity[2].Draw(rng);

    public int DrawSubcategory(int month, Rng rng) => _popularity[month - 1].Draw(rng);

    /// <summary>Two customers in five use up a product, one that costs about a fifth of their usual order.</summary>
    public Habit? DrawHabit(double meanOrderValue, Rng rng)
    {
        if (!rng.Chance(0.4))
        {
            return null;
        }

        var ladder = LadderOf(0, rng.Pick<int>(_shelvesUsedUp));
        var product = _products[ladder.Nearest(meanOrderValue * 100 / 5)];
        return new Habit(product, rng.Pick<int>([21, 28, 42, 56, 70]));
    }

    private void Add(int shelf, string number, string temper, string[] brands, DateOnly launched, Rng rng)
    {
        var subcategory = Subcategory.All[shelf];
        var sku = $"{subcategory.Category[..3].ToUpperInvariant()}-{subcategory.Code}-{number}";
        var brand = rng.Pick<string>(brands);
        _products.Add(new Product(
            _products.Count, sku, $"{brand} {temper} {subcategory.Noun} {number}", subcategory, shelf, brand, launched,
            rng.Uniform(0.40, 0.65)));
    }

    private Ladder[] Ladders(int period) =>
        [.. Subcategory.All.Select((_, shelf) => new Ladder(
            _products.Take(ShelfProducts).Where(p => p.ShelfIndex == shelf && p.LaunchedOn <= Prices.Periods[period]),
            Prices.PenceIn(period)))];

    private static DateOnly HalfYearWithin(DateOnly from, DateOnly to, Rng rng)
    {
        var months = 6 * (1 + rng.Below(Math.Max(1, (to.DayNumber - from.DayNumber) / 183 - 1)));
        return new DateOnly(from.Year, from.Month <= 6 ? 1 : 7, 1).AddMonths(months);
    }

    private static string[] Brands(Rng rng)
    {
        string[] heads = ["Fen", "Loam", "Tarn", "Quill", "Brae", "Wold", "Holt", "Moss", "Sorrel", "Umber"];
        string[] tails = ["wick", "more", "by", "dale", "en", "ette", "ology"];
        return [.. Enumerable.Range(0, 24).Select(_ => rng.Pick<string>(heads) + rng.Pick<string>(tails))
            .Distinct(StringComparer.Ordinal)];
    }
}
