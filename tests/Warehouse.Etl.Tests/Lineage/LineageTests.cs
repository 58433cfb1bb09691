using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Lineage;
using Warehouse.Store;

namespace Warehouse.Etl.Tests.Lineage;

/// <summary>From a row of the star to its line, from a column to what the feed says, and from one generation to another.</summary>
public sealed class LineageTests : EtlTest
{
    [Fact]
    public async Task Row_TellsTheLinesOfAllItsVersions()
    {
        Feed("sales", SaleFeed + "\nchanges: correct");
        Data("sales1.csv", SaleHeader + "A,1,2026-05-01,C1,P,2,10\nA,2,2026-05-01,C1,P,2,10\n");
        await LoadAsync();
        Time.Advance(TimeSpan.FromDays(1));
        Data("sales2.csv", SaleHeader + "B,1,2026-05-01,C1,P,2,10\nB,2,2026-05-01,C1,P,2,10\nA,2,2026-05-01,C1,P,3,10\n");
        await LoadAsync();
        await using var connection = await Warehouse.Database.ConnectAsync(CancellationToken.None);
        var lines = await RowLineage.OfAsync(connection, "star.fact_sale", 1, CancellationToken.None);
        Assert.Equal([(2, "data/sales2.csv", 4L), (1, "data/sales1.csv", 3L)], lines.Select(line => (line.Generation, line.Source!, line.Line)));
        Assert.Equal([null, Time.GetUtcNow()], lines.Select(line => line.KnownTo));
        Assert.Equal(("sales", 2L), (lines[0].Feed, (await RowLineage.OfAsync(connection, "dim_product", 0, CancellationToken.None))[0].Line));
        Assert.Empty(await RowLineage.OfAsync(connection, "fact_sale", 99, CancellationToken.None));
        Assert.Contains("Did you mean \"fact_sale\"", (await Assert.ThrowsAsync<WrongCommandException>(() =>
            RowLineage.OfAsync(connection, "fact_sales", 1, CancellationToken.None))).Message);
        await Assert.ThrowsAsync<WrongCommandException>(() => RowLineage.OfAsync(connection, "exchange_rate", 1, CancellationToken.None));
    }

    [Fact]
    public async Task Column_TellsWhatTheFeedSaysOfIt()
    {
        Feed("sales", SaleFeed.Replace("customer: customer", "customer: {from: who, clean: [upper, blanks], matches: \"C[0-9]+\"}", StringComparison.Ordinal)
            .Replace("ordered_at: at", "ordered_at: {from: at, format: \"%d.%m.%Y\"}", StringComparison.Ordinal));
        Feed("crm", "source: {files: data/c.csv}\nidentity: crm\ninto: customer\ncolumns: {id: id, postcode: post_code}");
        var feeds = FeedCatalogue.Read(Warehouse.Workspace);
        await using var connection = await Warehouse.Database.ConnectAsync(CancellationToken.None);
        var net = Assert.Single(await ColumnLineage.OfAsync(connection, feeds, "star.fact_sale.net_amount", CancellationToken.None));
        Assert.Equal("quantity: quantity; unit_price: price", net.Said);
        Assert.Equal(("sales", "data/sales*.csv"), (net.Feed, net.Files));
        Assert.Equal(
            "customer: who (upper blanks, where it matches C[0-9]+, of shop); ordered_at: at, written %d.%m.%Y",
            Assert.Single(await ColumnLineage.OfAsync(connection, feeds, "fact_sale.customer_version_key", CancellationToken.None)).Said);
        Assert.Equal("postcode: post_code", Assert.Single(await ColumnLineage.OfAsync(connection, feeds, "dim_customer.postcode_area", CancellationToken.None)).Said);
        Assert.Null(Assert.Single(await ColumnLineage.OfAsync(connection, feeds, "fact_sale.generation", CancellationToken.None)).Feed);
        var all = await ColumnLineage.OfAsync(connection, feeds, "fact_sale", CancellationToken.None);
        Assert.Contains(all, column => column.Column == "sale_key");
        Assert.Contains("Did you mean \"net_amount\"", (await Assert.ThrowsAsync<WrongCommandException>(() =>
            ColumnLineage.OfAsync(connection, feeds, "fact_sale.net_amout", CancellationToken.None))).Message);
    }

    [Fact]
    public async Task TwoGenerations_AreComparedRowByRowAndByTheirTotals()
    {
        Feed("sales", SaleFeed.Replace("unit_price: price", "unit_price: price, is_deleted: gone", StringComparison.Ordinal) + "\nchanges: correct");
        const string Header = "order,line,at,customer,product,quantity,price,gone\n";
        Data("sales1.csv", Header + "A,1,2026-05-01,C1,P,2,10,\nA,2,2026-05-01,C1,P,1,5,\n");
        await LoadAsync();
        Data("sales2.csv", Header + "A,1,2026-05-01,C1,P,3,10,\nA,2,2026-05-01,C1,P,1,5,yes\nA,3,2026-05-01,C2,P,1,1,\nA,4,2026-05-01,C2,P,x,1,\n");
        await LoadAsync();
        Data("sales3.csv", Header + "A,2,2026-05-01,C1,P,1,5,\nA,3,2026-05-01,C2,P,1,1,yes\n");
        await LoadAsync();
        Assert.Equal((1, 1, 1, 2, 2, 25m, 31m), await SalesAsync(1, 2));
        Assert.Equal((1, 0, 1, 2, 2, 31m, 35m), await SalesAsync(2, 3));
        Assert.Equal((0, 2, 0, 2, 2, 25m, 35m), await SalesAsync(1, 3));
        Assert.Equal((2, 0, 0, 0, 2, 0m, 25m), await SalesAsync(0, 1));
        Assert.Equal((0, 0, 0, 2, 2, 35m, 35m), await SalesAsync(3, 3));
    }

    private async Task<(long Inserted, long Corrected, long Deleted, long Before, long After, decimal? From, decimal? To)> SalesAsync(int from, int to)
    {
        await using var connection = await Warehouse.Database.ConnectAsync(CancellationToken.None);
        var changes = await GenerationChange.BetweenAsync(connection, from, to, CancellationToken.None);
        var sale = Assert.Single(changes, change => change.Table == "star.fact_sale");
        return (sale.Inserted, sale.Corrected, sale.Deleted, sale.RowsBefore, sale.RowsAfter, sale.TotalBefore, sale.TotalAfter);
    }
}
