using System.Text;
using Warehouse.Etl.Proposals;
using Warehouse.Etl.Tests.Sources;

namespace Warehouse.Etl.Tests.Proposals;

/// <summary>Small files as people send them, with what is wrong in them: the feed that is proposed loads what is right, and rejects the rest.</summary>
public sealed class MessyFileTests : EtlTest
{
    private const string Sales =
        "SELECT string_agg(order_id || ' ' || date_key || ' ' || CAST(quantity AS INTEGER) || ' x ' || unit_price || CASE WHEN discount_amount <> 0 THEN ' - ' || discount_amount ELSE '' END, ', ' ORDER BY order_id, line_id) FROM star.fact_sale";

    [Theory]
    [InlineData(
        "orders of a web shop", "orders.csv", "utf-8", "GBP",
        "Order No,Date,Customer,E-Mail,Item,Qty,Unit Price,Total\n1001,03/02/2025,Ann Lee,ann@x.com,Mug,2,\"£1,234.50\",\"£2,469.00\"\n1002,13/02/2025,Bob,bob@x.com,Cap,1,£5.00,£5.00\n1003,not known,Cy,cy@x.com,Mug,1,£3.50,£3.50\n1004,28/02/2025,Di,di@x.com,Pen,abc,£1.50,£1.50\n1005,01/03/2025,Di,di@x.com,Pen,3,tbc,£4.50\n1006,02/03/2025,Di,di@x.com,Pen,-1,(£1.50),£1.50\n",
        3, 3, Sales, "1001 2025-02-03 2 x 1234.5000, 1002 2025-02-13 1 x 5.0000, 1006 2025-03-02 -1 x -1.5000")]
    [InlineData(
        "a till's report, with a title and a total", "till.csv", "utf-8", null,
        "Store 12 - Daily report;;;;;;\nPrinted: 2025-03-01;;;;;;\n;;;;;;\nReceipt;Date;Time;Article;Description;Quantity;Amount\nR1;2025-02-27;09:14;4711;Bread;2;5,00\nR1;2025-02-27;09:14;4712;Milk;1;1,29\nR2;2025-02-27;10:02;4711;Bread;1;2,50\nR3;2025-02-28;11:30;4713;Cheese;-1;(3,99)\n;;;;Total;3;4,80\n",
        4, 1, "SELECT sum(net_amount), string_agg(DISTINCT product_id, ' ' ORDER BY product_id) FROM star.fact_sale JOIN star.dim_product USING (product_version_key)", "4.8000 | 4711 4712 4713")]
    [InlineData(
        "a German export", "bestellungen.csv", "windows-1252", "EUR",
        "Bestellnummer;Bestelldatum;Kundennummer;Kunde;Artikelnummer;Artikel;Menge;Einzelpreis;Rabatt\nB100;03.02.2025;K1;Müller;A1;Tasse;2;1.234,50 €;5 %\nB101;14.02.2025;K2;Jäger;A2;Kappe;1;5,00 €;\nB102;15.02.2025;K1;Müller;A3;Stift;10;0,99 €;10 %\nB103;unbekannt;K3;Öz;A3;Stift;1;0,99 €;\n",
        3, 1, Sales, "B100 2025-02-03 2 x 1234.5000 - 123.4500, B101 2025-02-14 1 x 5.0000, B102 2025-02-15 10 x 0.9900 - 0.9900")]
    [InlineData(
        "tabs in UTF-16", "export.txt", "utf-16", null,
        "OrderID\tOrderDate\tCustomerID\tProductID\tQuantity\tUnitPrice\n1\t2025/02/03 10:00\tC1\tP1\t1\t9.99\n2\t2025/02/04 11:00\tC2\tP2\t2\t1,299.00\n3\t2025/02/05 12:30\tC1\tP2\t1\t1,299.00\n",
        3, 0, Sales, "1 2025-02-03 1 x 9.9900, 2 2025-02-04 2 x 1299.0000, 3 2025-02-05 1 x 1299.0000")]
    [InlineData(
        "a Taiwanese shop in Big5", "訂單.csv", "big5", "TWD",
        "訂單編號,訂單日期,會員編號,商品編號,商品名稱,數量,單價\nT1,2025/1/3,M1,P1,綠茶,2,\"NT$1,200\"\nT2,2025/1/4,M2,P2,烏龍茶,1,NT$350\nT3,2025/1/15,M1,P1,綠茶,1,\"NT$1,200\"\nT4,待查,M3,P1,綠茶,1,\"NT$1,200\"\n",
        3, 1, "SELECT sum(net_amount), string_agg(DISTINCT product.name, ' ' ORDER BY product.name) FROM star.fact_sale JOIN star.dim_product AS product USING (product_version_key)", "3950.0000 | 烏龍茶 綠茶")]
    [InlineData(
        "days of a spreadsheet and percentages", "sales.csv", "utf-8", null,
        "Invoice,Invoice Date,Customer No,Product Code,Qty,Price,Discount\nI1,45700,C1,P1,1,10.00,5%\nI2,45701.5,C2,P2,2,20.00,10%\nI3,45702,C1,P2,1,20.00,0%\nI4,?,C1,P2,1,20.00,0%\n",
        3, 1, Sales, "I1 2025-02-12 1 x 10.0000 - 0.5000, I2 2025-02-13 2 x 20.0000 - 4.0000, I3 2025-02-14 1 x 20.0000")]
    [InlineData(
        "a call log", "calls.csv", "utf-8", null,
        "Call ID,Call Date,Start Time,Caller Phone,Agent,Topic,Answered,Wait (sec),Talk Time,Rating\nC-1,2025-01-03,09:05:10,+44 20 7946 0001,Sue,Billing,Y,12,00:03:20,5\nC-2,2025-01-03,09:15:10,020 7946 0002,Sue,Delivery,N,95,,\nC-3,2025-01-04,10:05:10,020 7946 0001,Tom,Billing,Y,ten,00:01:02,4\nC-4,n/a,10:15:10,020 7946 0003,Tom,Refund,Y,7,00:10:00,3\n",
        2, 2, "SELECT count(*) FILTER (is_answered), sum(waiting_seconds), sum(talk_seconds), sum(satisfaction) FROM star.fact_contact", "1 | 107 | 200 | 5")]
    [InlineData(
        "customers with e-mail and telephone", "customers.csv", "utf-8", null,
        "Customer ID,First Name,Last Name,Email Address,Mobile,Date of Birth,Signup Date,City,Post Code,Country,Newsletter\n1,Ann,Lee,ann@x.com,+447700900001,1980-05-01,2020-01-01,Leeds,LS1 1AA,UK,yes\n2,Bob,Ray,bob@x.com,07700 900002,,2021-06-30,York,YO1 2BB,UK,no\n3,Cy,Dee,,07700900003,1975-11-01,soon,Hull,HU1 1AA,UK,yes\n",
        2, 1, "SELECT string_agg(customer_id || ' ' || city || ' ' || coalesce(birth_year, 0) || ' ' || registered_on, ', ' ORDER BY customer_id) FROM star.dim_customer WHERE customer_key >= 0", "1 Leeds 1980 2020-01-01, 2 York 0 2021-06-30")]
    [InlineData(
        "orders with their lines in JSON Lines", "orders.jsonl", "utf-8", "GBP",
        "{\"id\":\"A1\",\"created_at\":\"2025-02-03T10:00:00Z\",\"currency\":\"GBP\",\"customer\":{\"id\":7,\"email\":\"ann@x.com\"},\"line_items\":[{\"id\":1,\"sku\":\"MUG\",\"quantity\":2,\"price\":\"4.50\"},{\"id\":2,\"sku\":\"CAP\",\"quantity\":1,\"price\":\"9.00\"}]}\n{\"id\":\"A2\",\"created_at\":\"2025-02-04T10:00:00Z\",\"currency\":\"GBP\",\"customer\":{\"id\":8,\"email\":\"bob@x.com\"},\"line_items\":[{\"id\":1,\"sku\":\"MUG\",\"quantity\":1,\"price\":\"4.50\"}]}\n{\"id\":\"A3\",\"created_at\":\"oops\",\"currency\":\"GBP\",\"customer\":null,\"line_items\":[{\"id\":1,\"sku\":\"PEN\",\"quantity\":1,\"price\":\"1.00\"}]}\n{\"id\":\"A4\",\"created_at\":\n",
        3, 2, Sales, "A1 2025-02-03 2 x 4.5000, A1 2025-02-03 1 x 9.0000, A2 2025-02-04 1 x 4.5000")]
    [InlineData(
        "fields between two colons", "ratings.csv", "utf-8", "USD",
        "order_id::order_date::customer_id::sku::quantity::unit_price\nO1::2024-05-13 10:00::C1::P:1::1::$1.25\nO2::2024-05-14 11:00::C2::P2::2::$2.50\n",
        2, 0, Sales, "O1 2024-05-13 1 x 1.2500, O2 2024-05-14 2 x 2.5000")]
    public async Task File_LoadsWhatIsRightInIt(string what, string file, string encoding, string? currency, string text, int loaded, int rejected, string query, string expected)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var written = Encoding.GetEncoding(encoding);
        Warehouse.Folder.Write("data/" + file, [.. written.GetPreamble(), .. written.GetBytes(text)]);

