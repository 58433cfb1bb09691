namespace Warehouse.Etl.Tests.Proposals;

/// <summary>Files of the shapes that public data sets and the exports of widespread products have, with a few made rows each, become feeds that load to what they say.</summary>
public sealed class WellKnownShapeTests : ProposalTest
{
    [SkippableFact]
    public async Task Olist_ItemsFindTheirOrders_AndThePersonBehindEachOrdersCustomer()
    {
        Data("orders.csv", "order_id,customer_id,order_status,order_purchase_timestamp\no1,c1,delivered,2017-10-02 10:56:33\no2,c2,delivered,2018-07-24 20:41:37\no3,c3,canceled,2018-08-08 08:38:49\n");
        Data("order_items.csv", "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value\no1,1,p1,s1,2017-10-06 11:07:15,29.99,8.72\no2,1,p2,s2,2018-07-30 03:24:27,118.70,22.76\no2,2,p2,s2,2018-07-30 03:24:27,118.70,22.76\no3,1,p1,s1,2018-08-13 08:55:23,19.90,8.72\n");
        Data("customers.csv", "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state\nc1,u1,03149,sao paulo,SP\nc2,u2,47813,barreiras,BA\nc3,u1,03149,sao paulo,SP\n");
        Data("products.csv", "product_id,product_category_name,product_weight_g\np1,perfumaria,500\np2,automotivo,400\n");
        Data("order_payments.csv", "order_id,payment_sequential,payment_type,payment_installments,payment_value\no1,1,credit_card,1,38.71\no2,1,voucher,1,282.92\no3,1,boleto,1,28.62\n");

        var feeds = await ProposeAndLoadAsync();

        Assert.Equal("4 | 3 | 2 | 4.0000 | 287.2900", await RowAsync(Lines));
        Assert.Empty(feeds["order_payments"].Targets);
        Assert.Contains("count twice", feeds["orders"].Grain, StringComparison.Ordinal);
        Assert.Contains(feeds["order_items"].Remarks, remark => remark.Contains("order_status of orders.csv says canceled of 1 rows", StringComparison.Ordinal));
        Assert.Equal("sao paulo | 2", await RowAsync("SELECT city, count(DISTINCT order_id) FROM star.fact_sale JOIN star.dim_customer USING (customer_key) WHERE is_current AND region = 'SP' GROUP BY city"));
    }

