using System.Text;

namespace Warehouse.SampleData.Assortment;

/// <param name="Index">Its place in the catalogue.</param>
/// <param name="LaunchedOn">The first day on which it is sold.</param>
/// <param name="CostShare">Unit cost against list price.</param>
internal sealed record Product(
    int Index, string Sku, string Name, Subcategory Shelf, int ShelfIndex, string Brand, DateOnly LaunchedOn,
    double CostShare)
{
    public byte[] SkuUtf8 { get; } = Encoding.ASCII.GetBytes(Sku);
}

/// <summary>A product that a customer uses up: it is in the basket again once it is, if there is an order then.</summary>
/// <param name="LastsDays">How long one unit lasts.</param>
internal sealed record Habit(Product Product, int LastsDays);