        await ProposeAndLoadAsync(what, currency, loaded, rejected);

        Assert.Equal(expected, await RowAsync(query));
    }

    [Fact]
    public async Task Workbook_WithATitleAboveItsHeader_LoadsWhatIsRightInIt()
    {
        Warehouse.Folder.Write("data/sales.xlsx", Workbook.Of(("Sales", [
            ["Sales of the week", null, null, null, null, null],
            ["made by hand", "2025-02-10", null, null, null, null],
            [],
            ["Order No", "Order Date", "Customer No", "SKU", "Qty", "Price"],
            ["O1", new DateTime(2025, 2, 3, 0, 0, 0, DateTimeKind.Unspecified), "C1", "P1", 2, 4.5],
            ["O2", "04/02/2025", "C2", "P2", 1, "£9.00"],
            ["O3", new DateTime(2025, 2, 5, 0, 0, 0, DateTimeKind.Unspecified), "C1", "P1", 1, 4.5],
            ["O4", new DateTime(2025, 2, 6, 0, 0, 0, DateTimeKind.Unspecified), "C1", "P1", 3, 4.5],
            [null, null, null, "Total", 7, 36],
        ])));

        await ProposeAndLoadAsync("a workbook", "GBP", 3, 2);

        Assert.Equal("O1 2025-02-03 2 x 4.5000, O3 2025-02-05 1 x 4.5000, O4 2025-02-06 3 x 4.5000", await RowAsync(Sales));
    }

    [Theory]
    [InlineData("03/04/2026,05/06/2026", "CHECK: 100% are dates by %d/%m/%Y, and as many by %m/%d/%Y")]
    [InlineData("03/04/2026,05/26/2026", "format: \"%m/%d/%Y\"")]
    [InlineData("03/04/2026,26/05/2026", "format: \"%d/%m/%Y\"")]
    public async Task DayAndMonth_AreTold_OrSaidToBeOpen(string dates, string said)
    {
        Data("sales.csv", "order,date,customer,product,quantity,price\n" + string.Concat(dates.Split(',').Select((date, number) => $"O{number},{date},C,P,1,2\n")));

        Assert.Contains(said, (await ProposeAsync()).Feeds[0].Yaml, StringComparison.Ordinal);
    }

    private Task<WorkspaceProposal> ProposeAsync() =>
        FeedProposals.OfAsync([Path.Combine(Warehouse.Folder.Path, "data")], Warehouse.Workspace.NameOf, CancellationToken.None);

    private async Task ProposeAndLoadAsync(string what, string? currency, int loaded, int rejected)
    {
        var proposal = await ProposeAsync();
        var feed = Assert.Single(proposal.Feeds);
        Feed(feed.Name, feed.Yaml);
        var report = Assert.Single((await LoadAsync()).Files);
        Assert.True((loaded + rejected, loaded, rejected) == (report.RowsRead, report.RowsLoaded, report.RowsRejected), $"{what}: {report}\n{feed.Yaml}");
        Assert.Equal(currency, proposal.Currency);
    }
}
