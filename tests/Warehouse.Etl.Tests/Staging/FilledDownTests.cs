namespace Warehouse.Etl.Tests.Staging;

/// <summary>« fill_down »: what only the first row of a group tells.</summary>
public sealed class FilledDownTests : EtlTest
{
    private const string Told = "SELECT order_id || ' ' || product_id || ' ' || coalesce(source_id, '-') FROM star.fact_sale JOIN star.dim_product USING (product_version_key) LEFT JOIN star.customer_identity USING (customer_key) ORDER BY ALL";

    [SkippableFact]
    public async Task EmptyCells_CountAsTheLastOnesOfTheirGroup_AndNotOfTheOneBefore()
    {
        FeedOf("[order, at, customer]");
        Data("sales.csv", "order,at,customer,product\n1,2026-01-01,C1,A\n1,,,B\n,,,C\n2,2026-01-02,,A\n2,,C2,B\n2,,,C\n3,,,A\n");

        var report = await LoadAsync();

        Assert.Equal(["1 A C1", "1 B C1", "1 C C1", "2 A -", "2 B C2", "2 C C2"], await RowsAsync(Told));
        Assert.StartsWith("8 required at", Assert.Single(await RejectsAsync()), StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(report.Files).RowsRejected);
    }

    [SkippableFact]
    public async Task RowsBehindARecordThatCannotBeRead_AreOfNoGroupUnlessTheyNameIt()
    {
        FeedOf("[order, at, customer]");
        Data("sales.csv", "order,at,customer,product\n1,2026-01-01,C1,A\n2,2026-01-02,C2,A,too,many\n,,,B\n1,,,C\n");

        await LoadAsync();

        Assert.Equal(["1 A C1", "1 C C1"], await RowsAsync(Told));
        Assert.Equal(["3", "4"], (await RejectsAsync()).Select(reject => reject.Split(' ')[0]).Distinct());
    }

    [SkippableFact]
    public async Task RejectedRow_IsMendedAlone()
    {
        FeedOf("[order, at, customer]");
        Data("sales.csv", "order,at,customer,product\n1,2026-01-01,C1,A\n1,,,\n");
        await LoadAsync();
        var raw = await RowAsync("SELECT raw FROM quality.reject");

        Assert.Contains("2026-01-01", raw, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task ColumnThatIsNotThere_IsAFaultWithNearNames()
    {
        FeedOf("[order, att]");
        Data("sales.csv", "order,at,customer,product\n1,2026-01-01,C1,A\n");

        var fault = await Assert.ThrowsAsync<Definitions.UserFaultException>(() => LoadAsync());

        Assert.Contains("\"att\", which « fill_down » names", fault.Message, StringComparison.Ordinal);
        Assert.Contains("\"at\"", fault.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task GroupOverManyBlocks_IsFilledToItsEnd()
    {
        const int Lines = 50_000;
        FeedOf("[order, at, customer]");
        Data("sales.csv", "order,at,customer,product\n1,2026-01-01,C1,A\n" + string.Concat(Enumerable.Repeat(",,,A product with a long name so that there are many blocks\n", Lines)));

        await LoadAsync();

        Assert.Equal($"{Lines + 1} | 1 | 1", await RowAsync("SELECT count(*), count(DISTINCT order_id), count(DISTINCT customer_key) FROM star.fact_sale WHERE customer_key >= 0"));
    }

    private void FeedOf(string columns) => Feed("sales", $$"""
        source: {files: data/sales.csv, fill_down: {{columns}} }
        identity: shop
        into: sale
        columns: {order_id: order, ordered_at: at, customer: customer, product: product, quantity: {value: 1}, unit_price: {value: 1} }
        """);
}
