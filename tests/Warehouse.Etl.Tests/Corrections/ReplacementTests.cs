using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Loading;

namespace Warehouse.Etl.Tests.Corrections;

/// <summary>Orders and days that are told again as a whole, and deletions that name keys alone.</summary>
public sealed class ReplacementTests : EtlTest
{
    private const string Now = "SELECT order_id, line_id, CAST(quantity AS INTEGER) FROM star.fact_sale ORDER BY ALL";
    private const string Timed = "\nknown: at_event\nchanges: replace\nreplaces: order";

    [Fact]
    public async Task OrderToldAgain_LosesTheLinesThatAreNoMore_AndThoseOnly()
    {
        Feed("sales", SaleFeed + "\nchanges: replace\nreplaces: order");
        Data("sales1.csv", SaleHeader + "A,1,2026-05-01,C1,P,2,10\nA,2,2026-05-01,C1,P,1,5\nA,3,2026-05-01,C1,P,3,5\nB,1,2026-05-01,C1,P,1,1\n");
        AssertRows((await LoadAsync()).Files[0], read: 4, loaded: 4);
        Time.Advance(TimeSpan.FromDays(1));
        Data("sales2.csv", SaleHeader + "A,1,2026-05-01,C1,P,2,10\nA,3,2026-05-01,C1,P,4,5\nA,4,2026-05-01,C1,P,7,1\n");
        AssertRows((await LoadAsync()).Files[1], read: 3, loaded: 1, corrected: 1, known: 1, withdrawn: 1);
        Assert.Equal(["A | 1 | 2", "A | 3 | 4", "A | 4 | 7", "B | 1 | 1"], await RowsAsync(Now));
        Assert.Equal(["A | 1 | 2", "A | 2 | 1", "A | 3 | 3", "B | 1 | 1"], await RowsAsync(
            "SELECT order_id, line_id, CAST(quantity AS INTEGER) FROM star.sale_version WHERE known_at <= TIMESTAMPTZ '2026-06-01 18:00:00+00' AND TIMESTAMPTZ '2026-06-01 18:00:00+00' < known_to ORDER BY ALL"));
        Assert.Equal("1", await RowAsync("SELECT rows_withdrawn FROM ops.load WHERE load_key = 1"));
        // The line comes back.
        Time.Advance(TimeSpan.FromDays(1));
        Data("sales3.csv", SaleHeader + "A,2,2026-05-01,C1,P,1,5\n");
        AssertRows((await LoadAsync()).Files[2], read: 1, corrected: 1, withdrawn: 3);
        Assert.Equal(["A | 2 | 1", "B | 1 | 1"], await RowsAsync(Now));
        Assert.Null((await LoadAsync()).Generation);
    }

    [Fact]
    public async Task FilesOfOneLoad_ReplaceEachOtherInTheirOrder()
    {
        Feed("sales", SaleFeed + "\nchanges: replace\nreplaces: [order]");
        Data("sales1.csv", SaleHeader + "A,1,2026-05-01,C1,P,2,10\nA,2,2026-05-01,C1,P,1,5\n");
        Data("sales2.csv", SaleHeader + "A,2,2026-05-01,C1,P,1,5\nB,1,2026-05-01,C1,P,1,1\n");
        var report = await LoadAsync();
        AssertRows(report.Files[0], read: 2, loaded: 2);
        AssertRows(report.Files[1], read: 2, loaded: 1, known: 1, withdrawn: 1);
        Assert.Equal(["A | 2 | 1", "B | 1 | 1"], await RowsAsync(Now));
    }

    [Fact]
    public async Task DayOfAStoreToldAgain_LeavesOtherDaysStoresAndFeedsAlone()
    {
        var feed = SaleFeed.Replace("unit_price: price", "unit_price: price, location: store", StringComparison.Ordinal) + "\nchanges: replace\nreplaces: [date, location]";
        Feed("shop", feed.Replace("data/sales*.csv", "data/shop*.csv", StringComparison.Ordinal));
        Feed("web", feed.Replace("data/sales*.csv", "data/web*.csv", StringComparison.Ordinal));
        var header = SaleHeader.Replace("\n", ",store\n", StringComparison.Ordinal);
        Data("shop1.csv", header + "A,1,2026-05-01,C1,P,1,1,S1\nB,1,2026-05-01,C1,P,1,1,S2\nC,1,2026-05-02,C1,P,1,1,S1\nD,1,2026-05-01,C1,P,1,1,S1\n");
        Data("web1.csv", header + "W,1,2026-05-01,C1,P,1,1,S1\n");
        await LoadAsync();
        // D was of another day, and A never was.
        Data("shop2.csv", header + "E,1,2026-05-01,C1,P,1,1,S1\nD,1,2026-05-03,C1,P,1,1,S1\n");
        AssertRows((await LoadAsync()).Files[1], read: 2, loaded: 1, corrected: 1, withdrawn: 1);
        Assert.Equal(["B | 1 | 1", "C | 1 | 1", "D | 1 | 1", "E | 1 | 1", "W | 1 | 1"], await RowsAsync(Now));
    }

