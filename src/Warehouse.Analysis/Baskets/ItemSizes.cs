using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Analysis.Baskets;

/// <summary>For how many customers each item counts: all that likeness needs of those who share no item with a customer.</summary>
internal sealed class ItemSizes
{
    private readonly string[] _items;
    private readonly long[] _customers;

    private ItemSizes(string[] items, long[] customers) => (_items, _customers) = (items, customers);

    /// <summary>Reads what was counted among all customers.</summary>
    public static async Task<ItemSizes> ReadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var sizes = await connection.RowsAsync(
            "SELECT DISTINCT item, customers FROM temp.item_size JOIN temp.sold_item USING (item_key)",
            row => (Item: row.GetString(0), Customers: row.GetInt64(1)),
            cancellationToken);
        return new ItemSizes([.. sizes.Select(size => size.Item)], [.. sizes.Select(size => size.Customers)]);
    }

    /// <summary>Puts them where likeness looks for them.</summary>
    public Task<int> StoreAsync(DbConnection connection, CancellationToken cancellationToken) => connection.ExecuteAsync(
        CustomerBaskets.Sql("kept_size"), cancellationToken, ("items", _items), ("customers", _customers));
}
