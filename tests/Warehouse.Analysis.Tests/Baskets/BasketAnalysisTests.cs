using Warehouse.Analysis.Baskets;
using Warehouse.Analysis.Populations;
using Warehouse.Definitions;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests.Baskets;

public sealed class BasketAnalysisTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task SetsAndRules_AreThoseOfCountingEveryCombination(int seed)
    {
        var lines = ShopOfItems.RandomLines(seed, 200);
        await using var warehouse = await ShopOfItems.OfAsync(lines);

        var result = await ShopOfItems.AskAsync(
            warehouse, new BasketOptions(ShopOfItems.Date) { Support = .08, MostItems = 4, FalseDiscoveries = .999999, Confidence = 0 }, baskets => BasketAnalysis.RunAsync(baskets, default));

        var baskets = Baskets(lines);
        Assert.Equal(baskets.Count, result.Baskets);
        var every = Enumerable.Range(1, 255).Select(Members).Where(set => set.Length <= 4).Select(set => (Set: set, Count: Count(baskets, set))).ToList();
        Assert.Equal(
            every.Where(set => set.Count >= result.Least).Select(set => $"{string.Join(",", set.Set)}: {set.Count}").Order(StringComparer.Ordinal),
            result.Sets.Select(set => $"{string.Join(",", set.Items.Select(item => item.Id[1..]))}: {set.Baskets}").Order(StringComparer.Ordinal));
        Assert.Equal(every.Where(set => set.Count >= result.Least && set.Set.Length > 1).Sum(set => set.Set.Length), result.Tested);
        Assert.All(result.Rules, rule =>
        {
            int[] condition = [.. rule.If.Select(item => item.Id[1..]).Select(int.Parse)];
            var then = int.Parse(rule.Then.Id[1..], System.Globalization.CultureInfo.InvariantCulture);
            var (both, one, other) = (Count(baskets, [.. condition, then]), Count(baskets, condition), Count(baskets, [then]));
            Assert.Equal((both, one, other), (rule.Baskets, rule.BasketsWithIf, rule.BasketsWithThen));
            Assert.Equal((double)both / one, rule.Confidence, 12);
            Assert.Equal((double)both * baskets.Count / one / other, rule.Lift, 12);
        });
    }

    [Fact]
    public async Task PlantedPair_IsFound_AndWhatIsInEveryBasketIsNoRule()
    {
        await using var warehouse = await ShopOfItems.OfAsync(ShopOfItems.RandomLines(4, 400));

        var result = await ShopOfItems.AskAsync(warehouse, new BasketOptions(ShopOfItems.Date) { Support = .02, MostItems = 2 }, baskets => BasketAnalysis.RunAsync(baskets, default));

        Assert.Equal(["P1 > P2", "P2 > P1"], result.Rules.Select(rule => $"{rule.If[0].Id} > {rule.Then.Id}").Order(StringComparer.Ordinal));
        Assert.True(result.Tested > 20);
    }

    [Fact]
    public async Task LaterSales_ChangeNothing_AndNeitherDoesTheOrderOfRows()
    {
        var lines = ShopOfItems.RandomLines(5, 100);
        await using var one = await ShopOfItems.OfAsync(lines);
        await using var other = await ShopOfItems.OfAsync([.. lines.Reverse(), new ItemLine(3, ShopOfItems.Date.Date.AddDays(1), "later", 1), new ItemLine(3, ShopOfItems.Date.Date.AddDays(1), "later", 5)]);
        var options = new BasketOptions(ShopOfItems.Date) { Support = .05, FalseDiscoveries = .9 };

        Assert.Equal(await TextAsync(one), await TextAsync(other));

        async Task<string> TextAsync(FreshWarehouse warehouse) => await ShopOfItems.AskAsync(warehouse, options, async baskets =>
        {
            var result = await BasketAnalysis.RunAsync(baskets, default);
            var wanted = await Recommendations.ForAsync(baskets, 3, 5, default);
            return string.Join(
                "\n",
                result.Rules.Select(rule => $"{string.Join("+", rule.If)} > {rule.Then} {rule.Baskets} {rule.QValue:R}").Concat(wanted.Select(item => $"{item.Item} {item.Score:R}")));
        });
    }

    /// <summary>
    /// The teacups and saucers of three colours, the association that published analyses of these data lead with: whoever buys pink
    /// and roses buys green nine times out of ten.
    /// </summary>
    [SkippableFact]
    public async Task OnlineRetail_RegencyTeacupsGoTogether()
    {
        var path = SharedData.Find(PublishedSales.OnlineRetailFile);
        Skip.If(path is null, SharedData.Missing(PublishedSales.OnlineRetailFile));
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.RunAsync(
            """
            CREATE TABLE line AS
            SELECT InvoiceNo AS invoice, CAST(InvoiceDate AS DATE) AS day, coalesce(try_cast(try_cast(CustomerID AS DOUBLE) AS INTEGER), -1) AS customer, upper(StockCode) AS product,
                CAST(Quantity AS INTEGER) AS quantity
            FROM read_csv($file, header = true, all_varchar = true);
            CREATE TABLE product AS SELECT product, CAST(row_number() OVER (ORDER BY product) AS INTEGER) AS key FROM (SELECT DISTINCT product FROM line);
            INSERT INTO star.dim_product
                (product_version_key, product_key, product_id, is_inferred, valid_from, valid_to, is_current, known_at, generation, load_key, source_line)
            SELECT key, key, product, false, TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMPTZ '9999-12-31 00:00:00+00', true, TIMESTAMPTZ '0001-01-01 00:00:00+00', 0, -1, 0 FROM product;
            INSERT INTO star.fact_sale
            SELECT row_number() OVER () - 1, customer, -1, key, -1, -1, -1, day, day, invoice, '', quantity, 1, quantity, 0, quantity, NULL, quantity, 'GBP', invoice LIKE 'C%', NULL, day, 0, -1, 0, -1
            FROM line JOIN product USING (product)
            """,
            ("file", path));

        var result = await ShopOfItems.AskAsync(
            warehouse,
            new BasketOptions(AsOf.EndOf(new DateOnly(2011, 12, 9), TimeZoneInfo.Utc)) { Support = .01, Confidence = .3 },
            baskets => BasketAnalysis.RunAsync(baskets, default));

        var rule = Assert.Single(result.Rules, rule => rule.Then.Id == "22697" && rule.If.Select(item => item.Id).SequenceEqual(["22698", "22699"]));
        var counted = await warehouse.RowsAsync(
            """
            WITH basket AS (SELECT DISTINCT customer, invoice, product FROM line WHERE invoice NOT LIKE 'C%'),
            held AS (
                SELECT count(*) FILTER (product = '22697') AS green, count(*) FILTER (product = '22698') AS pink, count(*) FILTER (product = '22699') AS roses
                FROM basket GROUP BY customer, invoice
            )
            SELECT count(*), sum(green), count(*) FILTER (pink = 1 AND roses = 1), count(*) FILTER (pink = 1 AND roses = 1 AND green = 1) FROM held
            """);
        Assert.Equal(counted[0], $"{result.Baskets} | {rule.BasketsWithThen} | {rule.BasketsWithIf} | {rule.Baskets}");
        Assert.InRange(rule.Confidence, .88, .92);
        Assert.InRange(rule.Lift, 15, 25);
        Assert.InRange(rule.QValue, 0, 1e-200);
    }

    [Fact]
    public async Task Nothing_IsSaidInWords()
    {
        await using var empty = await FreshWarehouse.CreateAsync();
        await using var one = await ShopOfItems.OfAsync([new ItemLine(1, ShopOfItems.Date.Date, "1", 1)]);

        foreach (var (warehouse, words) in new[] { (empty, "no baskets"), (one, "No item is in 10 baskets") })
        {
            var (result, due, evaluation) = await ShopOfItems.AskAsync(warehouse, new BasketOptions(ShopOfItems.Date), async baskets => (
                await BasketAnalysis.RunAsync(baskets, default),
                await NextPurchases.DueAsync(baskets, 30, 10, default),
                await Recommendations.EvaluateAsync(baskets, 90, default)));
            Assert.Contains(words, Assert.Single(result.Notes), StringComparison.Ordinal);
            Assert.Empty(due);
            Assert.Empty(evaluation.Questions);
            Assert.Contains("nothing to hold", Assert.Single(evaluation.Notes), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task UnknownItem_IsAWrongCommandWithNearNames()
    {
        await using var warehouse = await ShopOfItems.OfAsync(ShopOfItems.RandomLines(6, 50));

        var fault = await Assert.ThrowsAsync<WrongCommandException>(() => ShopOfItems.AskAsync(
            warehouse, new BasketOptions(ShopOfItems.Date), baskets => Recommendations.LikeAsync(baskets, "P11", 5, default)));

        Assert.Contains("\"P1\"", fault.Message, StringComparison.Ordinal);
    }

    private static List<HashSet<int>> Baskets(IReadOnlyList<ItemLine> lines) =>
        [.. lines.Where(line => !line.IsReturn).GroupBy(line => (line.Customer, line.Order)).Select(order => order.Select(line => line.Product).ToHashSet())];

    private static int Count(List<HashSet<int>> baskets, int[] set) => baskets.Count(basket => set.All(basket.Contains));

    private static int[] Members(int bits) => [.. Enumerable.Range(0, 8).Where(bit => (bits >> bit & 1) == 1)];
}