    [Fact]
    public async Task RejectedRow_KeepsItsOrderFromLosingLines_AndOneThatTellsNoOrder_ItsWholeFile()
    {
        Feed("sales", SaleFeed + "\nchanges: replace\nreplaces: order");
        Data("sales1.csv", SaleHeader + "A,1,2026-05-01,C1,P,2,10\nA,2,2026-05-01,C1,P,1,5\nB,1,2026-05-01,C1,P,1,1\nB,2,2026-05-01,C1,P,1,1\n");
        await LoadAsync();
        Data("sales2.csv", SaleHeader + "A,1,2026-05-01,C1,P,3,10\nA,2,2026-05-01,C1,P,x,5\nB,1,2026-05-01,C1,P,1,1\n");
        AssertRows((await LoadAsync()).Files[1], read: 3, corrected: 1, rejected: 1, known: 1, withdrawn: 1);
        Assert.Equal(["A | 1 | 3", "A | 2 | 1", "B | 1 | 1"], await RowsAsync(Now));
        Data("sales3.csv", SaleHeader + "A,1,2026-05-01,C1,P,3,10\n,2,2026-05-01,C1,P,1,5\n");
        AssertRows((await LoadAsync()).Files[2], read: 2, rejected: 1, known: 1);
        Data("sales4.csv", SaleHeader + "A,1,2026-05-01,C1,P,3,10\nA,2,2026-05-01,C1,P,1,5,more,than,there,are\n");
        AssertRows((await LoadAsync()).Files[3], read: 2, rejected: 1, known: 1);
        Assert.Equal(["A | 1 | 3", "A | 2 | 1", "B | 1 | 1"], await RowsAsync(Now));
        // What is mended is a row and no order.
        var mended = Data("mended.csv", "rejected_source,rejected_line,order,line,at,customer,product,quantity,price\ndata/sales2.csv,3,A,2,2026-05-01,C1,P,9,5\n");
        await new Loader(Warehouse.Database, Time).MendAsync(Assert.Single(FeedCatalogue.Read(Warehouse.Workspace)), mended, null, CancellationToken.None);
        Assert.Equal(["A | 1 | 3", "A | 2 | 9", "B | 1 | 1"], await RowsAsync(Now));
    }

    [Fact]
    public async Task TimesOfChange_DecideWhateverArrivesFirst_AlsoAboutLateLinesOfAnOrder()
    {
        string[] files =
        [
            "A,1,2026-05-01,C1,P,1,1,2026-05-01 10:00\nA,2,2026-05-01,C1,P,1,1,2026-05-01 10:00\n",
            "A,1,2026-05-01,C1,P,2,1,2026-05-02 10:00\nA,3,2026-05-01,C1,P,1,1,2026-05-02 09:00\n",
            "A,3,2026-05-01,C1,P,2,1,2026-05-03 10:00\nA,4,2026-05-01,C1,P,1,1,2026-05-03 10:00\n",
        ];
        foreach (var order in new[] { new[] { 0, 1, 2 }, [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0] })
        {
            await using var other = new Another();
            await other.InitializeAsync();
            other.Write("sales", SaleFeed.Replace("unit_price: price", "unit_price: price, changed_at: changed", StringComparison.Ordinal) + Timed);
            foreach (var place in order)
            {
                await other.LoadOfAsync("sales", $"{place}.csv", SaleHeader.Replace("\n", ",changed\n", StringComparison.Ordinal) + files[place]);
            }

            Assert.Equal(
                ["1 | 1 | 01 10 | 02 10", "1 | 2 | 02 10 | 03 10", "2 | 1 | 01 10 | 02 10", "3 | 1 | 02 10 | 03 10", "3 | 2 | 03 10 | 31 00", "4 | 1 | 03 10 | 31 00"],
                await other.RowsAsync("SELECT line_id, CAST(quantity AS INTEGER), strftime(known_at, '%d %H'), strftime(known_to, '%d %H') FROM star.sale_version ORDER BY line_id, known_at"));
        }
    }

