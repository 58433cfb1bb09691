using Warehouse.Analysis.Populations;
using Warehouse.Analysis.Snapshots;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests.Snapshots;

public sealed class CustomerSnapshotTests
{
    private const string All = "SELECT * FROM mart.customer_snapshot ORDER BY as_of, customer_key";

    private static readonly DateOnly March = new(2024, 3, 31);
    private static readonly DateOnly April = new(2024, 4, 30);

    [Fact]
    public async Task Snapshot_HoldsEverybodyKnown_AndItsPartsAddUp()
    {
        await using var warehouse = await ShopAsync();

        var report = await StoreAsync(warehouse, April);

        Assert.Equal(41, report.Customers);
        Assert.Equal(
            ["41 | 40 | 40 | 1 | 40"],
            await warehouse.RowsAsync(
                """
                SELECT count(*), count(rfm_segment), count(value_tier), count(*) FILTER (lifecycle_stage = 'recruitment'), count(rhythm_days)
                FROM mart.customer_snapshot
                """));
        Assert.Equal(
            await warehouse.RowsAsync("SELECT sum(net_amount) FROM star.fact_sale WHERE date_key <= DATE '2024-04-30'"),
            await warehouse.RowsAsync("SELECT CAST(sum(monetary) AS DECIMAL(38,4)) FROM mart.customer_snapshot"));
    }

    [Fact]
    public async Task SameDateAgain_IsStoredAlready_AndPublishesNothing()
    {
        await using var warehouse = await ShopAsync();
        var first = await StoreAsync(warehouse, April);
        var rows = await warehouse.RowsAsync(All);

        var again = await StoreAsync(warehouse, April);

        Assert.NotNull(first.Generation);
        Assert.Null(again.Generation);
        Assert.Equal(first.Customers, again.Customers);
        Assert.Equal(rows, await warehouse.RowsAsync(All));
    }

    [Fact]
    public async Task LaterLoads_ChangeNoSnapshotOfAPastDate()
    {
        await using var warehouse = await ShopAsync();
        await StoreAsync(warehouse, March);
        var rows = await warehouse.RowsAsync(All);

        // New sales, a late record of an old one, and a correction whose version of before stays in the history.
        await warehouse.AddSalesAsync(
            new Sale(3, April.AddDays(10), "new", 500),
            new Sale(4, March.AddDays(-3), "late", 700, KnownAt: new DateTimeOffset(2024, 5, 2, 0, 0, 0, TimeSpan.Zero)));
        await warehouse.RunAsync(
            """
            INSERT INTO star.fact_sale_history
            SELECT *, TIMESTAMPTZ '2024-05-03 00:00:00+00', 2 FROM star.fact_sale WHERE order_id = '5/1';
            UPDATE star.fact_sale SET net_amount = 9999, known_at = TIMESTAMPTZ '2024-05-03 00:00:00+00' WHERE order_id = '5/1';
            INSERT INTO ops.load (load_key, generation, feed, source, content_hash, bytes, definition_hash, rows_read, rows_loaded, rows_rejected,
                rows_already_loaded, started_at, finished_at, rows_corrected, rows_deleted)
            VALUES (1, 1, 'f', 's', '', 0, '', 2, 2, 0, 0, now(), now(), 1, 0)
            """);
        var again = await StoreAsync(warehouse, March);

        Assert.NotNull(again.Generation);
        Assert.Equal(rows, await warehouse.RowsAsync(All));
    }

    [Fact]
    public async Task NextDate_LeavesTheDateBeforeAsItIs()
    {
        await using var warehouse = await ShopAsync();
        await StoreAsync(warehouse, March);
        var march = await warehouse.RowsAsync(All);

        await StoreAsync(warehouse, April);

        Assert.Equal(march, await warehouse.RowsAsync("SELECT * FROM mart.customer_snapshot WHERE as_of = DATE '2024-03-31' ORDER BY customer_key"));
        Assert.Equal(["2024-03-31 | 41", "2024-04-30 | 41"], await warehouse.RowsAsync("SELECT CAST(as_of AS VARCHAR), customers FROM mart.snapshot ORDER BY as_of"));
    }

    [Fact]
    public async Task ChurnScores_Stay_AndMakeTheStageAnew()
    {
        await using var warehouse = await ShopAsync();
        await warehouse.RunAsync(
            """
            INSERT INTO mart.customer_snapshot (as_of, customer_key, churn_model, churn_probability)
            VALUES (DATE '2024-04-30', 0, 'm', 0.95), (DATE '2024-04-30', 77, 'm', 0.5)
            """);

        await StoreAsync(warehouse, April);

        Assert.Equal(
            ["0 | m | 0.95 | True", "77 | m | 0.5 | False"],
            await warehouse.RowsAsync(
                """
                SELECT customer_key, churn_model, churn_probability, coalesce(lifecycle_stage, '') IN ('pre-divorce', 'divorce', 'win-back')
                FROM mart.customer_snapshot
                WHERE churn_model IS NOT NULL
                ORDER BY customer_key
                """));
    }

