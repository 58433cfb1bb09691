using Warehouse.Definitions;
using Warehouse.Etl.Loading;

namespace Warehouse.Etl.Tests.Corrections;

/// <summary>What becomes of order lines that a source tells again: corrected, taken back, or said before.</summary>
public sealed class SaleCorrectionTests : EtlTest
{
    private const string Correcting = SaleFeed + "\nchanges: correct";
    private const string Now = "SELECT order_id, line_id, quantity, net_amount, sale_key, generation FROM star.fact_sale ORDER BY order_id, line_id";

    [Fact]
    public async Task LineToldAgainWithOtherValues_CorrectsTheFactAndKeepsWhatItWas()
    {
        Feed("sales", Correcting);
        Data("sales1.csv", SaleHeader + "A,1,2026-05-01,C1,P,2,10\nA,2,2026-05-01,C1,P,1,5\n");
        await LoadAsync();
        Time.Advance(TimeSpan.FromDays(1));
        Data("sales2.csv", SaleHeader + "A,2,2026-05-01,C1,P,1,5\nA,1,2026-05-01,C1,P,3,10\nA,3,2026-05-01,C1,P,1,1\n");
        AssertRows((await LoadAsync()).Files[1], read: 3, loaded: 1, corrected: 1, known: 1);
        Assert.Equal(
            ["A | 1 | 3.0000 | 30.0000 | 0 | 2", "A | 2 | 1.0000 | 5.0000 | 1 | 1", "A | 3 | 1.0000 | 1.0000 | 4 | 2"], await RowsAsync(Now));
        Assert.Equal(["A1 3", "A2 3", "A3 4"], await RowsAsync("SELECT order_id || line_id || ' ' || source_line FROM star.fact_sale WHERE order_id = 'A' ORDER BY 1"));
        Assert.Equal("A | 1 | 20.0000 | 1 | 2", await RowAsync("SELECT order_id, line_id, net_amount, generation, ended_generation FROM star.fact_sale_history"));
        Assert.Equal(["25.0000"], await KnownAsync("2026-06-01 18:00:00"));
        Assert.Equal(["36.0000"], await KnownAsync("2026-06-02 18:00:00"));
        Assert.Equal(["NULL"], await KnownAsync("2026-05-31 18:00:00"));
    }

    [Fact]
    public async Task LineTakenBack_IsGoneNow_AndWasThereThen()
    {
        Feed("sales", Deleting);
        Data("sales1.csv", DeletingHeader + "A,1,2026-05-01,C1,P,2,10,I\nA,2,2026-05-01,C1,P,1,5,I\n");
        await LoadAsync();
        Time.Advance(TimeSpan.FromDays(1));
        Data("sales2.csv", DeletingHeader + "A,1,2026-05-01,C1,P,2,10,D\nA,9,2026-05-01,C1,P,2,10,D\n");
        AssertRows((await LoadAsync()).Files[1], read: 2, deleted: 2);
        Assert.Equal(["A | 2 | 1.0000 | 5.0000 | 1 | 1"], await RowsAsync(Now));
        Assert.Equal(["25.0000"], await KnownAsync("2026-06-01 18:00:00"));
        Time.Advance(TimeSpan.FromDays(1));
        Data("sales3.csv", DeletingHeader + "A,1,2026-05-01,C1,P,2,10,D\nA,1,2026-05-01,C1,P,7,10,I\n");
        AssertRows((await LoadAsync()).Files[2], read: 2, corrected: 1, known: 1);
        Assert.Equal(["A | 1 | 7.0000 | 70.0000 | 0 | 3", "A | 2 | 1.0000 | 5.0000 | 1 | 1"], await RowsAsync(Now));
        Assert.Equal(["5.0000"], await KnownAsync("2026-06-02 18:00:00"));
    }

