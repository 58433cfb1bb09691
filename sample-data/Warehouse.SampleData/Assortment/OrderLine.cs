namespace Warehouse.SampleData.Assortment;

/// <summary>One product in an order, in minor units (pence, cents) of the order's currency.</summary>
/// <param name="Product">Its index in the catalogue.</param>
/// <param name="Discount">Of the whole line, to be taken off quantity × unit price.</param>
internal readonly record struct OrderLine(int Product, int Quantity, int UnitPrice, int Discount)
{
    public int Net => (Quantity * UnitPrice) - Discount;
}
