using Warehouse.Analysis.Populations;
using Warehouse.Analysis.Rfm;
using Warehouse.Definitions;
using Warehouse.Store;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests.Rfm;

public sealed class RfmAnalysisTests
{
    private static readonly DateOnly Day = new(2024, 6, 30);
    private static readonly RfmOptions Defaults = new(new PopulationOptions(AsOf.EndOf(Day, TimeZoneInfo.Utc)));

    [Fact]
    public async Task TenCustomers_OfRisingValues_FillFiveScoresByTwos()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddCustomersAsync(Enumerable.Range(0, 10));
        await warehouse.AddSalesAsync(
            from customer in Enumerable.Range(0, 10)
            from order in Enumerable.Range(0, customer + 1)
            select new Sale(customer, Day.AddDays(-10 * (10 - customer)), $"{customer}-{order}", 10m));
        await using var connection = await warehouse.Database.ConnectAsync(default);

        await using var scores = await RfmAnalysis.ScoreAsync(connection, Defaults, default);
        var customers = await scores.CustomersAsync().ToListAsync();

        Assert.Equal(10, scores.Result.Population.Customers);
        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4, 5, 5], customers.Select(customer => customer.RecencyScore));
        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4, 5, 5], customers.Select(customer => customer.FrequencyScore));
        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4, 5, 5], customers.Select(customer => customer.MonetaryScore));
        Assert.Equal([2m, 4m, 6m, 8m], scores.Result.Frequency.Edges);
        Assert.Equal([20m, 40m, 60m, 80m], scores.Result.Monetary.Edges);
        Assert.Equal([89m, 69m, 49m, 29m], scores.Result.Recency.Edges);
        Assert.Equal(new ScoreStep(2, 89, 11), customers[0].NextRecency);
        Assert.Equal(new ScoreStep(2, 3, 2), customers[0].NextFrequency);
        Assert.Equal(new ScoreStep(2, 20, 10), customers[0].NextMonetary);
        Assert.Null(customers[9].NextFrequency);
        Assert.Equal("Champions", customers[9].Segment);
        Assert.Equal("C9", customers[9].CustomerId);
    }

    [Fact]
    public async Task FixedEdges_AreWithinDays_AndAboveOrdersAndValue()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddSalesAsync(
            new Sale(1, Day.AddDays(-30), "a", 100), new Sale(2, Day.AddDays(-31), "b", 100.0001m),
            new Sale(3, Day.AddDays(-91), "c", 5), new Sale(3, Day.AddDays(-92), "d", 5));
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var options = Defaults with { Bins = 3, RecencyEdges = [90, 30], FrequencyEdges = [1, 10], MonetaryEdges = [50, 100] };

        await using var scores = await RfmAnalysis.ScoreAsync(connection, options, default);

        Assert.Equal(
            [(3, 1, 2), (2, 1, 3), (1, 2, 1)],
            (await scores.CustomersAsync().ToListAsync()).Select(one => (one.RecencyScore, one.FrequencyScore, one.MonetaryScore)));
        Assert.Equal([90m, 30m], scores.Result.Recency.Edges);
        Assert.Equal(new ScoreBin(2, 1, 31, 31), scores.Result.Recency.Bins[1]);
        Assert.Equal(
            [
                "The cells have no names: the customary segments are for 5 scores, and here are 3. Give a segment map with 'bins: 3'.",
                "No customer has the score 3 of frequency: no customer lies between those edges.",
            ],
            scores.Result.Notes);
    }

    [Fact]
    public async Task Weights_CombineTheScores()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddSalesAsync(new Sale(1, Day, "a", 5), new Sale(2, Day.AddDays(-1), "b", 7), new Sale(2, Day.AddDays(-1), "c", 7));
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var map = SegmentMap.Parse("bins: 2\nsegments: {Late: {cells: [1 1-2 1-2]}, Lately: {meaning: Bought lately., cells: [2 1-2 1-2]}}", "two.yaml");

        await using var scores = await RfmAnalysis.ScoreAsync(
            connection, Defaults with { Bins = 2, Weights = new RfmWeights(3, 1, 0), Segments = map }, default);

        Assert.Equal([1.75m, 1.25m], (await scores.CustomersAsync().ToListAsync()).Select(one => one.CombinedScore));
        Assert.Equal(
            [
                new RfmSegment("Late", null, new RfmSums(1, 14, 14, 1, 2), .5m, 14m / 19, 1.25m),
                new RfmSegment("Lately", "Bought lately.", new RfmSums(1, 5, 5, 0, 1), .5m, 5m / 19, 1.75m),
            ],
            scores.Result.Segments);
    }

    [Fact]
    public async Task OneCustomer_ScoresOne_AndIsToldThatItSaysNothing()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddSalesAsync(new Sale(1, Day, "a", 5));

        var result = await RunAsync(warehouse, Defaults);

        Assert.Equal((1, 1, 1), (result.Cells[0].Recency, result.Cells[0].Frequency, result.Cells[0].Monetary));
        Assert.Equal(["There is one customer: scores compare customers with each other, and say nothing here."], result.Notes);
    }

    [Fact]
    public async Task EqualCustomers_ScoreOne_AndAreToldThatItSaysNothing()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddSalesAsync(Enumerable.Range(0, 7).Select(customer => new Sale(customer, Day, $"{customer}", 5)));

        var result = await RunAsync(warehouse, Defaults);

        Assert.Equal(new RfmCell(1, 1, 1, "Lost", new RfmSums(7, 35, 35, 0, 7)), Assert.Single(result.Cells));
        Assert.Equal(
            ["recency", "frequency", "monetary value"],
            result.Notes.Select(note => note.Replace("All customers have the same ", "").Replace(": its score says nothing.", "")));
    }

    [Fact]
    public async Task NoCustomers_GiveEmptySegments_NotNumbersThatAreNone()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();

        var result = await RunAsync(warehouse, Defaults);

        Assert.Equal(11, result.Segments.Count);
        Assert.All(result.Segments, segment => Assert.Equal(
            new RfmSegment(segment.Name, segment.Meaning, new RfmSums(0, 0, 0, 0, 0), null, null, null), segment));
        Assert.Empty(result.Monetary.Edges);
        Assert.Equal(["There is no customer to look at: the warehouse holds no sales yet."], result.Notes);
    }

    [Fact]
    public async Task Definition_NamesTheOptions_ButNotTheDate()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        var later = new PopulationOptions(AsOf.EndOf(Day.AddDays(1), TimeZoneInfo.Utc));
        var definition = (await RunAsync(warehouse, Defaults)).Definition;

        Assert.Matches("^[0-9a-f]{64}$", definition);
        Assert.Equal(definition, (await RunAsync(warehouse, new RfmOptions(later))).Definition);
        Assert.Equal(definition, (await RunAsync(warehouse, Defaults with { Weights = new RfmWeights(1.0m, 1, 1) })).Definition);
        Assert.Distinct(
            [
                definition,
                (await RunAsync(warehouse, Defaults with { Bins = 4 })).Definition,
                (await RunAsync(warehouse, Defaults with { FrequencyEdges = [1, 2, 3, 4] })).Definition,
                (await RunAsync(warehouse, Defaults with { MonetaryEdges = [1, 2, 3, 4] })).Definition,
                (await RunAsync(warehouse, Defaults with { Weights = new RfmWeights(2, 1, 1) })).Definition,
                (await RunAsync(warehouse, Defaults with { Population = Defaults.Population with { Window = Window.OfDays(9) } })).Definition,
                (await RunAsync(warehouse, Defaults with { Population = Defaults.Population with { Returns = Counting.LeftOut } })).Definition,
                (await RunAsync(warehouse, Defaults with { Population = Defaults.Population with { Measure = ValueMeasure.Margin } })).Definition,
            ]);
    }

    [Fact]
    public async Task Words_SayThePopulationAndTheRule()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();

        Assert.Equal(
            "RFM of all sales up to 2024-06-30, as of 2024-06-30, as recorded before 2024-07-01 00:00:00 +00:00; value is revenue (net amount), returns taken off; "
            + "customers with at least one purchase, without the unknown customer and test customers. Recency is days since the last purchase, frequency is orders, monetary is value. "
            + "Scores run from 1 to 5 (best): recency by quantiles, frequency by quantiles, monetary value by quantiles; equal values have equal scores. "
            + "The combined score weighs them 1:1:1. Segments: the customary segment map.",
            (await RunAsync(warehouse, Defaults)).Words);
    }

    public static TheoryData<string, RfmOptions> Senseless() => new()
    {
        { "There can be 2 to 10 scores, not 1.", Defaults with { Bins = 1 } },
        { "There can be 2 to 10 scores, not 11.", Defaults with { Bins = 11 } },
        { "5 scores have 4 edges between them, and 1 of frequency were given.", Defaults with { FrequencyEdges = [1] } },
        { "The edges of recency must fall, each beyond the one before it.", Defaults with { RecencyEdges = [30, 90, 180, 365] } },
        { "The edges of monetary must rise, each beyond the one before it.", Defaults with { MonetaryEdges = [1, 1, 2, 3] } },
        { "Weights are zero or more, and at least one is more: not 0, 0, 0.", Defaults with { Weights = new RfmWeights(0, 0, 0) } },
        { "The segment map the customary segment map is for 5 scores, and 4 were asked for.", Defaults with { Bins = 4, Segments = SegmentMap.Customary } },
    };

    [Theory]
    [MemberData(nameof(Senseless))]
    public async Task SenselessOption_IsRefused_InWords(string message, RfmOptions options)
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await using var connection = await warehouse.Database.ConnectAsync(default);

        Assert.Equal(message, (await Assert.ThrowsAsync<WrongCommandException>(() => RfmAnalysis.RunAsync(connection, options, default))).Message);
    }

    [Fact]
    public async Task Generation_IsTheOneThatTheSalesCameFrom_AndNothingStaysOnTheConnection()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.Database.PublishAsync("test", (_, _) => Task.FromResult(true), default);
        await using var connection = await warehouse.Database.ConnectAsync(default);

        Assert.Equal(1, (await RfmAnalysis.RunAsync(connection, Defaults, default)).Generation);
        Assert.Empty(await connection.TemporaryTablesAsync());
    }

    /// <summary>NTILE cuts through customers of equal frequency; which side of the cut a customer falls on depends on the order of rows.</summary>
    [SkippableFact]
    public async Task OnlineRetail_NtilePuts69_3PercentOfCustomersInFrequenciesThatItCutsThrough_AndScoresNone()
    {
        await using var warehouse = await PublishedSales.OnlineRetailAsync();
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var options = new RfmOptions(new PopulationOptions(AsOf.EndOf(new DateOnly(2011, 12, 9), TimeZoneInfo.Utc)));
        await using var scores = await RfmAnalysis.ScoreAsync(connection, options, default);

        Assert.Equal(4339, scores.Result.Population.Customers);
        Assert.Equal(.693, await CutThroughAsync("ntile(5) OVER (ORDER BY frequency)"), 3);
        Assert.Equal(0, await CutThroughAsync("frequency_score"));

        Task<double> CutThroughAsync(string score) => connection.ScalarAsync<double>(
            $"""
            SELECT coalesce(sum(customers) FILTER (scores > 1), 0) / sum(customers)
            FROM (
                SELECT count(*) AS customers, count(DISTINCT score) AS scores
                FROM (SELECT frequency, {score} AS score FROM temp.rfm_score)
                GROUP BY frequency
            )
            """,
            default);
    }

    private static async Task<RfmResult> RunAsync(FreshWarehouse warehouse, RfmOptions options)
    {
        await using var connection = await warehouse.Database.ConnectAsync(default);
        return await RfmAnalysis.RunAsync(connection, options, default);
    }
}
