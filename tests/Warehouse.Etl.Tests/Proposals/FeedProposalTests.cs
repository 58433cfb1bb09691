using System.Text;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Proposals;
using Warehouse.Etl.Tests.Sources;
using Warehouse.Testing;

namespace Warehouse.Etl.Tests.Proposals;

/// <summary>Feeds that are proposed for files nobody has seen load as they are written, to the right totals, or are not enabled.</summary>
public sealed class FeedProposalTests : EtlTest
{
    private const string Totals = "SELECT count(*), count(DISTINCT order_id), sum(net_amount) FROM star.fact_sale";

    static FeedProposalTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [SkippableFact]
    public async Task GermanTill_IsReadWithItsCommasPointsAndUmlauts()
    {
        var file = Warehouse.Folder.Write("data/umsätze.csv", Encoding.GetEncoding(1252).GetBytes(Lines(
            "Rechnungsnr;Bestelldatum;Kundennummer;Artikelnr;Bezeichnung;Menge;Einzelpreis;Währung",
            row => $"R{row / 2};{(row % 28) + 1:00}.{(row % 12) + 1:00}.2024 09:{row % 60:00};K{row % 7};A{row % 5};Bügel Größe {row % 5};{row % 3 + 1};1.0{row % 90 + 10},50;GBP")));

        var feed = Assert.Single(await ProposeAsync(file));
        await LoadAsync();

        Assert.Equal(["sale", "product"], feed.Targets);
        Assert.Contains("encoding: windows-1252", feed.Yaml, StringComparison.Ordinal);
        Assert.Contains("decimal: comma", feed.Yaml, StringComparison.Ordinal);
        Assert.Contains("format: \"%d.%m.%Y %H:%M\"", feed.Yaml, StringComparison.Ordinal);
        var net = Enumerable.Range(0, 100).Sum(row => (row % 3 + 1) * (1000 + (row % 90) + 10 + .5m));
        Assert.Equal(FormattableString.Invariant($"100 | 50 | {net:0.0000}"), await RowAsync(Totals));
        Assert.Equal("Bügel Größe 0", await RowAsync("SELECT name FROM star.dim_product WHERE product_id = 'A0' AND is_current"));
        Assert.Equal("7", await RowAsync("SELECT count(*) FROM star.dim_customer WHERE customer_key >= 0 AND is_current"));
    }

    [SkippableTheory]
    [InlineData("order_id,order_date,CustomerKey,ProductKey,OrderQuantity,UnitPrice")]
    [InlineData("InvoiceNo,InvoiceDate,Customer ID,StockCode,Quantity,Price")]
    [InlineData("Order Number,Order Date,Client,SKU,Qty,Unit Price (GBP)")]
    [InlineData("transaction_id,transaction_date,member_no,item_id,units,price_per_unit")]
    [InlineData("orderid,orderdate,customerid,productid,quantity,unitprice")]
    [InlineData("Bestellnummer,Datum,Kunde,Artikel,Anzahl,Preis")]
    [InlineData("receipt_no,date,loyalty_id,article_no,qty,unit_price")]
    public async Task SalesByManyNames_AreSales(string header)
    {
        var file = Data("export.csv", Lines(header, row => FormattableString.Invariant($"O{row / 3},2024-03-{(row % 28) + 1:00},C{row % 9},P{row % 4},{(row % 5) - 1},2.50")));

        var feed = Assert.Single(await ProposeAsync(file));
        await LoadAsync();

        Assert.Equal(["sale"], feed.Targets);
        Assert.Equal(FormattableString.Invariant($"100 | 34 | {Enumerable.Range(0, 100).Sum(row => ((row % 5) - 1) * 2.5m):0.0000}"), await RowAsync(Totals));
        Assert.Equal("9 | 4", await RowAsync("SELECT count(DISTINCT customer_key), count(DISTINCT product_key) FROM star.fact_sale"));
    }