    [Fact]
    public async Task OneFile_ThatTellsALineThreeTimes_IsTakenInItsOrder()
    {
        Feed("sales", Correcting);
        Data("sales.csv", SaleHeader + "A,1,2026-05-01,C1,P,2,10\nA,1,2026-05-01,C1,P,3,10\nA,1,2026-05-01,C1,P,3,10\nB,1,2026-05-01,C1,P,1,1\n");
        AssertRows((await LoadAsync()).Files[0], read: 4, loaded: 2, corrected: 1, known: 1);
        Assert.Equal(["A | 1 | 3.0000 | 30.0000 | 0 | 1", "B | 1 | 1.0000 | 1.0000 | 3 | 1"], await RowsAsync(Now));
        Assert.Empty(await RowsAsync("FROM star.fact_sale_history"));
    }

    [Fact]
    public async Task TimesOfChange_DecideWhateverArrivesFirst()
    {
        string[] files =
        [
            "A,1,2026-05-01,C1,P,2,10,I,2026-05-01 10:00\n",
            "A,1,2026-05-01,C1,P,3,10,I,2026-05-02 10:00\nB,1,2026-05-01,C1,P,1,1,I,2026-05-01 10:00\n",
            "B,1,2026-05-01,C1,P,1,1,D,2026-05-03 10:00\nA,1,2026-05-01,C1,P,2,10,I,2026-05-04 10:00\n",
        ];
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        foreach (var order in orders)
        {
            await using var other = new Another();
            await other.InitializeAsync();
            other.Write("sales", Deleting.Replace("is_deleted", "changed_at: changed, is_deleted", StringComparison.Ordinal) + "\nknown: at_event");
            foreach (var place in order)
            {
                await other.LoadFileAsync($"{place}.csv", DeletingHeader.Replace("\n", ",changed\n", StringComparison.Ordinal) + files[place]);
            }

            Assert.Equal(["A | 1 | 20.0000"], await other.RowsAsync("SELECT order_id, line_id, net_amount FROM star.fact_sale"));
            Assert.Equal(
                [
                    "A | 20.0000 | 2026-05-01 10:00:00+00 | 2026-05-02 10:00:00+00", "A | 30.0000 | 2026-05-02 10:00:00+00 | 2026-05-04 10:00:00+00",
                    "A | 20.0000 | 2026-05-04 10:00:00+00 | 9999-12-31 00:00:00+00", "B | 1.0000 | 2026-05-01 10:00:00+00 | 2026-05-03 10:00:00+00",
                ],
                await other.RowsAsync("SELECT order_id, net_amount, CAST(known_at AS VARCHAR), CAST(known_to AS VARCHAR) FROM star.sale_version ORDER BY order_id, known_at"));
        }
    }

    [Fact]
    public async Task Return_IsLinked_WhicheverArrivesFirst_AndAnewWhenItsLineGoesAndComes()
    {
        Feed("sales", Deleting.Replace("is_deleted", "returned_order_id: of_order, returned_line_id: of_line, is_deleted", StringComparison.Ordinal));
        var header = DeletingHeader.Replace("\n", ",of_order,of_line\n", StringComparison.Ordinal);
        const string Links = "SELECT sale.order_id, sold.order_id, sold.line_id FROM star.fact_sale AS sale LEFT JOIN star.fact_sale AS sold ON sold.sale_key = sale.returned_sale_key WHERE sale.is_return";
        Data("sales1.csv", header + "R,1,2026-05-02,C1,P,-1,10,I,A,1\n");
        await LoadAsync();
        Assert.Equal(["R | NULL | NULL"], await RowsAsync(Links));
        Data("sales2.csv", header + "A,1,2026-05-01,C1,P,2,10,I,,\n");
        await LoadAsync();
        Assert.Equal(["R | A | 1"], await RowsAsync(Links));
        Assert.Empty(await RowsAsync("FROM star.open_return"));
        Data("sales3.csv", header + "A,1,2026-05-01,C1,P,2,10,D,,\n");
        await LoadAsync();
        Assert.Equal(["R | NULL | NULL"], await RowsAsync(Links));
        Data("sales4.csv", header + "A,1,2026-05-01,C1,P,3,10,I,,\n");
        await LoadAsync();
        Assert.Equal(["R | A | 1"], await RowsAsync(Links));
        Data("sales5.csv", header + "R,1,2026-05-02,C1,P,-1,10,I,B,7\n");
        AssertRows((await LoadAsync()).Files[4], read: 1, corrected: 1);
        Assert.Equal(["R | NULL | NULL"], await RowsAsync(Links));
    }

