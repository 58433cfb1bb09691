using Warehouse.Definitions;

namespace Warehouse.Etl.Tests.Quality;

/// <summary>Checks of the star before a load is published.</summary>
public sealed class AuditTests : EtlTest
{
    [Theory]
    [InlineData("{required: cost_amount}", 3, 3)]
    [InlineData("{column: quantity, min: 0, max: 2}", 1, 3)]
    [InlineData("{column: currency, one_of: [EUR, USD]}", 3, 3)]
    [InlineData("{column: order_id, pattern: \"[A-Z]\"}", 1, 3)]
    [InlineData("{unique: [order_id]}", 1, 3)]
    [InlineData("{unique: [order_id, line_id]}", 0, 3)]
    [InlineData("{reference: product_key, to: star.dim_product.product_key}", 0, 3)]
    [InlineData("{reference: order_id, to: star.dim_product.product_id}", 3, 3)]
    [InlineData("{fresh: ordered_at, days: 40}", 0, 1)]
    [InlineData("{fresh: ordered_at, days: 20}", 1, 1)]
    [InlineData("{sql: offenders.sql}", 2, 2)]
    public async Task EachKind_CountsItsOffenders(string check, long offenders, long rows)
    {
        Feed("sales", SaleFeed);
        Warehouse.Folder.Write("checks/offenders.sql", "SELECT order_id FROM star.fact_sale WHERE quantity < 3;\n");
        Warehouse.Folder.Write("checks/sales.yaml", $"table: star.fact_sale\nchecks:\n- {check}\n");
        Data("sales.csv", SaleHeader + "A,1,2026-05-01,C1,P,2,10\nA,2,2026-05-01,C1,P,1,5\nB1,1,2026-05-01,C1,P,3,5\n");
        var report = await LoadAsync();
        var result = Assert.Single(report.Audits);
        Assert.Equal((offenders, rows, offenders > 0), (result.Offenders, result.Rows, result.IsBroken));
        Assert.Equal((offenders > 0, false, 1), (report.IsBroken, report.IsStopped, report.Generation!.Number));
        Assert.Equal(offenders > 0, result.Example is not null);
        Assert.Equal($"1 | {offenders} | error", await RowAsync("SELECT generation, offenders, severity FROM quality.audit"));
    }

    [Fact]
    public async Task UsualBand_IsJudgedByTheLoadsBefore()
    {
        Feed("sales", SaleFeed);
        Warehouse.Folder.Write("checks/sales.yaml", "table: star.fact_sale\nchecks:\n- {band: rows, least: 50%, most: 200%, severity: warn}\n- {band: net_amount, least: 50%, severity: stop}\n");
        Data("sales1.csv", SaleHeader + "A,1,2026-05-01,C1,P,2,10\nA,2,2026-05-01,C1,P,2,10\n");
        Assert.All((await LoadAsync()).Audits, audit => Assert.False(audit.IsBroken));
        Data("sales2.csv", SaleHeader + "B,1,2026-05-01,C1,P,9,10\nB,2,2026-05-01,C1,P,1,0\nB,3,2026-05-01,C1,P,1,0\nB,4,2026-05-01,C1,P,1,0\nB,5,2026-05-01,C1,P,1,0\n");
        var many = await LoadAsync();
        Assert.Equal([true, false], many.Audits.Select(audit => audit.IsBroken));
        Assert.Equal((false, 2), (many.IsBroken, many.Generation!.Number));
        Data("sales3.csv", SaleHeader + "C,1,2026-05-01,C1,P,1,10\nC,2,2026-05-01,C1,P,1,10\n");
        var few = await LoadAsync();
        Assert.True(few.IsStopped);
        Assert.Null(few.Generation);
        Assert.Equal("7 | 2 | 2", await RowAsync("SELECT (SELECT count(*) FROM star.fact_sale), (SELECT max(generation) FROM ops.generation), (SELECT count(*) FROM ops.load)"));
    }

    [Fact]
    public async Task TooManyRejects_StopTheLoad()
    {
        Feed("sales", SaleFeed + "\nstop_limit: 20%");
        Data("sales.csv", SaleHeader + "A,1,2026-05-01,C1,P,2,10\nA,2,2026-05-01,C1,P,x,5\n");
        var report = await LoadAsync();
        Assert.True(report.IsStopped);
        Assert.Equal("quantity", Assert.Single(report.Rejections).Column);
        Assert.Equal("0 | 0", await RowAsync("SELECT (SELECT count(*) FROM star.fact_sale), (SELECT max(generation) FROM ops.generation)"));
    }

    [Theory]
    [InlineData("table: star.fact_sale\nchecks: [{uniqe: [a]}]", "\"uniqe\" is not known")]
    [InlineData("table: star.fact_sale\nchecks: [{column: quantity}]", "What has \"quantity\" to be?")]
    [InlineData("checks: [{required: quantity}]", "say \"table\"")]
    [InlineData("checks: [{sql: nothing.sql}]", "There is no file nothing.sql")]
    [InlineData("table: star.fact_sale\nchecks: [{reference: product_key, to: product}]", "\"to\" is a column with its table")]
    public async Task FaultyCheck_IsToldWithItsPlace(string yaml, string fault)
    {
        Feed("sales", SaleFeed);
        Warehouse.Folder.Write("checks/sales.yaml", yaml);
        Data("sales.csv", SaleHeader + "A,1,2026-05-01,C1,P,2,10\n");
        var message = (await Assert.ThrowsAsync<DefinitionException>(() => LoadAsync())).Message;
        Assert.Contains(fault, message);
        Assert.Contains("checks/sales.yaml", message);
    }

    [Theory]
    [InlineData("table: star.fact_sales\nchecks: [{required: quantity}]", "Did you mean ")]
    [InlineData("table: star.fact_sale\nchecks: [{required: quantiti}]", "quantiti")]
    [InlineData("table: star.fact_sale\nchecks: [{required: 'quantity\" IS NULL OR \"quantity'}]", "cannot be made")]
    public async Task CheckThatDoesNotFitTheStar_LeavesItAsItWas(string yaml, string fault)
    {
        Feed("sales", SaleFeed);
        Warehouse.Folder.Write("checks/sales.yaml", yaml);
        Data("sales.csv", SaleHeader + "A,1,2026-05-01,C1,P,2,10\n");
        Assert.Contains(fault, (await Assert.ThrowsAsync<UserFaultException>(() => LoadAsync())).Message);
        Assert.Equal("0", await RowAsync("SELECT max(generation) FROM ops.generation"));
    }
}