    [SkippableTheory]
    [InlineData("%d/%m/%Y", "25/03/2024")]
    [InlineData("%m/%d/%Y", "03/25/2024")]
    [InlineData("%d-%b-%Y", "25-Mar-2024")]
    [InlineData("%Y%m%d", "20240325")]
    [InlineData("%m/%d/%y %I:%M %p", "3/25/24 1:30 PM")]
    public async Task Dates_AreReadAsTheyAreWritten(string format, string example)
    {
        var file = Data("orders.csv", Lines("order,date,customer,product,quantity,price", row => FormattableString.Invariant($"O{row},{example},C1,P1,1,1")));

        var feed = Assert.Single(await ProposeAsync(file));
        await LoadAsync();

        Assert.Contains($"format: \"{format}\"", feed.Yaml, StringComparison.Ordinal);
        Assert.Equal("2024-03-25", await RowAsync("SELECT DISTINCT CAST(CAST(ordered_at AS DATE) AS VARCHAR) FROM star.fact_sale"));
    }

    [SkippableFact]
    public async Task DatesThatCouldBeEither_AreMarkedToBeChecked()
    {
        var file = Data("orders.csv", Lines("order,date,customer,product,quantity,price", row => FormattableString.Invariant($"O{row},{(row % 12) + 1:00}/{(row % 11) + 1:00}/2024,C1,P1,1,1")));

        var feed = Assert.Single(await ProposeAsync(file));

        Assert.Contains("CHECK: 100% are dates by %d/%m/%Y, and as many by %m/%d/%Y", feed.Yaml, StringComparison.Ordinal);
        Assert.StartsWith("CHECK: date: 100% are dates by %d/%m/%Y", Assert.Single(feed.Remarks), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("big5", "茶壺與綠茶")]
    [InlineData("gb18030", "茶壶与绿茶")]
    public async Task ChineseEncodings_AreToldApart(string encoding, string name)
    {
        var file = Warehouse.Folder.Write("data/products.csv", Encoding.GetEncoding(encoding).GetBytes(Lines(
            "product_id,name,category,list_price", row => FormattableString.Invariant($"P{row},{name}{row},{name[..2]},{row}.50"))));

        var feed = Assert.Single(await ProposeAsync(file));
        await LoadAsync();

        Assert.Contains($"encoding: {encoding}", feed.Yaml, StringComparison.Ordinal);
        Assert.Equal($"{name}7 | {name[..2]}", await RowAsync("SELECT name, category FROM star.dim_product WHERE product_id = 'P7'"));
    }

    [SkippableFact]
    public async Task OrdersAndTheirLinesApart_AreJoinedByALookup_AndAShareIsNoMoney()
    {
        var orders = Data("orders.csv", Lines("orderID,customerID,orderDate", row => FormattableString.Invariant($"{row},C{row % 10},2024-05-{(row % 28) + 1:00} 10:00:00")));
        var lines = Data("order-details.csv", Lines("orderID,productID,unitPrice,quantity,discount", row => FormattableString.Invariant($"{row / 2},P{row % 3},10.00,2,{(row % 4) * .05m}")));

        var feeds = await ProposeAsync(orders, lines);
        await LoadAsync();

        Assert.Equal(["sale"], feeds.Single(feed => feed.Name == "order_details").Targets);
        Assert.Equal(FormattableString.Invariant($"100 | 50 | {Enumerable.Range(0, 100).Sum(row => 20 * (1 - ((row % 4) * .05m))):0.0000}"), await RowAsync(Totals));
        Assert.Equal("10", await RowAsync("SELECT count(DISTINCT customer_key) FROM star.fact_sale"));
    }

    [SkippableFact]
    public async Task AmountsWithoutPrices_AreNotMultiplied()
    {
        var file = Data("purchases.txt", " customer_id  date number_of_cds  dollar_value\n" + string.Concat(
            Enumerable.Range(0, 100).Select(row => FormattableString.Invariant($" {row % 8:00000} 2024010{(row % 9) + 1}  {(row % 4) + 1}   {row}.77 \n"))));

        var feed = Assert.Single(await ProposeAsync(file));
        await LoadAsync();

        Assert.Contains("delimiter: blanks", feed.Yaml, StringComparison.Ordinal);
        Assert.Equal("100 | 5027.0000", await RowAsync("SELECT count(*), sum(net_amount) FROM star.fact_sale"));
        Assert.Equal("8", await RowAsync("SELECT count(DISTINCT customer_key) FROM star.fact_sale"));
    }

    [SkippableFact]
    public async Task EveryFormat_IsLookedAt()
    {
        const string Columns = "order_id,line,order_date,customer_id,sku,quantity,unit_price";
        string Row(int row) => FormattableString.Invariant($"O{row},1,2024-05-05 10:00:00,C{row % 3},P1,2,1.25");
        var names = Columns.Split(',');
        string Json(int row) => $"{{{string.Join(", ", names.Zip(Row(row).Split(',')).Select(pair => $"\"{pair.First}\": \"{pair.Second}\""))}}}";
        var rows = Enumerable.Range(0, 10).ToArray();
        await using (var connection = new DuckDb.DuckDBConnection($"Data Source={System.IO.Path.Combine(Warehouse.Folder.Path, "shop.duckdb")}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText =
                $"CREATE TABLE sales AS SELECT 'D' || range AS order_id, 1 AS line, TIMESTAMP '2024-05-05 10:00:00' AS order_date, 'C1' AS customer_id, 'P1' AS sku, 2 AS quantity, 1.25 AS unit_price FROM range(10); COPY (SELECT 'Q' || order_id AS order_id, * EXCLUDE (order_id) FROM sales) TO '{Warehouse.Folder.Path}/lines.parquet' (FORMAT parquet); CREATE TABLE notes AS SELECT 'x' AS remark;";
            await command.ExecuteNonQueryAsync();
        }

        var feeds = await ProposeAsync(
            Data("tabbed.tsv", Columns.Replace(',', '\t') + "\n" + string.Concat(rows.Select(row => "T" + Row(row).Replace(',', '\t') + "\n"))),
            Data("array.json", $"{{\"orders\": [{string.Join(",", rows.Select(row => Json(row).Replace("\"O", "\"A", StringComparison.Ordinal)))}]}}"),
            Data("lines.jsonl", string.Concat(rows.Select(row => Json(row).Replace("\"O", "\"L", StringComparison.Ordinal) + "\n"))),
            Warehouse.Folder.Write("data/book.xlsx", Workbook.Of(("Sales", [names, .. rows.Select(row => ("X" + Row(row)).Split(',').Cast<object?>().ToArray())]))),
            System.IO.Path.Combine(Warehouse.Folder.Path, "shop.duckdb"),
            System.IO.Path.Combine(Warehouse.Folder.Path, "lines.parquet"));
        await LoadAsync();

        Assert.Equal(6, feeds.Count(feed => feed.Targets.Contains("sale")));
        Assert.Empty(feeds.Single(feed => feed.Name == "notes").Targets);
        Assert.Equal("60 | 60 | 150.0000", await RowAsync(Totals));
    }

    [SkippableFact]
    public async Task FilesOfTheSameShape_AreOneFeed()
    {
        const string Header = "order_id,order_date,customer,sku,quantity,price";
        var feed = Assert.Single(await ProposeAsync(
            Data("orders-2023.csv", Lines(Header, row => FormattableString.Invariant($"A{row},2023-05-05,C1,P1,1,1"))),
            Data("orders-2024.csv", Lines(Header, row => FormattableString.Invariant($"B{row},2024-05-05,C1,P1,1,1")))));
        await LoadAsync();

        Assert.Equal("orders", feed.Name);
        Assert.Contains("files: [data/orders-2023.csv, data/orders-2024.csv]", feed.Yaml, StringComparison.Ordinal);
        Assert.Equal("200 | 200 | 200.0000", await RowAsync(Totals));
    }

    [SkippableFact]
    public async Task FilesOfADayEach_TellTogetherHowTheyAreWritten_AndTheirOrdersAreLookedUpInAll()
    {
        var files = new List<string>();
        foreach (var day in new[] { 3, 4, 25 })
        {
            files.Add(Data($"orders-2024-05-{day:00}.csv", Lines("orderID;customerID;orderDate", row => FormattableString.Invariant($"{day}-{row};C{row % 10};{day:00}/05/2024 10:00"))));
            files.Add(Data($"lines-2024-05-{day:00}.csv", Lines("orderID;productID;unitPrice;quantity", row => FormattableString.Invariant($"{day}-{row / 2};P{row % 3};{(day == 4 ? "10,50" : "10")};2"))));
        }

        var feeds = await ProposeAsync([.. files]);
        await LoadAsync();

        var lines = feeds.Single(feed => feed.Name == "lines");
        Assert.Contains("lookup: {file: [data/orders-2024-05-03.csv, data/orders-2024-05-04.csv, data/orders-2024-05-25.csv], key: orderID", lines.Yaml, StringComparison.Ordinal);
        Assert.Contains("format: \"%d/%m/%Y %H:%M\"", lines.Yaml, StringComparison.Ordinal);
        Assert.Contains("decimal: comma", lines.Yaml, StringComparison.Ordinal);
        Assert.DoesNotContain("CHECK", lines.Yaml, StringComparison.Ordinal);
        Assert.Equal("300 | 150 | 6100.0000", await RowAsync(Totals));
        Assert.Equal("2024-05-03 | 2024-05-25 | 10", await RowAsync("SELECT CAST(min(date_key) AS VARCHAR), CAST(max(date_key) AS VARCHAR), count(DISTINCT customer_key) FROM star.fact_sale"));
    }

    [SkippableFact]
    public async Task OrdersAndLinesOnSheetsOfAWorkbook_AreJoinedByALookup()
    {
        var orders = Enumerable.Range(0, 40).Select(row => new object?[] { $"O{row}", $"C{row % 7}", new DateTime(2024, 5, (row % 28) + 1) });
        var lines = Enumerable.Range(0, 80).Select(row => new object?[] { $"O{row / 2}", $"P{row % 3}", 2, 10.5 });

        await ProposeAsync(Warehouse.Folder.Write("data/shop.xlsx", Workbook.Of(
            ("Orders", [["Order ID", "Customer ID", "Order Date"], .. orders]), ("Order Lines", [["Order ID", "Product ID", "Quantity", "Unit Price"], .. lines]))));
        await LoadAsync();

        Assert.Equal("80 | 40 | 1680.0000", await RowAsync(Totals));
        Assert.Equal("2024-05-01 | 2024-05-28 | 7", await RowAsync("SELECT CAST(min(date_key) AS VARCHAR), CAST(max(date_key) AS VARCHAR), count(DISTINCT customer_key) FROM star.fact_sale"));
    }

    [SkippableFact]
    public async Task SpellingsOfNothing_AreFoundInTypedColumns_AndLeftInTexts()
    {
        var file = Data("orders.csv", Lines(
            "order_id,order_date,customer_id,sku,quantity,unit_price,channel",
            row => FormattableString.Invariant($"O{row},2024-05-05,{(row % 10 == 0 ? "NULL" : $"C{row % 3}")},P1,1,1,{(row % 2 == 0 ? "none" : "web")}")));

        var feed = Assert.Single(await ProposeAsync(file));
        await LoadAsync();

        Assert.Contains("\"null\": [\"NULL\"]", feed.Yaml, StringComparison.Ordinal);
        Assert.Equal("10", await RowAsync("SELECT count(*) FROM star.fact_sale WHERE customer_key = -1"));
        Assert.Equal("none | web", string.Join(" | ", await RowsAsync("SELECT DISTINCT dim_channel.channel FROM star.fact_sale JOIN star.dim_channel USING (channel_key) ORDER BY ALL")));
    }

    [SkippableFact]
    public async Task Customers_WithTheirAttributes_AreCustomers()
    {
        var file = Data("clients.csv", Lines(
            "Id,First Name,Last Name,E-Mail,Phone Number,Zip Code,City,Country,Signup Date",
            row => FormattableString.Invariant($"{row},Ann{row},Lee,ann{row}@example.org,0117 496{row:000},AB{row},Bath,GB,2020-01-{(row % 28) + 1:00}")));

        var feed = Assert.Single(await ProposeAsync(file));
        await LoadAsync();

        Assert.Equal(["customer"], feed.Targets);
        Assert.Equal("ann7@example.org | Bath | Ann7", await RowAsync(
            "SELECT email, customer_contact.city, given_name FROM star.customer_contact JOIN star.dim_customer USING (customer_key) WHERE customer_id = '7' AND is_current"));
    }

    [SkippableFact]
    public async Task FileWithoutHeader_AndFileOfNothingKnown_AreNotEnabled_AndSayWhatTheyNeed()
    {
        var feeds = await ProposeAsync(
            Data("plain.csv", Lines("1,2024-01-05,17.5", row => FormattableString.Invariant($"{row},2024-01-05,{row}.5"))),
            Data("weather.csv", Lines("Station,Temperature,Humidity", row => FormattableString.Invariant($"S{row % 3},{row},{row / 2}"))));

        Assert.All(feeds, feed => Assert.Empty(feed.Targets));
        Assert.Contains("header: [column_1, column_2, column_3]", feeds[0].Yaml, StringComparison.Ordinal);
        Assert.Contains("column_2: dates, 1 different", feeds[0].Yaml, StringComparison.Ordinal);
        Assert.Contains("Temperature: numbers, 100 different", feeds[1].Yaml, StringComparison.Ordinal);
        var fault = Assert.Throws<UserFaultException>(() => FeedCatalogue.Read(Warehouse.Workspace));
        Assert.Contains("no feed that is enabled: feeds/plain.yaml, feeds/weather.yaml say", fault.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task NamesThatYamlWouldMisread_AreQuoted()
    {
        var file = Data("o: r#d'e\"rs.csv", Lines(
            "\"order: no\",\"date # of order\",\"customer, id\",\"no\",\"{quantity}\",\"[price]\"", row => FormattableString.Invariant($"O{row},2024-05-05,C1,P1,1,1")));

        await ProposeAsync(file);

        Assert.NotNull(FeedCatalogueOrFault());
    }

    /// <summary>Proposes feeds for files, writes them where feeds belong, and requires that editors accept them.</summary>
    private async Task<IReadOnlyList<ProposedFeed>> ProposeAsync(params string[] files)
    {
        var proposal = await FeedProposals.OfAsync(files, Warehouse.Workspace.NameOf, CancellationToken.None);
        foreach (var feed in proposal.Feeds)
        {
            Feed(feed.Name, feed.Yaml);
        }

        SchemaAgreement.RequireValid(
            DefinitionSchema.Of(typeof(Feed).Assembly).Single(schema => schema.Name == "feed"), [.. proposal.Feeds.Select(feed => feed.Yaml)]);
        return proposal.Feeds;
    }

    private object FeedCatalogueOrFault()
    {
        try
        {
            return FeedCatalogue.Read(Warehouse.Workspace);
        }
        catch (UserFaultException fault) when (fault is not DefinitionException)
        {
            return fault;
        }
    }

    private static string Lines(string header, Func<int, string> row) => header + "\n" + string.Concat(Enumerable.Range(0, 100).Select(number => row(number) + "\n"));
}
