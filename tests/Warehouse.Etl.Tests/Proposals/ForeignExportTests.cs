namespace Warehouse.Etl.Tests.Proposals;

/// <summary>Exports in which a name says one thing and the values another: what is proposed comes to what the company would count.</summary>
public sealed class ForeignExportTests : ProposalTest
{
    [SkippableFact]
    public async Task WooCommerce_TotalsOfOrdersAreNotCountedForEachLine_AndTheCostOfAnItemThatAddsUpIsItsPrice()
    {
        Data("orders.csv", """
            Order Number,Order Status,Order Date,Email (Billing),Cart Discount Amount,Order Subtotal Amount,Order Shipping Amount,Order Refund Amount,Order Total Amount,SKU,Item #,Item Name,Quantity (- Refund),Item Cost
            1001,completed,2024-01-05 09:30,ann@example.com,0.00,54.50,5.00,0.00,59.50,TP-B,1,Tea Pot,2,25.00
            1001,completed,2024-01-05 09:30,ann@example.com,0.00,54.50,5.00,0.00,59.50,CUP,2,Cup,1,4.50
            1002,completed,2024-01-06 02:30,bob@example.com,0.00,13.50,5.00,0.00,18.50,CUP,1,Cup,3,4.50
            1003,cancelled,2024-01-06 19:30,ann@example.com,0.00,41.75,5.00,0.00,46.75,TRAY,1,Tray,1,12.25
            1003,cancelled,2024-01-06 19:30,ann@example.com,0.00,41.75,5.00,0.00,46.75,TP-B,2,Tea Pot,1,25.00
            1003,cancelled,2024-01-06 19:30,ann@example.com,0.00,41.75,5.00,0.00,46.75,CUP,3,Cup,1,4.50

            """);

        var feeds = await ProposeAndLoadAsync();

        Assert.Equal("6 | 3 | 2 | 9.0000 | 109.7500", await RowAsync(Lines));
        Assert.Contains(feeds["orders"].Remarks, remark => remark.Contains("come to its Order Subtotal Amount", StringComparison.Ordinal));
        Assert.Equal("1, 2, 3", await RowAsync("SELECT string_agg(line_id, ', ' ORDER BY line_id) FROM star.fact_sale WHERE order_id = '1003'"));
    }

