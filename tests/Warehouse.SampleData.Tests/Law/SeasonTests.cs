using MathNet.Numerics.Distributions;

namespace Warehouse.SampleData.Tests.Law;

/// <summary>Orders of strangers come by the trading clock and by nothing else: they show its seasons plainly.</summary>
public sealed class SeasonTests
{
    private static readonly SampleFolder s_sample = SampleFolder.CommittedOrders;

    [Theory]
    [InlineData("dayname")]
    [InlineData("monthname")]
    [InlineData("year")]
    public void OrdersOfStrangers_ByCalendar_FollowTheClock(string part)
    {
        var rows = s_sample.Rows($$"""
            WITH found AS (
                SELECT {{part}}(ordered_at) AS part, count(DISTINCT order_id)::DOUBLE AS orders FROM sold WHERE customer IS NULL GROUP BY ALL
            ),
            law AS (
                SELECT {{part}}(date) AS part, sum(weight) / sum(sum(weight)) OVER () AS share FROM '{truth}/clock.parquet' GROUP BY ALL
            )
            SELECT coalesce(orders, 0), share, sum(orders) OVER () FROM law LEFT JOIN found USING (part)
            """);
        var chiSquare = rows.Sum(row =>
        {
            var expected = (double)row[1] * (double)row[2];
            return Math.Pow((double)row[0] - expected, 2) / expected;
        });
        Assert.InRange(chiSquare, 0, ChiSquared.InvCDF(rows.Count - 1, 0.999));
    }

    [Fact]
    public void ChristmasDay_HasNoOrders() => Assert.Equal(
        [0], s_sample.Numbers("SELECT count(*) FROM orders WHERE month(ordered_at) = 12 AND day(ordered_at) = 25"));

    [Fact]
    public void December_SellsAtLeastHalfAsMuchAgainAsJanuary() => Assert.All(
        s_sample.Numbers("""
            SELECT sum(pounds) FILTER (month(ordered_at) = 12) / sum(pounds) FILTER (month(ordered_at) = 1)
            FROM orders GROUP BY year(ordered_at + INTERVAL 6 MONTH)
            """),
        ratio => Assert.True(ratio > 1.5, ratio.ToString()));

    [Fact]
    public void LocalTimes_NeverFallIntoTheHourThatClocksChange() => Assert.Equal(
        [0], s_sample.Numbers("SELECT count(*) FROM lines WHERE hour(ordered_at) = 1"));
}
