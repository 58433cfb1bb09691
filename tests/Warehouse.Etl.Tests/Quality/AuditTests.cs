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
    [InlineData("{column: order_id, type: whole}", 3, 3)]
    [InlineData("{column: line_id, type: whole}", 0, 3)]
    [InlineData("{column: order_id, type: number}", 3, 3)]
    [InlineData("{column: quantity, type: number}", 0, 3)]
    [InlineData("{column: line_id, type: date}", 3, 3)]
    [InlineData("{column: date_key, type: date}", 0, 3)]
    [InlineData("{column: ordered_at, type: instant}", 0, 3)]
    [InlineData("{column: is_return, type: flag}", 0, 3)]
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
    public async Task CorrectedRows_CountOnce_ForTheLoadThatToldThemFirst()
    {
        Feed("sales", SaleFeed + "\nchanges: correct");
        Warehouse.Folder.Write("checks/sales.yaml", "table: star.fact_sale\nchecks:\n- {band: rows, least: 90%, most: 110%}\n- {band: net_amount, least: 90%, most: 110%}\n");
        string Day(char order, int price) => string.Concat(Enumerable.Range(1, 10).Select(line => $"{order},{line},2026-05-01,C1,P,1,{price}\n"));
        Data("sales1.csv", SaleHeader + Day('A', 5));
        await LoadAsync();
        foreach (var order in "BCD")
        {
            // A usual day, and with it all that stood in the first is told otherwise.
            Data($"sales{order}.csv", SaleHeader + Day(order, 5) + Day('A', order));
            var report = await LoadAsync();
            Assert.Equal((10, 10), (report.Files.Single(file => !file.IsKnown).RowsLoaded, report.Files.Single(file => !file.IsKnown).RowsCorrected));
            Assert.All(report.Audits, audit => Assert.False(audit.IsBroken, audit.Example));
        }

        Data("sales5.csv", SaleHeader + Day('A', 9) + "E,1,2026-05-01,C1,P,1,5\n");
        Assert.Equal(["1.00, and 10.00 on average before", "5.00, and 50.00 on average before"], (await LoadAsync()).Audits.Select(audit => audit.Example));
    }

    [Fact]
    public async Task ChecksOfAFeed_LookAtItsRowsAlone_AndMissADeliveryThatIsEmpty()
    {
        Feed("shop", SaleFeed.Replace("sales*", "shop*", StringComparison.Ordinal));
        Feed("web", SaleFeed.Replace("sales*", "web*", StringComparison.Ordinal));
        Warehouse.Folder.Write("checks/web.yaml", "feed: web\nchecks:\n- {column: quantity, max: 5}\n- {unique: order_id}\n- {fresh: ordered_at, days: 40}\n- {band: rows, least: 50%}\n");
        Data("shop1.csv", SaleHeader + "A,1,2026-05-01,C1,P,9,10\nA,2,2026-05-31,C1,P,9,10\n");
        Data("web1.csv", SaleHeader + "W,1,2026-05-01,C1,P,2,10\nV,1,2026-05-01,C1,P,6,10\n");
        var first = await LoadAsync();
        Assert.Equal(
            ["web: quantity is within its range 1/2", "web: order_id is unique 0/2", "web: ordered_at within 40 days 0/1", "web: rows as usual 0/1"],
            first.Audits.Select(audit => $"{audit.Name} {audit.Offenders}/{audit.Rows}"));

        Data("shop2.csv", SaleHeader + "B,1,2026-05-01,C1,P,9,10\n");
        Assert.All((await LoadAsync()).Audits, audit => Assert.False(audit.IsBroken));

        Data("web2.csv", SaleHeader);
        Assert.Equal("web: rows as usual 0.00, and 2.00 on average before", Assert.Single((await LoadAsync()).Audits.Where(audit => audit.IsBroken).Select(audit => $"{audit.Name} {audit.Example}")));
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
    [InlineData("feed: sale\nchecks: [{required: quantity}]", "There is no feed \"sale\" that is enabled. Did you mean")]
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