    [SkippableFact]
    public async Task Superstore_SalesAreOfTheWholeLine_AndAShipDateSettlesMonthAndDay()
    {
        Data("superstore.csv", """
            Row ID,Order ID,Order Date,Ship Date,Customer ID,Customer Name,Segment,Country,City,State,Postal Code,Product ID,Category,Sub-Category,Product Name,Sales,Quantity,Discount,Profit
            1,CA-1,11/8/2016,11/11/2016,CG-1,Ann Lee,Consumer,United States,Henderson,Kentucky,42420,FUR-BO-1,Furniture,Bookcases,Bookcase,261.96,2,0,41.91
            2,US-2,10/11/2015,10/18/2015,SO-2,Bob Ray,Consumer,United States,Austin,Texas,73301,FUR-TA-2,Furniture,Tables,"Table, slim",957.5775,5,0.45,-383.03
            3,US-2,10/11/2015,10/18/2015,SO-2,Bob Ray,Consumer,United States,Austin,Texas,73301,OFF-ST-3,Office Supplies,Storage,Cart,22.37,3,0.2,2.52

            """);

        var feeds = await ProposeAndLoadAsync();

        Assert.Equal("3 | 2 | 2 | 10.0000 | 1241.9075", await RowAsync(Lines));
        Assert.Equal("2016-11-08", await RowAsync("SELECT CAST(date_key AS VARCHAR) FROM star.fact_sale WHERE order_id = 'CA-1'"));
        Assert.Equal("Tables", await RowAsync("SELECT subcategory FROM star.dim_product WHERE product_id = 'FUR-TA-2' AND is_current"));
        Assert.DoesNotContain("nothing tells day from month", feeds["superstore"].Yaml, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task AdventureWorks_PricesStandInTheProducts_AndCustomersAreNoSales()
    {
        Data("AdventureWorks_Sales_2015.csv", "OrderDate,StockDate,OrderNumber,ProductKey,CustomerKey,TerritoryKey,OrderLineItem,OrderQuantity\n1/1/2015,9/21/2001,SO45080,332,14657,1,1,1\n1/14/2015,10/29/2001,SO45082,350,11455,9,1,2\n");
        Data("AdventureWorks_Products.csv", "ProductKey,ProductSubcategoryKey,ProductSKU,ProductName,ProductCost,ProductPrice\n332,2,BK-R50B-58,\"Road-650 Black, 58\",413.1463,699.0982\n350,1,BK-M82S-44,\"Mountain-100 Silver, 44\",1912.1544,3399.99\n");
        Data("AdventureWorks_Customers.csv", "CustomerKey,FirstName,LastName,BirthDate,Gender,EmailAddress,AnnualIncome,TotalChildren,Occupation\n14657,Jon,Yang,4/18/1966,M,jon@example.com,\"$90,000 \",2,Professional\n11455,Ruben,Torres,8/12/1965,M,ruben@example.com,\"$60,000 \",3,Professional\n");

        await ProposeAndLoadAsync();

        Assert.Equal("2 | 2 | 2 | 3.0000 | 7499.0782", await RowAsync(Lines));
        Assert.Equal("1966", await RowAsync("SELECT birth_year FROM star.dim_customer WHERE customer_id = '14657' AND is_current"));
    }

    [SkippableFact]
    public async Task Chinook_TracksAreWhatIsSold_AndInvoicesAreNotCountedBesideTheirLines()
    {
        Data("Invoice.csv", "InvoiceId,CustomerId,InvoiceDate,BillingCity,BillingCountry,Total\n1,2,2009-01-01 00:00:00,Stuttgart,Germany,1.98\n2,4,2009-01-02 00:00:00,Oslo,Norway,2.97\n");
        Data("InvoiceLine.csv", "InvoiceLineId,InvoiceId,TrackId,UnitPrice,Quantity\n1,1,2,0.99,1\n2,1,4,0.99,1\n3,2,6,0.99,3\n");
        Data("Track.csv", "TrackId,Name,AlbumId,Milliseconds,UnitPrice\n2,Balls to the Wall,2,342562,0.99\n4,Restless and Wild,3,252051,0.99\n6,Evil Walks,1,263497,0.99\n");

        await ProposeAndLoadAsync();

        Assert.Equal("3 | 2 | 2 | 5.0000 | 4.9500", await RowAsync(Lines));
        Assert.Equal("Evil Walks", await RowAsync("SELECT name FROM star.fact_sale JOIN star.dim_product USING (product_version_key) WHERE quantity = 3"));
    }

    [SkippableFact]
    public async Task TpcDs_PrefixedKeysLeadToTheCalendarTheCustomersAndTheItems()
    {
        Data("store_sales.csv", "ss_sold_date_sk,ss_item_sk,ss_customer_sk,ss_store_sk,ss_ticket_number,ss_quantity,ss_wholesale_cost,ss_list_price,ss_sales_price,ss_ext_sales_price,ss_net_paid\n2451813,3617,67006,10,1,79,11.41,18.71,2.80,221.20,221.20\n2451813,13283,67006,10,1,37,63.63,101.17,41.47,1534.39,1534.39\n2452642,6349,89512,4,2,34,57.97,69.56,20.17,685.78,685.78\n");
        Data("date_dim.csv", "d_date_sk,d_date_id,d_date,d_year\n2451813,AAAAF,2000-09-25,2000\n2452642,AAAAC,2003-01-02,2003\n");
        Data("customer.csv", "c_customer_sk,c_customer_id,c_first_name,c_last_name,c_birth_year,c_email_address\n67006,AAAAO,Javier,Lewis,1936,javier@example.org\n89512,AAAAI,Amy,Moses,1966,amy@example.org\n");
        Data("item.csv", "i_item_sk,i_item_id,i_item_desc,i_current_price,i_wholesale_cost,i_brand,i_class,i_category\n3617,AAAAB,Powers,1.35,0.85,exporti,cameras,Electronics\n13283,AAAAD,False,4.02,3.29,amalg,dresses,Women\n6349,AAAAN,Also,9.54,1.43,edu,sports,Books\n");

        await ProposeAndLoadAsync();

        Assert.Equal("3 | 2 | 2 | 150.0000 | 2441.3700", await RowAsync(Lines));
        Assert.Equal("Javier | 2000-09-25 | 901.3900", await RowAsync(
            "SELECT given_name, CAST(date_key AS VARCHAR), cost_amount FROM star.fact_sale JOIN star.customer_contact USING (customer_key) WHERE quantity = 79"));
    }

    [SkippableFact]
    public async Task Shopify_OrdersAreKnownByTheirNames_AndTheLaterLinesOfAnOrderAreNotLost()
    {
        Data("orders_export_1.csv", """
            Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Billing City,Billing Country,Vendor,Id
            #1002,ann@example.com,paid,2024-03-05 10:12:11 -0500,GBP,60.00,69.80,10.00,2024-03-05 10:12:10 -0500,2,Tea Pot - Blue,25.00,TP-B,Ann Lee,Boston,US,TeaCo,55002
            #1002,ann@example.com,,,,,,,2024-03-05 10:12:10 -0500,1,Cup,20.00,CUP-1,,,,TeaCo,
            #1001,bob@example.com,refunded,2024-03-04 08:00:01 -0500,GBP,20.00,26.60,0.00,2024-03-04 08:00:00 -0500,1,Cup,20.00,CUP-1,Bob Ray,Austin,US,TeaCo,55001

            """);

        var feeds = await ProposeAndLoadAsync();

        Assert.Equal("3 | 2 | 2 | 4.0000 | 80.0000", await RowAsync(Lines));
        Assert.Contains(feeds["orders_export_1"].Remarks, remark => remark.Contains("refunded of 1 rows", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Stripe_CurrenciesInSmallLettersAreCurrencies()
    {
        Data("unified_payments.csv", "id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Description,Fee,Status,Card ID,Customer ID,Customer Email\nch_1,2024-03-01 09:12:33,49.00,0.00,gbp,true,Subscription creation,1.72,Paid,card_1,cus_1,ann@example.com\nch_2,2024-03-02 11:05:10,99.00,0.00,gbp,true,Subscription update,3.17,Paid,card_2,cus_2,bob@example.com\n");

        await ProposeAndLoadAsync();

        Assert.Equal("2 | GBP | 148.0000", await RowAsync("SELECT count(*), min(currency), sum(net_amount) FROM star.fact_sale"));
    }

    [SkippableFact]
    public async Task HubSpot_ContactsAreCustomers_AndZendesk_TicketsAreContacts()
    {
        Data("contacts.csv", "\"Record ID\",\"First Name\",\"Last Name\",\"Email\",\"Phone Number\",\"Contact owner\",\"Lead Status\",\"Create Date\",\"City\",\"Country/Region\",\"Postal Code\"\n\"101\",\"Ann\",\"Lee\",\"ann@example.com\",\"+1 617 555 0100\",\"Max\",\"New\",\"2024-01-03 10:11\",\"Boston\",\"United States\",\"02110\"\n\"102\",\"Bob\",\"Ray\",\"bob@example.com\",\"\",\"Max\",\"\",\"2024-01-04 12:00\",\"Austin\",\"United States\",\"73301\"\n");
        Data("tickets.csv", "\"Id\",\"Requester email\",\"Assignee\",\"Subject\",\"Status\",\"Via\",\"Created at\",\"Solved at\"\n\"2001\",\"ann@example.com\",\"Sam\",\"Pot broken\",\"Closed\",\"Mail\",\"2024-03-06 10:00\",\"2024-03-07 09:30\"\n\"2002\",\"bob@example.com\",\"Kim\",\"Refund?\",\"Open\",\"Web\",\"2024-03-07 08:00\",\"\"\n");

        var feeds = await ProposeAndLoadAsync();

        Assert.Equal(["customer"], feeds["contacts"].Targets);
        Assert.Equal("02110 | 2024-01-03", await RowAsync("SELECT postcode, CAST(registered_on AS VARCHAR) FROM star.dim_customer JOIN star.customer_contact USING (customer_key) WHERE customer_id = '101' AND is_current"));
        Assert.Equal("2 | 1 | Kim, Sam", await RowAsync("SELECT count(*), count(resolved_at), string_agg(agent_id, ', ' ORDER BY agent_id) FROM star.fact_contact JOIN star.dim_agent USING (agent_key)"));
    }

    [SkippableFact]
    public async Task OrdersInAnotherEncodingAndWithSemicolons_AreLookedUpAsTheyAreWritten()
    {
        System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
        Warehouse.Folder.Write("data/bestellungen.csv", System.Text.Encoding.GetEncoding(1252).GetBytes("Bestellnr;Bestelldatum;Kunde\n1;05.03.2024;Müller\n2;26.03.2024;Özdemir\n"));
        Data("positionen.csv", "Bestellnr;Artikel;Menge;Preis\n1;A;2;1.50\n1;B;1;2.50\n2;A;1;1.50\n");

        await ProposeAndLoadAsync();

        Assert.Equal("3 | 2 | 2 | 4.0000 | 7.0000", await RowAsync(Lines));
        Assert.Equal("Müller", await RowAsync("SELECT DISTINCT source_id FROM star.customer_identity JOIN star.fact_sale USING (customer_key) WHERE order_id = '1'"));
    }

    [SkippableFact]
    public async Task SuperstoreWorkbook_HasAFeedForEachSheet_AlsoBelowATitle()
    {
        object?[] Row(params object?[] cells) => cells;
        Warehouse.Folder.Write("data/Sample - Superstore.xlsx", Sources.Workbook.Of(
            ("Orders",
            [
                Row("Sales of the Superstore"), Row(),
                Row("Order ID", "Order Date", "Customer ID", "Product ID", "Sales", "Quantity"),
                Row("CA-1", new DateTime(2016, 11, 8), "CG-1", "FUR-1", 261.96, 2), Row("US-2", new DateTime(2015, 10, 11), "SO-2", "FUR-2", 957.5775, 5),
            ]),
            ("Customers", [Row("Customer ID", "First Name", "Last Name", "Email"), Row("CG-1", "Ann", "Lee", "ann@example.com"), Row("SO-2", "Bob", "Ray", "bob@example.com")]),
            ("Empty", [])));

        var feeds = await ProposeAndLoadAsync();

        Assert.Equal(["customers", "orders"], feeds.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("2 | 2 | 2 | 7.0000 | 1219.5375", await RowAsync(Lines));
        Assert.Equal("Ann", await RowAsync("SELECT given_name FROM star.fact_sale JOIN star.customer_contact USING (customer_key) WHERE order_id = 'CA-1'"));
    }

    [SkippableTheory]
    [InlineData("orders.json", "{{\"meta\": {{\"count\": 2}}, \"data\": {{\"orders\": [{0}, {1}]}}}}")]
    [InlineData("orders.jsonl", "{0}\n{1}\n")]
    [InlineData("orders.json", "{0}\n{1}\n")]
    public async Task OrdersOfAnInterface_HoldTheirLinesAsAnArray(string name, string around)
    {
        const string First = "{\"id\": 501, \"created_at\": \"2024-03-05T10:12:10-05:00\", \"email\": \"Ann@example.com\", \"tags\": [\"a\"], \"line_items\": [{\"id\": 9001, \"sku\": \"TP-B\", \"name\": \"Tea pot\", \"quantity\": 2, \"price\": \"25.00\"}, {\"id\": 9002, \"sku\": \"CUP\", \"name\": \"Cup\", \"quantity\": 1, \"price\": \"20.00\"}]}";
        const string Second = "{\"id\": 502, \"created_at\": \"2024-03-06T10:12:10-05:00\", \"email\": \"bob@example.com\", \"tags\": [], \"line_items\": [{\"id\": 9003, \"sku\": \"CUP\", \"name\": \"Cup\", \"quantity\": 3, \"price\": \"20.00\"}]}";
        Data(name, string.Format(System.Globalization.CultureInfo.InvariantCulture, around, First, Second));

        await ProposeAndLoadAsync();

        Assert.Equal("3 | 2 | 2 | 6.0000 | 130.0000", await RowAsync(Lines));
        Assert.Equal("9002 | Cup", await RowAsync("SELECT line_id, name FROM star.fact_sale JOIN star.dim_product USING (product_key) WHERE quantity = 1 AND is_current"));
    }
}