    [SkippableFact]
    public async Task LinesWithNothingButTheTotalsOfTheirOrders_AreNotLoaded_AndTheFeedSaysWhy()
    {
        Data("orders.csv", """
            order_id,order_date,customer_id,sku,quantity,order_total
            1,2024-01-05,C1,A,2,59.50
            1,2024-01-05,C1,B,1,59.50
            2,2024-01-06,C2,B,3,18.50

            """);

        var feeds = await ProposeAsync();

        Assert.Empty(feeds["orders"].Targets);
        Assert.Contains("order_total is the same in all lines of each order", feeds["orders"].Grain, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Squarespace_LaterLinesOfAnOrderHaveItsDateAndCustomer_AndNobodyElsesWhereItHasNone()
    {
        Data("orders.csv", """
            Order ID,Email,Financial Status,Paid at,Currency,Subtotal,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem discount,Billing Name
            00031,ann@example.com,PAID,2024-03-05 10:12:11 -0500,GBP,69.00,74.00,0.00,2024-03-05 10:12:10 -0500,2,Tea Pot,25.00,TP-B,0.00,Ann Lee
            00031,,,,,,,,,1,Cup,20.00,CUP-1,1.00,
            00032,,PAID,2024-03-06 10:12:11 -0500,GBP,20.00,25.00,0.00,2024-03-06 10:12:10 -0500,1,Cup,20.00,CUP-1,0.00,
            00032,,,,,,,,,3,Tray,10.00,TRAY,0.00,
            00033,bob@example.com,PAID,2024-03-07 08:00:01 -0500,GBP,20.00,25.00,0.00,2024-03-07 08:00:00 -0500,1,Cup,20.00,CUP-1,0.00,Bob Ray

            """);

        var feeds = await ProposeAndLoadAsync();

        Assert.Equal("5 | 3 | 3 | 8.0000 | 139.0000", await RowAsync(Lines));
        Assert.Equal("2 | -1 | 2024-03-06", await RowAsync("SELECT count(*), max(customer_key), CAST(max(date_key) AS VARCHAR) FROM star.fact_sale WHERE order_id = '00032'"));
        Assert.Equal("Ann Lee | Cup, Tea Pot", await RowAsync(
            "SELECT max(family_name), string_agg(p.name, ', ' ORDER BY p.name) FROM star.fact_sale JOIN star.customer_contact USING (customer_key) JOIN star.dim_product AS p USING (product_version_key) WHERE order_id = '00031'"));
        Assert.Contains("only its first row tells", feeds["orders"].Yaml, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task ReportOfASpreadsheet_WithCellsMergedForEachInvoice_IsReadToItsTotal()
    {
        object?[] Row(params object?[] cells) => cells;
        Warehouse.Folder.Write("data/report.xlsx", Sources.Workbook.Of(("Sales",
        [
            Row("Monthly sales report"), Row(),
            Row("Invoice", "Date", "Customer No", "Article", "Qty", "Unit price"),
            Row("I1", new DateTime(2024, 1, 5), "C1", "A", 2, 9.5), Row(null, null, null, "B", 1, 4), Row(null, null, null, "C", 3, 1),
            Row("I2", new DateTime(2024, 1, 6), "C2", "A", 1, 9.5), Row(null, null, null, "B", 2, 4),
            Row("I3", new DateTime(2024, 1, 7), "C1", "A", 1, 9.5), Row(null, null, null, "C", 1, 1),
            Row("Total", null, null, null, 11, null),
        ])));

        var (_, report) = await ProposeAndTryAsync();

        Assert.Equal("7 | 3 | 2 | 11.0000 | 54.0000", await RowAsync(Lines));
        Assert.Equal(1, Assert.Single(report.Files).RowsRejected);
    }

    [SkippableFact]
    public async Task Etsy_TransactionsAreTheLinesOfOrders_AndDiscountsOfOneAreMoney()
    {
        Data("EtsySoldOrderItems.csv", """
            Sale Date,Item Name,Buyer,Quantity,Price,Discount Amount,Currency,Transaction ID,Listing ID,Date Paid,Order ID,SKU
            01/05/24,Tea Pot,Ann (ann1),2,25.00,0.00,GBP,31,9,01/05/2024,21,TP-B
            01/05/24,Cup,Ann (ann1),1,4.50,1.00,GBP,32,8,01/05/2024,21,CUP
            01/16/24,Cup,Bob (bob7),3,4.50,0.00,GBP,33,8,01/17/2024,22,CUP

            """);

        await ProposeAndLoadAsync();

        Assert.Equal("3 | 2 | 2 | 6.0000 | 67.0000", await RowAsync(Lines));
        Assert.Equal("33 | 2024-01-16", await RowAsync("SELECT line_id, CAST(date_key AS VARCHAR) FROM star.fact_sale WHERE order_id = '22'"));
    }

    [SkippableFact]
    public async Task Square_NetSalesAreWhatIsLeftOfGross_AndPiecesAreCountedWhereMoneyHasSigns()
    {
        Data("items.csv", """
            Date,Time,Time Zone,Category,Item,Qty,SKU,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Event Type,Location,Customer ID
            2024-01-05,09:30:12,Eastern Time (US & Canada),Tea,Tea Pot,2.0,TP-B,"$2,450.00",-$1.00,"$2,449.00",$0.20,T1,Payment,Main St,CU1
            2024-01-05,09:30:12,Eastern Time (US & Canada),Tea,Cup,1.0,CUP,$4.50,$0.00,$4.50,$0.20,T1,Payment,Main St,CU1
            2024-01-06,10:30:12,Eastern Time (US & Canada),Tea,Cup,-1.0,CUP,-$4.50,$0.00,-$4.50,-$0.20,T2,Refund,Main St,CU2

            """);

        await ProposeAndLoadAsync();

        Assert.Equal("3 | 2 | 2 | 2.0000 | 2449.0000", await RowAsync(Lines));
    }

    [SkippableFact]
    public async Task Amazon_ItemPriceGrowsWithTheQuantity_SoItIsTheLines_AndPromotionsComeOffIt()
    {
        Data("orders.txt", """
            amazon-order-id	purchase-date	order-status	product-name	sku	quantity	currency	item-price	item-tax	item-promotion-discount
            111-1	2024-01-05T10:11:12+00:00	Shipped	Tea Pot	TP-B	2	GBP	50.00	1.00	
            111-1	2024-01-05T10:11:12+00:00	Shipped	Cup	CUP	1	GBP	4.50	0.20	
            111-2	2024-01-06T10:11:12+00:00	Shipped	Tea Pot	TP-B	1	GBP	25.00	0.50	
            111-3	2024-01-06T11:11:12+00:00	Shipped	Cup	CUP	3	GBP	13.50	0.60	1.00
            111-4	2024-01-06T11:11:12+00:00	Cancelled	Cup	CUP	0	GBP			

            """.Replace("            ", "", StringComparison.Ordinal));

        var feeds = await ProposeAndLoadAsync();

        Assert.Equal("5 | 4 | 1 | 7.0000 | 92.0000", await RowAsync(Lines));
        Assert.Contains(feeds["orders"].Remarks, remark => remark == "item-price grows with quantity: it is what the whole line comes to.");
    }

    [SkippableFact]
    public async Task Stripe_PaymentsAreNamedByTheirIds_AndRefundsThatAreNotSubtractedAreSaid()
    {
        Data("payments.csv", "id,Created (UTC),Amount,Amount Refunded,Currency,Description,Fee,Status,Customer ID\nch_1,2024-03-01 09:12,49.00,0.00,gbp,Plan A,1.72,Paid,cus_1\nch_2,2024-03-02 11:05,99.00,20.00,gbp,Plan B,3.17,Paid,cus_2\n");

        var feeds = await ProposeAndLoadAsync();

        Assert.Equal("2 | 2 | 2 | 2.0000 | 148.0000", await RowAsync(Lines));
        Assert.Contains("CHECK: Amount Refunded says an amount in 1 rows: it is not subtracted.", feeds["payments"].Remarks);
    }

    [SkippableFact]
    public async Task Salesforce_ContactsOfOneAccountAreDifferentPeople_AndCasesAreTheirs()
    {
        Data("Contact.csv", "\"Id\",\"AccountId\",\"LastName\",\"FirstName\",\"Email\",\"Title\",\"MailingCity\",\"CreatedDate\"\n\"0035A\",\"0015X\",\"Lee\",\"Ann\",\"ann@example.com\",\"CTO\",\"Boston\",\"2023-01-05T10:11:12.000Z\"\n\"0035B\",\"0015X\",\"Ray\",\"Bob\",\"bob@example.com\",\"CEO\",\"Boston\",\"2023-01-06T10:11:12.000Z\"\n");
        Data("Case.csv", "\"Id\",\"CaseNumber\",\"ContactId\",\"AccountId\",\"Status\",\"Reason\",\"CreatedDate\",\"ClosedDate\"\n\"5001\",\"00001001\",\"0035A\",\"0015X\",\"Closed\",\"Break\ndown\",\"2024-01-05T10:11:12.000Z\",\"2024-01-07T10:00:00.000Z\"\n\"5002\",\"00001002\",\"0035B\",\"0015X\",\"New\",\"Break\ndown\",\"2024-01-06T10:11:12.000Z\",\"\"\n");

        await ProposeAndLoadAsync();

        Assert.Equal(["00001001 | Ann", "00001002 | Bob"], await RowsAsync("SELECT contact_id, given_name FROM star.fact_contact JOIN star.customer_contact USING (customer_key) ORDER BY 1"));
    }

    [SkippableFact]
    public async Task Mailchimp_MembersAreKnownByTheirAddresses_NotByTheirRating()
    {
        Data("subscribed_members_export.csv", "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,LAST_CHANGED,LEID\nann@example.com,Ann,Lee,2,2023-01-03 10:11:12,2024-01-03 10:11:12,401\nbob@example.com,Bob,Ray,2,2023-01-03 10:11:12,2024-01-03 10:11:12,402\n");

        await ProposeAndLoadAsync();

        Assert.Equal("2", await RowAsync("SELECT count(*) FROM star.dim_customer WHERE is_current AND customer_key >= 0"));
    }

    [SkippableTheory]
    [InlineData("VBELN;POSNR;AUDAT;KUNNR;MATNR;ARKTX;KWMENG;VRKME;NETPR;NETWR;WAERK")]
    [InlineData("Verkaufsbeleg;Position;Belegdatum;Auftraggeber;Material;Bezeichnung;Auftragsmenge;ME;Nettopreis;Nettowert;Währung")]
    [InlineData("Sales Document;Item;Document Date;Sold-to party;Material;Description;Order Quantity;Sales Unit;Net Price;Net Value;Doc. Currency")]
    public async Task Sap_MinusesStandBehind_ZerosBeforeNumbersStay_AndItemsAreLineNumbers(string header)
    {
        Data("orders.csv", header + "\n0000001003;000010;20240113;0000000101;000000000000004712;Cup;2,000;ST;450,00;900,00;GBP\n0000001003;000020;20240113;0000000101;000000000000004711;Pot;1,000;ST;1.250,00;1.250,00;GBP\n0000001006;000010;20240128;0000000103;000000000000004712;Cup;1,000-;ST;450,00;450,00-;GBP\n0000001008;000010;20240111;0000000102;000000000000004713;Tray;3,000;ST;12,25;36,75;GBP\n0000001008;000020;20240111;0000000102;000000000000004712;Cup;1,000;ST;450,00;450,00;GBP\n");

        await ProposeAndLoadAsync();

        Assert.Equal("5 | 3 | 3 | 6.0000 | 2186.7500", await RowAsync(Lines));
        Assert.Equal("0000001003 | 000020 | 000000000000004711 | Pot", await RowAsync("SELECT order_id, line_id, product_id, name FROM star.fact_sale JOIN star.dim_product USING (product_version_key) WHERE unit_price = 1250"));
    }

    [SkippableTheory]
    [InlineData("114/01/31", "114/02/05")]
    [InlineData("1140131", "1140205")]
    [InlineData("114年01月31日", "114年2月5日")]
    [InlineData("2025年1月31日", "2025年2月5日")]
    public async Task TaiwanesePos_YearsOfTheRepublicAreRead(string first, string second)
    {
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        Warehouse.Folder.Write("data/銷售.csv", System.Text.Encoding.GetEncoding("big5").GetBytes(
            $"交易日期,交易時間,門市代號,發票號碼,會員卡號,商品條碼,品名,數量,單價,折扣,小計\n{first},09:30,S001,AB1001,M1,4710001,茶壺,2,750,5,1495\n{first},09:30,S001,AB1001,M1,4710002,許功蓋杯,1,135,5,130\n{second},14:05,S001,AB1002,M2,4710002,許功蓋杯,3,135,5,400\n"));

        await ProposeAndLoadAsync();

        Assert.Equal("3 | 2 | 2 | 6.0000 | 2025.0000", await RowAsync(Lines));
        Assert.Equal("2025-01-31 | 2025-02-05 | 茶壺", await RowAsync(
            "SELECT CAST(min(date_key) AS VARCHAR), CAST(max(date_key) AS VARCHAR), max(name) FILTER (unit_price = 750) FROM star.fact_sale JOIN star.dim_product USING (product_version_key)"));
    }

    [SkippableFact]
    public async Task ListOfSap_WithRulesAroundIt_IsReadBetweenThem()
    {
        Data("liste.txt", """
            09.02.2024                 Dynamische Listanzeige                 1

            ---------------------------------------------------------------------
            |Verkaufsbel.|Pos.  |Belegdatum|Kunde     |Material|  Menge|Nettowert|
            ---------------------------------------------------------------------
            |0000001003  |000010|13.01.2024|0000000101|00004712|  2,000|   900,00|
            |0000001003  |000020|13.01.2024|0000000101|00004711|  1,000| 1.250,00|
            |0000001006  |000010|28.01.2024|0000000103|00004712| 1,000-|  450,00-|
            ---------------------------------------------------------------------

            """);

        await ProposeAndTryAsync();

        Assert.Equal("3 | 2 | 2 | 2.0000 | 1700.0000", await RowAsync(Lines));
    }

    [SkippableTheory]
    [InlineData(",order_id,order_date,customer_id,sku,qty,unit_price", "0,", "1,", "")]
    [InlineData("order_id,order_date,customer_id,sku,qty,unit_price,,", "", "", ",,")]
    [InlineData("order_id,order_date,customer_id,sku,qty,unit_price,,", "", "", ",x,y")]
    public async Task ColumnsWithoutNames_DoNotHideThoseWithThem(string header, string before, string beforeSecond, string behind)
    {
        Data("orders.csv", $"{header}\n{before}1,2024-01-05,C1,A,2,9.99{behind}\n{beforeSecond}2,2024-01-06,C2,A,1,9.99{behind}\n");

        await ProposeAndLoadAsync();

        Assert.Equal("2 | 2 | 2 | 3.0000 | 29.9700", await RowAsync(Lines));
    }

    [SkippableFact]
    public async Task EventsOfAMailing_AreTheMilestonesOfItsTouches()
    {
        Data("email_activity.csv", """
            campaign_id,campaign_title,email_address,action,timestamp,url
            c1,Spring,ann@example.com,sent,2024-03-01T08:00:00+00:00,
            c1,Spring,bob@example.com,sent,2024-03-01T08:00:01+00:00,
            c1,Spring,ann@example.com,open,2024-03-01T09:00:00+00:00,
            c1,Spring,ann@example.com,click,2024-03-01T09:01:00+00:00,https://x.example/a
            c1,Spring,bob@example.com,bounce,2024-03-01T08:00:05+00:00,

            """);

        var feeds = await ProposeAndLoadAsync();

        Assert.Equal(
            ["treated | 2024-03-01 08:00:00+00 | 2024-03-01 09:00:00+00 | 2024-03-01 09:01:00+00 | NULL", "treated | 2024-03-01 08:00:01+00 | NULL | NULL | 2024-03-01 08:00:05+00"],
            await RowsAsync("SELECT arm, CAST(assigned_at AS VARCHAR), CAST(opened_at AS VARCHAR), CAST(clicked_at AS VARCHAR), CAST(bounced_at AS VARCHAR) FROM star.fact_touch ORDER BY assigned_at"));
        Assert.Contains(feeds["email_activity"].Remarks, remark => remark.StartsWith("CHECK: arm: no column names arms", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task RecipientsOfAMailing_AreItsTouches()
    {
        Data("recipients.csv", "Campaign Name,Email,Sent At,Opened At,Clicked At\nSpring,ann@example.com,2024-03-01 08:00,2024-03-01 09:00,\nSpring,bob@example.com,2024-03-01 08:01,,\n");

        await ProposeAndLoadAsync();

        Assert.Equal("2 | 2 | 1", await RowAsync("SELECT count(*), count(sent_at), count(opened_at) FROM star.fact_touch WHERE arm = 'treated'"));
    }

    [SkippableFact]
    public async Task QuickBooks_LinesUnderTheNamesOfCustomers_LoadByAFeedWrittenByHand()
    {
        Data("Sales by Customer Detail.csv", "Sales by Customer Detail\nAcme Shop\n\"January 1 - 31, 2024\"\n\n,Date,Transaction Type,Num,Product/Service,Qty,Sales Price,Amount\nAnn Lee,,,,,,,\n,01/10/2024,Invoice,1001,Pot,2.00,\"1,500.00\",\"3,000.00\"\n,01/11/2024,Invoice,1002,Cup,1.00,4.50,4.50\nTotal for Ann Lee,,,,,,,\"$3,004.50\"\nBob Ray,,,,,,,\n,01/12/2024,Invoice,1003,Cup,3.00,4.50,13.50\nTotal for Bob Ray,,,,,,,$13.50\nTOTAL,,,,,,,\"$3,018.00\"\n");
        Feed("sales", """
            source: {files: "data/*.csv", header_row: 5, header: [customer, at, type, number, item, qty, price, amount], fill_down: customer}
            where: "not is_null(at)"
            into: sale
            columns: {order_id: number, ordered_at: {from: at, format: "%m/%d/%Y"}, customer: {from: customer, identity: books}, product: item, quantity: qty, unit_price: {from: price, clean: number}}
            """);

        await LoadAsync();

        Assert.Equal("3 | 3 | 2 | 6.0000 | 3018.0000", await RowAsync(Lines));
    }

    [SkippableFact]
    public async Task Dunnhumby_DaysCountedFromTheFirst_AreDatesByAFeedWrittenByHand()
    {
        Data("transaction_data.csv", "household_key,BASKET_ID,DAY,PRODUCT_ID,QUANTITY,SALES_VALUE\n2375,26984851472,1,1004906,1,1.39\n2364,26984851473,711,1004907,2,3.00\n");
        Feed("sales", """
            source: {files: data/transaction_data.csv}
            into: sale
            columns: {order_id: BASKET_ID, ordered_at: {expr: "DAY + 43830", format: excel}, customer: {from: household_key, identity: loyalty}, product: PRODUCT_ID, quantity: {value: 1}, unit_price: SALES_VALUE}
            """);

        await LoadAsync();

        Assert.Equal("2020-01-01 | 2021-12-11 | 4.3900", await RowAsync("SELECT CAST(min(date_key) AS VARCHAR), CAST(max(date_key) AS VARCHAR), sum(net_amount) FROM star.fact_sale"));
    }

    [SkippableFact]
    public async Task FolderOfDatFiles_IsLookedAt()
    {
        Data("sales.dat", "order_no|order_date|customer_no|item_no|qty|unit_price\n1|2024-01-05|C1|P1|2|9.99\n2|2024-01-06|C2|P2|1|9.99\n");

        await ProposeAndLoadAsync();

        Assert.Equal("2 | 2 | 2 | 3.0000 | 29.9700", await RowAsync(Lines));
    }
}
