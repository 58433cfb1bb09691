using Warehouse.Analysis.Baskets;

namespace Warehouse.Analysis.Tests.Baskets;

public sealed class RecommendationTests
{
    private static readonly DateOnly Day = ShopOfItems.Date.Date;

    [Fact]
    public async Task WhoBoughtTheOne_IsOfferedWhatOthersBoughtWithIt_AndNothingThatHeHas()
    {
        // Everybody bought 0. Customers 0 to 9 bought 1 and 2; 10 to 19 bought 3 and 4; customer 20 bought 0 and 1.
        var lines = Enumerable.Range(0, 20).SelectMany(customer => new[] { 0, customer < 10 ? 1 : 3, customer < 10 ? 2 : 4 }.Select(product => Line(customer, 20, product)))
            .Concat([Line(20, 10, 0), Line(20, 10, 1)]).ToList();
        await using var warehouse = await ShopOfItems.OfAsync(lines);

        var (wanted, like) = await ShopOfItems.AskAsync(warehouse, new BasketOptions(ShopOfItems.Date), async baskets =>
            (await Recommendations.ForAsync(baskets, 20, 5, default), await Recommendations.LikeAsync(baskets, "p1", 5, default)));

        Assert.Equal("P2", wanted[0].Item.Id);
        Assert.DoesNotContain(wanted, item => item.Item.Id is "P0" or "P1");
        Assert.Equal(["P2", "P0"], like.Select(item => item.Item.Id));
        Assert.Equal(10 / (Math.Sqrt(11 * 10) + 10), like[0].Likeness, 12);
    }

    [Fact]
    public async Task Recommendation_IsTheSumOfLikenessToAllThatHeBought()
    {
        await using var warehouse = await ShopOfItems.OfAsync([.. ShopOfItems.RandomLines(7, 150)]);

        await ShopOfItems.AskAsync(warehouse, new BasketOptions(ShopOfItems.Date), async baskets =>
        {
            var like = new Dictionary<string, IReadOnlyList<LikeItem>>(StringComparer.Ordinal);
            foreach (var item in Enumerable.Range(0, 8).Select(product => FormattableString.Invariant($"P{product}")))
            {
                like[item] = await Recommendations.LikeAsync(baskets, item, 50, default);
            }

            foreach (var customer in Enumerable.Range(0, 20))
            {
                var own = (await warehouse.RowsAsync("SELECT DISTINCT 'P' || product_key FROM star.fact_sale WHERE customer_key = $key AND NOT is_return", ("key", customer))).ToHashSet(StringComparer.Ordinal);
                var expected = own.SelectMany(item => like[item]).Where(one => !own.Contains(one.Item.Id))
                    .GroupBy(one => one.Item.Id, StringComparer.Ordinal).ToDictionary(item => item.Key, item => item.Sum(one => one.Likeness), StringComparer.Ordinal);
                var wanted = await Recommendations.ForAsync(baskets, customer, 50, default);
                Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), wanted.Select(item => item.Item.Id).Order(StringComparer.Ordinal));
                Assert.All(wanted, item => Assert.Equal(expected[item.Item.Id], item.Score, 9));
            }

            return true;
        });
    }

    [Fact]
    public async Task Evaluation_CountsHitsAndRanksByHand()
    {
        // Before: ten customers with {1, 2}, ten with {3, 4}, each also the popular 0; 20 and 21 have 0 and 1. After: 20 buys 2 (the model's first
        // choice) and 0 again; 21 buys 4, which both offer third, after 2 and 3.
        var lines = Enumerable.Range(0, 20).SelectMany(customer => new[] { 0, customer < 10 ? 1 : 3, customer < 10 ? 2 : 4 }.Select(product => Line(customer, 60, product)))
            .Concat([Line(20, 60, 0), Line(20, 60, 1), Line(21, 60, 0), Line(21, 60, 1)])
            .Concat([Line(20, 5, 2), Line(20, 5, 0), Line(21, 5, 4)]).ToList();
        await using var warehouse = await ShopOfItems.OfAsync(lines);

        var evaluation = await ShopOfItems.AskAsync(warehouse, new BasketOptions(ShopOfItems.Date), baskets => Recommendations.EvaluateAsync(baskets, 30, default));

        Assert.Equal(Day.AddDays(-30), evaluation.Cut);
        var (first, again) = (evaluation.Questions[0], evaluation.Questions[1]);
        Assert.Equal(("bought for the first time", 2L, 1d), (first.Name, first.Customers, first.HitRate));
        Assert.Equal((1 + (1 / 3d)) / 2, first.ReciprocalRank, 12);
        Assert.Equal(1d, first.PopularityHitRate);
        Assert.Equal(("bought again", 1L, 1d, 1d), (again.Name, again.Customers, again.HitRate, again.PopularityHitRate));
    }

    [Fact]
    public async Task NextPurchase_FollowsTheOwnRhythm_AndEndsWhereItStopped()
    {
        // Customer 1 every 10 days, last 5 days ago; 2 every 10 days, last 100 days ago; 3 once.
        var lines = Enumerable.Range(0, 6).Select(turn => Line(1, 5 + (10 * turn), 1))
            .Concat(Enumerable.Range(0, 6).Select(turn => Line(2, 100 + (10 * turn), 1)))
            .Append(Line(3, 12, 1)).ToList();
        await using var warehouse = await ShopOfItems.OfAsync(lines);

        var due = await ShopOfItems.AskAsync(warehouse, new BasketOptions(ShopOfItems.Date), baskets => NextPurchases.DueAsync(baskets, 7, 10, default));

        var one = Assert.Single(due);
        Assert.Equal((1, "P1", 6L, Day.AddDays(-5), 10d, Day.AddDays(5)), (one.CustomerKey, one.Item.Id, one.Purchases, one.LastOn, one.RhythmDays, one.NextOn));
    }

    private static ItemLine Line(int customer, int daysAgo, int product) =>
        new(customer, Day.AddDays(-daysAgo), FormattableString.Invariant($"{customer}/{daysAgo}"), product);
}