    [Fact]
    public async Task DeletionsByKeyAlone_TakeLinesAndWholeOrdersOut()
    {
        Feed("sales", SaleFeed);
        Feed("gone", "source: {files: \"data/gone*.csv\"}\ninto: sale_deletion\ncolumns: {order_id: order, line_id: line}");
        Data("sales.csv", SaleHeader + "A,1,2026-05-01,C1,P,2,10\nA,2,2026-05-01,C1,P,1,5\nB,1,2026-05-01,C1,P,1,1\nB,2,2026-05-01,C1,P,1,1\nC,1,2026-05-01,C1,P,1,1\n");
        Data("gone1.csv", "order,line\nA,2\n");
        var report = await LoadAsync();
        AssertRows(report.Files[1], read: 1, deleted: 1);
        Time.Advance(TimeSpan.FromDays(1));
        Data("gone2.csv", "order,line\nB,\nA,2\nZ,\nB,\n,1\n");
        AssertRows((await LoadAsync("gone")).Files[1], read: 5, deleted: 1, known: 3, rejected: 1, withdrawn: 2);
        Assert.Equal(["A | 1 | 2", "C | 1 | 1"], await RowsAsync(Now));
        Assert.Equal("4 | 2", await RowAsync("SELECT count(*), count(*) FILTER (known_to < TIMESTAMPTZ '9999-01-01 00:00:00+00') FROM star.sale_version"));
    }

    [Fact]
    public async Task DeletionWithATime_HoldsAgainstWhatIsToldLateOfBefore_AndNotAgainstWhatCameAfter()
    {
        const string Gone = "source: {files: \"data/gone*.csv\"}\nknown: at_event\ninto: sale_deletion\ncolumns: {order_id: order, changed_at: changed}";
        var sales = SaleFeed.Replace("unit_price: price", "unit_price: price, changed_at: changed", StringComparison.Ordinal) + "\nknown: at_event\nchanges: correct";
        var header = SaleHeader.Replace("\n", ",changed\n", StringComparison.Ordinal);
        foreach (var isLate in new[] { false, true })
        {
            await using var other = new Another();
            await other.InitializeAsync();
            other.Write("sales", sales);
            other.Write("gone", Gone);
            var steps = new List<(string Feed, string Text)>
            {
                ("sales", header + "A,1,2026-05-01,C1,P,2,10,2026-05-01 10:00\nB,1,2026-05-01,C1,P,2,10,2026-05-01 10:00\nA,2,2026-05-01,C1,P,2,10,2026-05-03 10:00\n"),
                ("gone", "order,changed\nA,2026-05-02 10:00\n"),
            };
            if (isLate)
            {
                steps.Reverse();
            }

            foreach (var (feed, text) in steps)
            {
                var file = (await other.LoadOfAsync(feed, $"{feed}.csv", text)).Files[0];
                Assert.Equal(feed == "gone" ? 1 : 0, file.RowsDeleted);
            }

            Assert.Equal(
                ["A | 1 | 02 10", "A | 2 | 31 00", "B | 1 | 31 00"],
                await other.RowsAsync("SELECT order_id, line_id, strftime(known_to, '%d %H') FROM star.sale_version ORDER BY ALL"));
        }
    }

    [Fact]
    public async Task DayOfContactsToldAgain_KeepsWhatAnotherFeedAloneTells()
    {
        Feed("cases", """
            source: {files: "data/cases*.csv"}
            into: contact
            changes: replace
            replaces: date
            columns: {contact_id: case, opened_at: at, topic: topic, resolved_at: resolved}
            """);
        Feed("survey", """
            source: {files: "data/survey*.csv"}
            into: contact
            columns: {contact_id: case, satisfaction: stars, agent: agent}
            """);
        Data("cases1.csv", "case,at,topic,resolved\nK1,2026-01-05 08:00:00,late,2026-01-05 09:00:00\nK2,2026-01-05 10:00:00,late,\n");
        await LoadAsync("cases");
        Data("survey1.csv", "case,stars,agent\nK1,4,Ann\n");
        await LoadAsync("survey");
        Data("cases2.csv", "case,at,topic,resolved\nK1,2026-01-05 08:00:00,broken,\n");
        await LoadAsync("cases");

        Assert.Equal(
            "K1 | broken | NULL | False | 4 | Ann",
            await RowAsync("SELECT contact_id, topic, CAST(resolved_at AS VARCHAR), is_resolved, satisfaction, agent_id FROM star.fact_contact JOIN star.dim_reason USING (reason_key) JOIN star.dim_agent USING (agent_key)"));
    }

