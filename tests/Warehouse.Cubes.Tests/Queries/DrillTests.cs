using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Query;
using Warehouse.Cubes.Results;
using Warehouse.Cubes.Tests.BruteForce;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Tests.Queries;

public class DrillTests
{
    private static readonly string Model = RandomShop.Model
        .Replace("attributes: [kind, colour] }", "attributes: [kind, colour], hierarchies: { range: [kind, colour] } }", StringComparison.Ordinal)
        .Replace("time: true }", "time: { fiscal_year_starts: 4 }, hierarchies: { calendar: [year, quarter, month, day], fiscal: [fiscal_year, fiscal_quarter, month] } }", StringComparison.Ordinal);

    private static readonly string[] Levels = ["item.kind", "date.year", "date.quarter", "date.month", "date.fiscal_year", "date.fiscal_quarter"];

    private static CubeQuery Query(string measures, string? by, string? where = null, string? pivot = null) =>
        new QueryTexts { Cube = "sales", Measures = measures, By = by, Where = where, Pivot = pivot }.Parse();

    [Fact]
    public async Task DownAndUp_GoAlongTheHierarchy_AndBackToWhatWasAsked()
    {
        await using var shop = await Shop.Create();
        var query = Query("net_sales, orders", "product.category", "date.year = 2011");
        var down = Drilling.Down(shop.Engine.Model, query, new Name("product", "category"), "kitchen");
        Assert.Equal(["kitchen | mug | 25 | 3", "kitchen | pan | 20 | 1"], CubeTest.Lines(await shop.Engine.QueryAsync(down)));
        var up = Drilling.Up(shop.Engine.Model, down, "product");
        Assert.Equal("date.year = 2011", up.Where!.Text);
        Assert.Equal(query.By, up.By);
        Assert.Empty(Drilling.Up(shop.Engine.Model, up, "product").By);
    }

    [Fact]
    public async Task MemberAsShown_IsLookedUp_AndAWrongOneIsToldWithNearNames()
    {
        await using var shop = await Shop.Create();
        var query = Query("net_sales", null);
        var down = await shop.Engine.DrillDownAsync(query, "product.category", "kitchen", CubeAccess.Everything);
        Assert.Equal(["mug | 25", "pan | 20"], CubeTest.Lines(await shop.Engine.QueryAsync(down)));
        var none = await shop.Engine.DrillDownAsync(query, "product.category", "", CubeAccess.Everything);
        Assert.Equal(["null | 3"], CubeTest.Lines(await shop.Engine.QueryAsync(none)));
        var wrong = await Assert.ThrowsAsync<WrongCommandException>(() => shop.Engine.DrillDownAsync(query, "product.category", "kitchn", CubeAccess.Everything));
        Assert.Contains("Did you mean \"kitchen\"?", wrong.Message, StringComparison.Ordinal);
        var finest = await Assert.ThrowsAsync<WrongCommandException>(() => shop.Engine.DrillDownAsync(query, "product.name", "mug", CubeAccess.Everything));
        Assert.Contains("Nothing is finer than product.name", finest.Message, StringComparison.Ordinal);
        var flat = await Assert.ThrowsAsync<WrongCommandException>(() => shop.Engine.DrillDownAsync(query, "customer.city", "Rome", CubeAccess.Everything));
        Assert.Contains("customer.city is no level of a hierarchy", flat.Message, StringComparison.Ordinal);
        Assert.Throws<WrongCommandException>(() => Drilling.Up(shop.Engine.Model, query, "product"));
    }

    [Fact]
    public async Task MeasuresThatNameOtherMembers_AreDrilled()
    {
        await using var shop = await Shop.Create();
        var query = Query("net_sales, share(net_sales, customer.city) as part", "product.category, customer.city", "date.year = 2011");
        var down = await shop.Engine.DrillDownAsync(query, "product.category", "kitchen", CubeAccess.Everything);
        Assert.Equal(
            ["kitchen | mug | Rome | 20 | 1", "kitchen | mug | Oslo | 10 | 0.333333", "kitchen | mug | null | -5 | 1", "kitchen | pan | Oslo | 20 | 0.666667"],
            CubeTest.Lines(await shop.Engine.QueryAsync(down)).OrderBy(line => line.Contains("pan", StringComparison.Ordinal)).ThenByDescending(line => line.Contains("Rome", StringComparison.Ordinal)).ThenBy(line => line.Contains("null", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task PivotedLevel_GivesWayToTheNext()
    {
        await using var shop = await Shop.Create();
        var query = Query("net_sales", "customer.city", pivot: "product.category");
        var down = Drilling.Down(shop.Engine.Model, query, new Name("product", "category"), "kitchen");
        Assert.Equal("product.name", down.Pivot!.Text);
        Assert.Equal(["customer.city", "mug", "pan"], (await shop.Engine.QueryAsync(down)).Columns.Select(column => column.Name));
        Assert.Equal("product.category", Drilling.Up(shop.Engine.Model, down, "product").Pivot!.Text);
    }

    [Fact]
    public void DrilledCells_AddUpToTheCellDrilled() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => Compare(seed).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") is "1" ? 300 : 12).WithReplay(20_110_610, 11));

    /// <summary>Each cell by two members beside the total, under it, of what one of them is drilled down to; sums beside the sum of its cells.</summary>
    private static async Task Compare(int seed)
    {
        var random = new Random(seed);
        var shop = new RandomShop(random);
        await using var test = await CubeTest.Create(shop.Sql, Model);
        var level = RandomShop.Pick(random, Levels);
        var other = level.StartsWith("item", StringComparison.Ordinal) ? "date.month" : "item.colour";
        var query = new QueryTexts
        {
            Cube = "facts",
            Measures = "amount, rows, customers, middle, per_customer",
            By = $"{level}, {other}",
            Where = random.Next(2) == 0 ? null : "line.count > 0",
            Having = "rows > 0",
            Limit = 5,
        }.Parse();
        var answer = await test.Engine.QueryAsync(query);
        var name = new Name(level.Split('.')[0], level.Split('.')[1]);
        foreach (var members in answer.Rows.GroupBy(row => row.Values[0]))
        {
            var down = Drilling.Down(test.Engine.Model, query, name, members.Key);
            var drilled = await test.Engine.QueryAsync(down with { Totals = QueryTotals.Sets([[query.By[0], query.By[1]]]) });
            var at = drilled.Columns.ToList().FindIndex(column => column.Name == other);
            foreach (var cell in members)
            {
                var parts = drilled.Rows.Where(row => Equals(row.Values[at], cell.Values[1])).ToArray();
                var total = Assert.Single(parts, row => row.IsTotal);
                Assert.Equal(Numbers(cell, 2), Numbers(total, drilled.Columns.Count(column => column.IsMember)));
                Assert.Equal(Number(cell.Values[3]), parts.Where(row => !row.IsTotal).Sum(row => Number(row.Values[4])));
                Assert.Equal(Number(cell.Values[2]), parts.Where(row => !row.IsTotal).Sum(row => Number(row.Values[3])));
            }

            var up = Drilling.Up(test.Engine.Model, down, name.First);
            Assert.Equal(query.By, up.By);
            Assert.Equal(query.Where?.Text, up.Where?.Text);
        }
    }

    private static decimal Number(object? value) => value is null ? 0 : Convert.ToDecimal(value is System.Numerics.BigInteger wide ? (decimal)wide : value is Int128 big ? (decimal)big : value, CultureInfo.InvariantCulture);

    private static string Numbers(CubeRow row, int from) => string.Join(" | ", row.Values.Skip(from).Select(value => value is null ? "null" : OracleQuery.Show(Number(value))));
}
