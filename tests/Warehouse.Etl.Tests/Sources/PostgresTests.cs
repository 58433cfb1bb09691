using Warehouse.Definitions;
using Warehouse.Etl.Loading;

namespace Warehouse.Etl.Tests.Sources;

/// <summary>Tables and queries of a real PostgreSQL server.</summary>
public sealed class PostgresTests(PostgresServer server) : EtlTest, IClassFixture<PostgresServer>
{
    private const string Table =
        """
        DROP TABLE IF EXISTS lines;
        CREATE TABLE lines ("order" text, line integer, at timestamptz, product text, quantity numeric(9,2), price numeric(9,2), changed bigint, extra jsonb);
        INSERT INTO lines VALUES ('A', 1, '2026-01-05 18:30:00+01', '茶', 2, 9.5, 1, '{}'), ('B', 1, '2026-01-06 00:00:00+00', 'b', -1, 1234.5, 2, NULL), ('C', 1, '2026-01-06', 'c', NULL, 1, 3, NULL)
        """;

    [SkippableFact]
    public async Task TableWithAWatermark_IsReadOnFromThere()
    {
        await PrepareAsync();
        SourceFeed("table: public.lines, watermark: changed");
        var first = await ReportAsync();
        Assert.Equal((3, 2, 1), (first.RowsRead, first.RowsLoaded, first.RowsRejected));
        Assert.Equal(
            ["A | 2026-01-05 17:30:00+00 | 2.0000 | 9.5000 | 茶", "B | 2026-01-06 00:00:00+00 | -1.0000 | 1234.5000 | b"],
            await RowsAsync("SELECT order_id, CAST(ordered_at AS VARCHAR), quantity, unit_price, product_id FROM star.fact_sale JOIN star.dim_product USING (product_version_key) ORDER BY 1"));
        Assert.True((await ReportAsync()).IsKnown);
        await server.ExecuteAsync("INSERT INTO lines VALUES ('D', 1, '2026-01-07', 'd', 1, 1, 10, NULL), ('E', 1, '2026-01-07', 'e', 1, 1, 11, NULL)");
        var second = await ReportAsync();
        Assert.Equal((2, 2, false), (second.RowsRead, second.RowsLoaded, second.IsKnown));
        Assert.True((await ReportAsync()).IsKnown);
        Assert.Equal(["4 | 2"], await RowsAsync("SELECT (SELECT count(*) FROM star.fact_sale), (SELECT count(*) FROM ops.load)"));
        Assert.Equal(["3", "11"], await RowsAsync("SELECT watermark FROM ops.load ORDER BY load_key"));
    }

    [SkippableFact]
    public async Task QueryWithoutAWatermark_IsKnownWhileItsRowsAreTheSame()
    {
        await PrepareAsync();
        SourceFeed("query: \"SELECT * FROM lines WHERE quantity > 0;\"");
        Assert.Equal(1, (await ReportAsync()).RowsLoaded);
        Assert.True((await ReportAsync()).IsKnown);
        await server.ExecuteAsync("UPDATE lines SET \"order\" = 'Z' WHERE \"order\" = 'A'");
        Assert.Equal(1, (await ReportAsync()).RowsLoaded);
    }

    [SkippableFact]
    public async Task FailureMidway_LeavesTheWarehouseAsItWas()
    {
        await PrepareAsync();
        await server.ExecuteAsync("INSERT INTO lines SELECT 'N' || n, 1, '2026-01-07', 'p', 1, 1, n, NULL FROM generate_series(10, 50000) AS n");
        SourceFeed("query: \"SELECT *, 1 / (45000 - changed) AS broken FROM lines ORDER BY changed\", watermark: changed");
        var fault = await Assert.ThrowsAsync<UserFaultException>(() => LoadAsync());
        Assert.Contains("division by zero", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["0 | 0"], await RowsAsync("SELECT (SELECT count(*) FROM star.fact_sale), (SELECT count(*) FROM ops.load)"));
        SourceFeed("query: \"SELECT * FROM lines WHERE quantity IS NOT NULL\", watermark: changed");
        Assert.Equal(49_993, (await ReportAsync()).RowsLoaded);
    }

