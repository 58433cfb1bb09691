using System.Text.Json;
using Warehouse.Analysis.Populations;
using Warehouse.Analysis.Rfm;

namespace Warehouse.Analysis.Tests.Rfm;

public sealed class RfmPropertyTests
{
    [Fact]
    public Task Scores_AreOneAndTheShareOfCustomersStrictlyWorse_TimesTheBins_RoundedDown() => SalesCase.ForAllAsync(async (warehouse, test) =>
    {
        var oracle = SalesOracle.Of(test.Sales, test.Population).Customers;
        await using var connection = await warehouse.Database.ConnectAsync(default);

        await using var scores = await RfmAnalysis.ScoreAsync(connection, new RfmOptions(test.Population) { Bins = test.Bins }, default);

        Assert.Equal(
            oracle.Select(one => (one.Key, one.RecencyDays, one.Orders, one.Value, one.Revenue,
                Score(oracle.Count(other => other.RecencyDays > one.RecencyDays)),
                Score(oracle.Count(other => other.Orders < one.Orders)),
                Score(oracle.Count(other => other.Value < one.Value)))),
            (await scores.CustomersAsync().ToListAsync()).Select(one => (one.CustomerKey, one.RecencyDays, one.Frequency, one.Monetary, one.Revenue,
                one.RecencyScore, one.FrequencyScore, one.MonetaryScore)));

        int Score(int worse) => 1 + (test.Bins * worse / oracle.Count);
    });

    [Fact]
    public Task SegmentsCellsAndBins_AddUpToThePopulation_AndItWithWhatIsLeftOutToAllSales() => SalesCase.ForAllAsync(async (warehouse, test) =>
    {
        var oracle = SalesOracle.Of(test.Sales, test.Population);
        await using var connection = await warehouse.Database.ConnectAsync(default);

        var result = await RfmAnalysis.RunAsync(connection, new RfmOptions(test.Population), default);

        var population = result.Population;
        Assert.Equal(oracle.Customers.Count, population.Customers);
        Assert.Equal(oracle.AllRevenue, population.Revenue + population.LeftOut.Sum(part => part.Revenue));
        var whole = new RfmSums(
            population.Customers, population.Revenue, population.Value, oracle.Customers.Sum(one => (long)one.RecencyDays), oracle.Customers.Sum(one => one.Orders));
        Assert.Equal(whole, RfmSums.Of(result.Segments.Select(segment => segment.Sums)));
        Assert.Equal(whole, RfmSums.Of(result.Cells.Select(cell => cell.Sums)));
        foreach (var scale in new[] { result.Recency, result.Frequency, result.Monetary })
        {
            Assert.Equal(population.Customers, scale.Bins.Sum(bin => bin.Customers));
        }

        if (population.Customers > 0)
        {
            Assert.Equal(1, result.Segments.Sum(segment => segment.CustomerShare!.Value), 12);
        }
    });

    [Fact]
    public Task NextScore_IsReachedAtItsThreshold_AndNotBeforeIt() => SalesCase.ForAllAsync(async (warehouse, test) =>
    {
        await using var connection = await warehouse.Database.ConnectAsync(default);
        await using var scores = await RfmAnalysis.ScoreAsync(connection, new RfmOptions(test.Population) { Bins = test.Bins }, default);
        var (recency, frequency, monetary) = (scores.Result.Recency.Edges, scores.Result.Frequency.Edges, scores.Result.Monetary.Edges);

        await foreach (var one in scores.CustomersAsync())
        {
            if (one.NextRecency is { } sooner)
            {
                Assert.Equal(sooner.Score, 1 + recency.Count(edge => sooner.Threshold <= edge));
                Assert.Equal(one.RecencyScore, 1 + recency.Count(edge => sooner.Threshold + 1 <= edge));
                Assert.Equal(one.RecencyDays, sooner.Threshold + sooner.Shortfall);
            }

            if (one.NextFrequency is { } oftener)
            {
                Assert.Equal(oftener.Score, 1 + frequency.Count(edge => oftener.Threshold > edge));
                Assert.Equal(one.FrequencyScore, 1 + frequency.Count(edge => oftener.Threshold - 1 > edge));
                Assert.Equal(one.Frequency, oftener.Threshold - oftener.Shortfall);
            }

            if (one.NextMonetary is { } more)
            {
                Assert.Equal(more.Score, 1 + monetary.Count(edge => more.Threshold + .0001m > edge));
                Assert.Equal(one.MonetaryScore, 1 + monetary.Count(edge => more.Threshold > edge));
                Assert.Equal(one.Monetary, more.Threshold - more.Shortfall);
            }
        }
    });

    [Fact]
    public Task RowOrder_ChangesNothing() => SalesCase.ForAllAsync(async (warehouse, test) =>
    {
        var options = new RfmOptions(test.Population) { Bins = test.Bins };
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var before = await RfmAnalysis.RunAsync(connection, options, default);
        await test.Shuffled().LoadAsync(warehouse);

        Assert.Equal(Text(before), Text(await RfmAnalysis.RunAsync(connection, options, default)));
    });

    [Fact]
    public Task SalesDatedOrRecordedLater_ChangeNothingAsOfThen() => SalesCase.ForAllAsync(async (warehouse, test) =>
    {
        var then = AsOf.EndOf(test.Population.AsOf.Date, TimeZoneInfo.Utc);
        var options = new RfmOptions(test.Population with { AsOf = then }) { Bins = test.Bins };
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var before = await RfmAnalysis.RunAsync(connection, options, default);
        await test.WithLaterSales().LoadAsync(warehouse);
        var after = await RfmAnalysis.RunAsync(connection, options, default);

        // Why a population is empty is told of all sales there are; everything else is told of what was known then.
        Assert.Equal(Text(before with { Notes = [] }), Text(after with { Notes = [] }));
    });

    private static string Text(RfmResult result) => JsonSerializer.Serialize(result);
}