    [Fact]
    public async Task ContactsAndTouches_AreDeletedByTheirKeys()
    {
        Feed("contacts", "source: {files: data/contacts.csv}\nidentity: crm\ninto: contact\ncolumns: {contact_id: id, opened_at: at}");
        Feed("touches", "source: {files: data/touches.csv}\nidentity: crm\ninto: touch\ncolumns: {campaign: c, customer: id, arm: arm, assigned_at: at}");
        Feed("less_contacts", "source: {files: data/less_contacts.csv}\ninto: contact_deletion\ncolumns: {contact_id: id}");
        Feed("less_touches", "source: {files: data/less_touches.csv}\nidentity: crm\ninto: touch_deletion\ncolumns: {campaign: c, customer: id}");
        Data("contacts.csv", "id,at\n1,2026-05-01\n2,2026-05-01\n");
        Data("touches.csv", "c,id,arm,at\nX,C1,treated,2026-05-01\nX,C2,control,2026-05-01\n");
        Data("less_contacts.csv", "id\n2\n");
        Data("less_touches.csv", "c,id\nX,C1\n");
        await LoadAsync();
        Assert.Equal(["1"], await RowsAsync("SELECT contact_id FROM star.fact_contact"));
        Assert.Equal(["control"], await RowsAsync("SELECT arm FROM star.fact_touch"));
    }

    [Theory]
    [InlineData("into: sale\nchanges: replace\ncolumns: {order_id: o, line_id: l, ordered_at: a, product: p, quantity: q, unit_price: u}", "\"replaces\" is missing: say what is told as a whole, such as order.")]
    [InlineData("into: sale\nchanges: replace\nreplaces: order\ncolumns: {order_id: o, ordered_at: a, product: p, quantity: q, unit_price: u}", "\"line_id\" is missing")]
    [InlineData("into: sale\nreplaces: order\ncolumns: {order_id: o, line_id: l, ordered_at: a, product: p, quantity: q, unit_price: u}", "say « changes: replace » too")]
    [InlineData("into: sale\nchanges: replace\nreplaces: day\ncolumns: {order_id: o, line_id: l, ordered_at: a, product: p, quantity: q, unit_price: u}", "\"day\" is no part of sale that can be told as a whole.")]
    [InlineData("into: sale\nchanges: replace\nreplaces: [date, location]\ncolumns: {order_id: o, line_id: l, ordered_at: a, product: p, quantity: q, unit_price: u}", "\"location\" is missing")]
    [InlineData("into: sale_deletion\ncolumns: {order_id: o, quantity: q}", "\"quantity\" is no column of sale_deletion.")]
    public async Task DefinitionThatCannotReplace_IsAFault(string yaml, string fault)
    {
        Feed("sales", "source: {files: data/x.csv}\n" + yaml);
        Assert.Contains(fault, (await Assert.ThrowsAsync<DefinitionException>(() => LoadAsync())).Message, StringComparison.Ordinal);
    }

    private static void AssertRows(FileReport file, long read, long loaded = 0, long corrected = 0, long deleted = 0, long rejected = 0, long known = 0, long withdrawn = 0) =>
        Assert.Equal(
            (read, loaded, corrected, deleted, rejected, known, withdrawn),
            (file.RowsRead, file.RowsLoaded, file.RowsCorrected, file.RowsDeleted, file.RowsRejected, file.RowsAlreadyLoaded, file.RowsWithdrawn));

    /// <summary>A second warehouse within a test.</summary>
    private sealed class Another : EtlTest, IAsyncDisposable
    {
        public void Write(string feed, string yaml) => Feed(feed, yaml);

        public Task<LoadReport> LoadOfAsync(string feed, string name, string text) => LoadFileAsync(Data(name, text), [feed]);

        public new Task<IReadOnlyList<string>> RowsAsync(string sql) => base.RowsAsync(sql);

        ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());
    }
}