    [SkippableFact]
    public async Task ServerThatIsGone_IsNamed_AndReadAgainWhenItIsBack()
    {
        await PrepareAsync();
        SourceFeed("table: lines, watermark: changed");
        await server.StopAsync();
        try
        {
            Assert.Contains("postgres:lines cannot be read", (await Assert.ThrowsAsync<UserFaultException>(() => LoadAsync())).Message, StringComparison.Ordinal);
        }
        finally
        {
            await server.StartAsync();
        }

        Assert.Equal(2, (await ReportAsync()).RowsLoaded);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ServerLostWhileRowsStream_LeavesTheWarehouseAsItWas_AndIsReadAgain(bool isRestarted)
    {
        await PrepareAsync();
        await server.ExecuteAsync("DELETE FROM lines; INSERT INTO lines SELECT 'N' || n, 1, '2026-01-07', 'p', 1, 1, n, NULL FROM generate_series(1, 50000) AS n");
        SourceFeed("query: SELECT * FROM lines WHERE changed % 500 > 0 OR pg_sleep(0.1) IS NOT NULL");
        var loading = Task.Run(() => LoadAsync());
        await server.ExecuteAsync("""
            DO $$
            BEGIN
                WHILE NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND pid <> pg_backend_pid()) LOOP
                    PERFORM pg_sleep(0.01);
                    PERFORM pg_stat_clear_snapshot();
                END LOOP;
            END $$
            """);
        if (isRestarted)
        {
            await server.StopAsync();
            await server.StartAsync();
        }
        else
        {
            await server.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
        }

        Assert.Contains("postgres:", (await Assert.ThrowsAsync<UserFaultException>(() => loading)).Message, StringComparison.Ordinal);
        Assert.Equal(["0 | 0"], await RowsAsync("SELECT (SELECT count(*) FROM star.fact_sale), (SELECT count(*) FROM ops.load)"));
        SourceFeed("query: SELECT * FROM lines");
        Assert.Equal(50_000, (await ReportAsync()).RowsLoaded);
    }

    [SkippableTheory]
    [InlineData("table: lines, watermark: chnged", "changed")]
    [InlineData("table: linez", "linez")]
    [InlineData("query: \"DELETE FROM lines RETURNING *\"", "syntax error")]
    public async Task WhatIsNotThere_IsNamed(string source, string said)
    {
        await PrepareAsync();
        SourceFeed(source);
        Assert.Contains(said, (await Assert.ThrowsAsync<UserFaultException>(() => LoadAsync())).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task RowsThatComeWithTheMarkOfTheLastOne_AreReadOnce()
    {
        await PrepareAsync();
        await server.ExecuteAsync("UPDATE lines SET quantity = 1");
        SourceFeed("table: lines, watermark: at", "changes: correct\n");
        Assert.Equal(3, (await ReportAsync()).RowsLoaded);
        await server.ExecuteAsync("INSERT INTO lines VALUES ('D', 1, '2026-01-06', 'd', 1, 1, 10, NULL)");

        var second = await ReportAsync();
        Assert.Equal((3, 1, 2), (second.RowsRead, second.RowsLoaded, second.RowsAlreadyLoaded));
        Assert.True((await ReportAsync()).IsKnown);

        await server.ExecuteAsync("UPDATE lines SET price = 77 WHERE \"order\" = 'D'; INSERT INTO lines VALUES ('E', 1, '2026-01-06 01:00', 'e', 1, 1, 10, NULL)");
        var third = await ReportAsync();
        Assert.Equal((4, 1, 1, 2), (third.RowsRead, third.RowsLoaded, third.RowsCorrected, third.RowsAlreadyLoaded));
        Assert.Equal("5 | 5", await RowAsync("SELECT count(*), count(DISTINCT order_id) FROM star.fact_sale"));
    }

    [SkippableFact]
    public async Task RowsThatComeWithTheMarkOfTheLastOne_StopAFeedThatRecognisesNone()
    {
        await PrepareAsync();
        SourceFeed("table: lines, watermark: at");
        await ReportAsync();
        await server.ExecuteAsync("INSERT INTO lines VALUES ('D', 1, '2026-01-06', 'd', 1, 1, 10, NULL)");
        Assert.Contains("which of them are new cannot be told", (await Assert.ThrowsAsync<UserFaultException>(() => LoadAsync())).Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("infinity")]
    [InlineData("9999-12-31")]
    public async Task WatermarkInTheFuture_StopsTheLoad(string time)
    {
        await PrepareAsync();
        await server.ExecuteAsync($"UPDATE lines SET at = '{time}' WHERE \"order\" = 'B'");
        SourceFeed("table: lines, watermark: at");
        Assert.Contains("1 rows whose watermark \"at\" lies in the future", (await Assert.ThrowsAsync<UserFaultException>(() => LoadAsync())).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task RowsWithoutAWatermark_StopTheLoad()
    {
        await PrepareAsync();
        await server.ExecuteAsync("UPDATE lines SET changed = NULL WHERE \"order\" = 'B'");
        SourceFeed("table: lines, watermark: changed");
        Assert.Contains("1 rows whose watermark", (await Assert.ThrowsAsync<UserFaultException>(() => LoadAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PasswordInTheDefinition_IsAFault()
    {
        Feed("sales", "source: {postgres: \"Host=x;Password=secret\", table: lines}\ninto: sale\ncolumns: {order_id: order, ordered_at: at, product: product, quantity: quantity, unit_price: price}\n");
        var fault = Assert.Single((await Assert.ThrowsAsync<DefinitionException>(() => LoadAsync())).Faults);
        Assert.Equal(1, fault.Line);
        Assert.Contains("PGPASSWORD", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    private async Task PrepareAsync()
    {
        Skip.If(server.Missing is not null, server.Missing);
        await server.ExecuteAsync(Table);
    }

    private async Task<FileReport> ReportAsync() => Assert.Single((await LoadAsync()).Files);

    private void SourceFeed(string source, string more = "") => Feed("sales", $$"""
        source: {postgres: "{{server.Connection}}", {{source}}}
        into: sale
        {{more}}columns: {order_id: order, line_id: line, ordered_at: at, product: product, quantity: quantity, unit_price: price}
        """);
}
