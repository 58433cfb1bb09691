using Warehouse.Store;

namespace Warehouse.Acceptance;

/// <summary>When <c>warehouse snapshot</c> takes a date for stored already, and what stands in it after persons or definitions changed.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public async Task MergedCustomers_AreOneRow_AndTwoAgainWhenItIsTakenBack()
    {
        using var shop = await ShopAsync();
        Assert.Equal("stored", await SnapshotAsync(shop));
        var apart = await RowsAsync(shop);
        Assert.Equal(50, apart.Count);

        const string Outdated = "Snapshots of 1 date (2024-12-31 to 2024-12-31) are of before customers were merged or split";
        Assert.Contains(Outdated, (await shop.RunAsync("customer", "merge", "C1", "C2", "--by", "anna")).Done().Error, StringComparison.Ordinal);
        Assert.Contains(Outdated, (await shop.RunAsync("snapshot", "--as-of", "2023-12-31")).Done().Error, StringComparison.Ordinal);
        var anew = (await shop.RunAsync("snapshot", "--as-of", "2024-12-31", "--hindsight", "--lifetime", "no")).Done();
        Assert.Contains("It was stored before, and is stored anew: who is who was resolved anew.", anew.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Outdated, anew.Error, StringComparison.Ordinal);
        var merged = await RowsAsync(shop);
        Assert.Equal(49, merged.Count);
        Assert.Equal(Monetary(apart), Monetary(merged));
        Assert.Equal("stored already", await SnapshotAsync(shop));

        (await shop.RunAsync("customer", "undo", "C1", "C2", "--by", "anna")).Done();
        Assert.Equal("stored", await SnapshotAsync(shop));
        Assert.Equal(apart, await RowsAsync(shop));
    }

    [Fact]
    public async Task ForgottenCustomer_IsInNoSnapshot_AndAllOthersStayAsTheyWere()
    {
        using var shop = await ShopAsync();
        await SnapshotAsync(shop);
        await SnapshotAsync(shop, "2024-06-30");
        var before = await RowsAsync(shop);
        var key = await KeyAsync(shop, "C7");

        (await shop.RunAsync("customer", "forget", "C7")).Done();

        Assert.Equal(before.Where(row => row.Key != key), await RowsAsync(shop));
        Assert.Equal("stored already", await SnapshotAsync(shop));
        shop.Write("data/orders-more.csv", SmallShop.Orders(3, firstOrder: 900));
        (await shop.RunAsync("load")).Done();
        Assert.Equal("stored", await SnapshotAsync(shop));
        Assert.DoesNotContain(key, (await RowsAsync(shop)).Select(row => row.Key));
    }

    [Fact]
    public async Task ChangedDefinitions_AreStoredAnew_AndEqualOnesAreNot()
    {
        using var shop = await ShopAsync();
        Assert.Equal("stored", await SnapshotAsync(shop));
        shop.Write("lifecycle.yaml", "stages:\n  new: {when: [{orders: below 1}]}\n  active: {when: [{orders: from 1}]}\n");
        Assert.Equal("stored", await SnapshotAsync(shop));
        Assert.Equal(["active"], (await RowsAsync(shop)).Select(row => row.Stage).Distinct());
        Assert.Equal("stored already", await SnapshotAsync(shop));
        Assert.Equal("stored", await SnapshotAsync(shop, "2024-12-31", "--window", "6m"));
        Assert.Equal("stored", await SnapshotAsync(shop));

        shop.Write("warehouse.yaml", "name: shop\ncurrency: GBP\ntime_zone: Asia/Taipei\ncalendar: {from: 2020-01-01, to: 2030-01-01}\n");
        Assert.Equal("stored", await SnapshotAsync(shop));
        Assert.Equal("stored already", await SnapshotAsync(shop));
    }

    private static async Task<SmallShop> ShopAsync()
    {
        var shop = new SmallShop(300);
        shop.Write("feeds/people.yaml", "source: {files: data/people.csv}\nidentity: shop\ninto: customer\ncolumns: {id: id, email: email}\n");
        shop.Write("data/people.csv", "id,email\n" + string.Concat(Enumerable.Range(0, 50).Select(id => $"C{id},c{id}@example.com\n")));
        (await shop.RunAsync("load")).Done();
        return shop;
    }

    private static async Task<string?> SnapshotAsync(SmallShop shop, string date = "2024-12-31", params string[] more) =>
        (await shop.RunAsync(["snapshot", "--as-of", date, "--hindsight", "--lifetime", "no", "--format", "json", .. more])).Done().Rows[0][4].GetString();

    private static decimal Monetary(IEnumerable<Row> rows) => rows.Sum(row => row.Monetary);

    private static async Task<int> KeyAsync(SmallShop shop, string id) =>
        (await AskAsync(shop, $"SELECT customer_key FROM star.dim_customer WHERE customer_id = '{id}'", row => row.GetInt32(0)))[0];

    private static Task<List<Row>> RowsAsync(SmallShop shop) => AskAsync(
        shop,
        "SELECT CAST(as_of AS VARCHAR), customer_key, frequency, monetary, concat(recency_score, frequency_score, monetary_score), lifecycle_stage, value_tier FROM mart.customer_snapshot ORDER BY ALL",
        row => new Row(row.GetString(0), row.GetInt32(1), row.GetInt64(2), row.GetDecimal(3), row.GetString(4), row.GetString(5), row.TextOrNull(6)));

    private static async Task<List<T>> AskAsync<T>(SmallShop shop, string sql, Func<System.Data.Common.DbDataReader, T> read)
    {
        await using var database = await WarehouseDatabase.OpenReadOnlyAsync(Workspace.Open(shop.Path), TimeProvider.System, default);
        await using var connection = await database.ConnectAsync(default);
        return await connection.RowsAsync(sql, read, default);
    }

    private sealed record Row(string AsOf, int Key, long Orders, decimal Monetary, string Scores, string Stage, string? Tier);
}