    [Fact]
    public async Task Trial_TellsWhatWouldHappen_AndChangesNothing()
    {
        Feed("sales", Deleting);
        Data("sales1.csv", DeletingHeader + "A,1,2026-05-01,C1,P,2,10,I\nA,2,2026-05-01,C1,P,1,5,I\n");
        await LoadAsync();
        Data("sales2.csv", DeletingHeader + "A,1,2026-05-01,C1,P,2,10,D\nA,2,2026-05-01,C1,P,2,5,I\nA,3,2026-05-01,C1,P,x,5,I\nA,4,2026-05-01,C1,P,1,5,I\nA,2,2026-05-01,C1,P,2,5,I\n");
        var before = await RowsAsync(Now);
        var trial = await TryAsync();
        Assert.Null(trial.Generation);
        Assert.True(trial.Files[0].IsKnown);
        AssertRows(trial.Files[1], read: 5, loaded: 1, corrected: 1, deleted: 1, rejected: 1, known: 1);
        Assert.Equal(new Rejection("sales", "data/sales2.csv", "type", "quantity", 1, "Expected a number, found \"x\""), Assert.Single(trial.Rejections));
        Assert.Equal(before, await RowsAsync(Now));
        Assert.Equal("1 | 0", await RowAsync("SELECT (SELECT max(generation) FROM ops.generation), (SELECT count(*) FROM quality.reject)"));
        Assert.Equal(trial.Files, (await LoadAsync()).Files);
    }

    [Theory]
    [InlineData("into: sale\ncolumns: {order_id: o, ordered_at: a, product: p, quantity: q, unit_price: u}\nchanges: correct", "\"line_id\" is missing")]
    [InlineData("into: sale\ncolumns: {order_id: o, line_id: l, ordered_at: a, product: p, quantity: q, unit_price: u, is_deleted: d}", "say « changes: correct »")]
    [InlineData("into: contact\ncolumns: {contact_id: o, opened_at: a, changed_at: c}", "say « known: at_event »")]
    [InlineData("into: product\ncolumns: {id: p}\nchanges: add", "\"changes\" is for facts")]
    public async Task DefinitionThatCannotCorrect_IsAFault(string yaml, string fault)
    {
        Feed("sales", "source: {files: data/x.csv}\n" + yaml);
        Assert.Contains(fault, (await Assert.ThrowsAsync<DefinitionException>(() => LoadAsync())).Message);
    }

    private const string Deleting =
        """
        source: {files: "data/sales*.csv"}
        identity: shop
        into: sale
        changes: correct
        columns: {order_id: order, line_id: line, ordered_at: at, customer: customer, product: product, quantity: quantity, unit_price: price, is_deleted: {from: op, "true": D, "false": I}}
        """;

    private const string DeletingHeader = "order,line,at,customer,product,quantity,price,op\n";

    private Task<IReadOnlyList<string>> KnownAsync(string instant) => RowsAsync(
        $"SELECT sum(net_amount) FROM star.sale_version WHERE known_at <= TIMESTAMPTZ '{instant}+00' AND TIMESTAMPTZ '{instant}+00' < known_to");

    private static void AssertRows(FileReport file, long read, long loaded = 0, long corrected = 0, long deleted = 0, long rejected = 0, long known = 0) =>
        Assert.Equal(
            (read, loaded, corrected, deleted, rejected, known),
            (file.RowsRead, file.RowsLoaded, file.RowsCorrected, file.RowsDeleted, file.RowsRejected, file.RowsAlreadyLoaded));

    /// <summary>A second warehouse within a test.</summary>
    private sealed class Another : EtlTest, IAsyncDisposable
    {
        public void Write(string feed, string yaml) => Feed(feed, yaml);

        public Task<LoadReport> LoadFileAsync(string name, string text) => LoadFileAsync(Data(name, text), []);

        public new Task<IReadOnlyList<string>> RowsAsync(string sql) => base.RowsAsync(sql);

        ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());
    }
}