    [Fact]
    public async Task ChurnScore_OfACustomerWhoWasMergedIntoAnother_MakesNoRowOfHim()
    {
        await using var warehouse = await ShopAsync();
        await warehouse.RunAsync(
            """
            INSERT INTO mart.customer_snapshot (as_of, customer_key, churn_model, churn_probability)
            VALUES (DATE '2024-04-30', 1, 'm', 0.9), (DATE '2024-04-30', 77, 'm', 0.5), (DATE '2024-04-30', 78, 'm', 0.5);
            INSERT INTO star.customer_identity (identity_key, customer_key, source, source_id, rule, known_at, generation, load_key, source_line, home_key)
            VALUES (1, 1, 's', 'a', 'r', now(), 0, 0, 0, 1), (2, 1, 's', 'b', 'r', now(), 0, 0, 0, 77);
            INSERT INTO star.identity_history VALUES (1, 1, now(), now(), 1), (2, 77, now(), now(), 1)
            """);

        await StoreAsync(warehouse, April);

        Assert.Equal(["1", "78"], await warehouse.RowsAsync("SELECT customer_key FROM mart.customer_snapshot WHERE churn_model IS NOT NULL ORDER BY 1"));
    }

    [Fact]
    public async Task ForgottenCustomer_OfADatabaseThatStillShowsHim_IsTakenOut_AndOthersKeepTheirScores()
    {
        await using var warehouse = await ShopAsync();
        await StoreAsync(warehouse, April);
        await warehouse.RunAsync("INSERT INTO ops.forgotten_customer VALUES ('a', 7, now()), ('b', 7, now()), ('c', 99, now())");
        await warehouse.RunAsync("UPDATE mart.customer_snapshot SET churn_model = 'm' WHERE customer_key IN (6, 7)");
        var others = await warehouse.RowsAsync("SELECT * FROM mart.customer_snapshot WHERE customer_key <> 7 ORDER BY customer_key");

        var anew = await StoreAsync(warehouse, April);

        Assert.Equal(
            ["It was stored before, and is stored anew: a customer was forgotten.", "Whoever was forgotten is left out: 1 of those known on the date."],
            anew.Notes.Take(2));
        Assert.Equal(40, anew.Customers);
        Assert.Equal(others, await warehouse.RowsAsync(All));
        Assert.Null((await StoreAsync(warehouse, April)).Generation);
    }

    [Theory]
    [InlineData("INSERT INTO ops.identity_run VALUES (2, 'h', 1, 1)", "who is who was resolved anew")]
    [InlineData("INSERT INTO star.identity_decision VALUES (true, ['a:1', 'a:2'], '', NULL, NULL, 0, NULL, NULL, 2)", "who is who was resolved anew")]
    [InlineData("INSERT INTO ops.churn_scoring VALUES (DATE '2024-04-30', 'm', 1, 2, 1, .5, '[]', now())", "the churn scores are others")]
    [InlineData("INSERT INTO ops.churn_scoring VALUES (DATE '2024-04-30', 'm', 1, 0, 1, .5, '[]', now()); INSERT INTO ops.generation VALUES (2, now(), now(), 'churn promotion')", "the churn scores are others")]
    [InlineData("UPDATE mart.snapshot SET definition = 'of before'", "the definition is another")]
    public async Task ChangeSince_StoresTheDateAnew_AndSaysWhy(string change, string why)
    {
        await using var warehouse = await ShopAsync();
        var first = await StoreAsync(warehouse, April);
        Assert.Equal(1, first.Generation);

        await warehouse.RunAsync(change);

        Assert.Equal($"It was stored before, and is stored anew: {why}.", (await StoreAsync(warehouse, April)).Notes[0]);
    }

    [Theory]
    [InlineData("INSERT INTO ops.generation VALUES (2, now(), now(), 'segment build')")]
    [InlineData("INSERT INTO ops.generation VALUES (2, now(), now(), 'churn promotion')")]
    [InlineData("INSERT INTO ops.churn_scoring VALUES (DATE '2024-03-31', 'm', 1, 2, 1, .5, '[]', now())")]
    [InlineData("INSERT INTO ops.identity_run VALUES (0, 'h', 1, 1)")]
    public async Task ChangeThatDoesNotConcernTheDate_LeavesItStored(string change)
    {
        await using var warehouse = await ShopAsync();
        await StoreAsync(warehouse, April);

        await warehouse.RunAsync(change);

        Assert.Null((await StoreAsync(warehouse, April)).Generation);
    }

    [Fact]
    public async Task EmptyWarehouse_StoresNobody_AndSaysWhy()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();

        var report = await StoreAsync(warehouse, April);

        Assert.Equal(0, report.Customers);
        Assert.NotEmpty(report.Notes);
    }

    [Fact]
    public async Task NoNumber_IsEverNotANumber()
    {
        await using var warehouse = await ShopAsync();
        await StoreAsync(warehouse, April);

        Assert.Equal(
            ["0"],
            await warehouse.RowsAsync(
                "SELECT count(*) FROM mart.customer_snapshot WHERE NOT (isfinite(coalesce(overdue, 0)) AND isfinite(coalesce(spend_trend, 0)) AND isfinite(coalesce(lifetime_value, 0)))"));
    }

    private static async Task<FreshWarehouse> ShopAsync()
    {
        var warehouse = await FreshWarehouse.CreateAsync(new FixedTime(new DateTimeOffset(2024, 6, 1, 0, 0, 0, TimeSpan.Zero)));
        await warehouse.AddCustomersAsync(Enumerable.Range(0, 41));
        await warehouse.AddSalesAsync(
            from customer in Enumerable.Range(0, 40)
            from order in Enumerable.Range(0, 1 + (customer % 5))
            select new Sale(customer, March.AddDays(-70 + (customer % 7) + (order * (5 + (customer % 3)))), $"{customer}/{order}", 10 + customer + order));
        return warehouse;
    }

    private static Task<SnapshotReport> StoreAsync(FreshWarehouse warehouse, DateOnly date) =>
        CustomerSnapshot.StoreAsync(warehouse.Database, new SnapshotOptions(AsOf.EndOf(date, TimeZoneInfo.Utc)), default);
}
