using Warehouse.Analysis.Populations;
using Warehouse.Analysis.Rfm;
using Warehouse.Analysis.ValueTiers;
using Warehouse.Definitions;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests.ValueTiers;

public sealed class TierAnalysisTests
{
    private static readonly DateOnly Day = new(2024, 6, 30);
    private static readonly TierOptions Defaults = new(new PopulationOptions(AsOf.EndOf(Day, TimeZoneInfo.Utc)));

    [Fact]
    public async Task TenCustomers_OfWhomTwoMake80Percent_AreCutThere()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await AddValuesAsync(warehouse, [500, 300, 60, 50, 40, 20, 10, 10, 5, 5]);

        var result = await RunAsync(warehouse, Defaults);

        Assert.Equal(
            [
                new Tier("A", 2, .2m, 800, .8m, 800, 300, 500, 400),
                new Tier("B", 3, .3m, 150, .15m, 150, 40, 60, 50),
                new Tier("C", 5, .5m, 50, .05m, 50, 5, 20, 10),
            ],
            result.Tiers);
        var spread = Assert.IsType<Concentration>(result.Concentration);
        Assert.Equal((2, .8m, 2, .2m), (spread.BestFifth, spread.BestFifthShare, spread.MakingMost, spread.MakingMostShare));
        Assert.Equal((4m, 16m), (spread.BestToAverage, spread.BestToRest));
        Assert.Empty(result.Notes);
        Assert.Equal(
            "Value tiers of all sales up to 2024-06-30, as of 2024-06-30, as recorded before 2024-07-01 00:00:00 +00:00; value is revenue (net amount), returns taken off; "
            + "customers with at least one purchase, without the unknown customer and test customers, and with a value above zero. "
            + "Tiers: A up to 80 %, B up to 95 %, C up to 100 % of the value; equal values share a tier.",
            result.Words);
    }

    [Fact]
    public void CustomaryRatios_AreThoseOfTheTrades() => Assert.Equal(
        [new("hotels", 5), new("airlines", 12), new("restaurants", 13), new("retail", 16)], Concentration.Customary);

    [Fact]
    public async Task NoCustomers_GiveNoTiers_AndSayWhy()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();

        AssertNothing("There is no customer to look at: the warehouse holds no sales yet.", await RunAsync(warehouse, Defaults));
    }

    [Fact]
    public async Task ValuesOfZeroOrLess_GiveNoTiers_AndSayWhy()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await AddValuesAsync(warehouse, [0]);
        await warehouse.AddSalesAsync(new Sale(1, Day, "b", 5), new Sale(1, Day, "b", -25, IsReturn: true));

        var without = await RunAsync(warehouse, Defaults);
        AssertNothing("There is no tier: no customer has a value above zero.", without);
        Assert.Equal([new LeftOut("customers whose value is zero or less", 2, -20)], without.Population.LeftOut);
        AssertNothing(
            "There is no tier: the customers' value adds up to -20.00, and shares of it mean nothing.",
            await RunAsync(warehouse, Defaults with { ZeroSpenders = Counting.Counted }));
    }

    [Fact]
    public async Task OneCustomer_IsTheBest_AndIsToldThatItSaysNothing()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await AddValuesAsync(warehouse, [7]);

        var result = await RunAsync(warehouse, Defaults);

        Assert.Equal([1, 0, 0], result.Tiers.Select(tier => (int)tier.Customers));
        Assert.Equal((1, 1m, 0d, 1m, null), (result.Concentration!.BestFifth, result.Concentration.BestFifthShare, result.Concentration.Gini, result.Concentration.BestToAverage, result.Concentration.BestToRest));
        Assert.Equal(["There is one customer: he is the best and the rest, and the spread says nothing."], result.Notes);
    }

    [Fact]
    public async Task EqualCustomers_ShareTheBestTier_AndHaveNoGini()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await AddValuesAsync(warehouse, [3, 3, 3, 3]);

        var result = await RunAsync(warehouse, Defaults);

        Assert.Equal([4, 0, 0], result.Tiers.Select(tier => (int)tier.Customers));
        Assert.Equal((0d, 1m, 1m), (result.Concentration!.Gini, result.Concentration.BestToAverage, result.Concentration.BestToRest));
        Assert.Equal(["All customers have the same value: equal values share a tier, so that all are in the best."], result.Notes);
    }

    [Fact]
    public async Task NegativeSpenders_Counted_AreTold()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await AddValuesAsync(warehouse, [100, 50]);
        await warehouse.AddSalesAsync(new Sale(9, Day, "b", 5), new Sale(9, Day, "b", -25, IsReturn: true));

        var result = await RunAsync(warehouse, Defaults with { ZeroSpenders = Counting.Counted });

        Assert.Equal(["A", "A", "C"], result.Tiers.SelectMany(tier => Enumerable.Repeat(tier.Name, (int)tier.Customers)));
        Assert.Equal(
            ["1 customers have a value of zero or less, together -20.00: shares can exceed 1, and so can Gini's coefficient."], result.Notes);
    }

    [Fact]
    public async Task RfmAndTiers_CanShareOneGatheringOfSales()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await AddValuesAsync(warehouse, [9, 8, 7]);
        await using var connection = await warehouse.Database.ConnectAsync(default);

        await using (var sales = await CustomerSales.GatherAsync(connection, Defaults.Population, default))
        await using (var scores = await RfmScores.ComputeAsync(sales, new RfmOptions(Defaults.Population), default))
        await using (var tiers = await CustomerTiers.ComputeAsync(sales, Defaults, default))
        {
            Assert.Equal(3, scores.Result.Population.Customers);
            Assert.Equal([0, 1, 2], (await tiers.CustomersAsync().ToListAsync()).Select(one => one.CustomerKey));
            await Assert.ThrowsAsync<ArgumentException>(() => CustomerTiers.ComputeAsync(
                sales, new TierOptions(Defaults.Population with { Measure = ValueMeasure.Margin }), default));
        }

        Assert.Empty(await connection.TemporaryTablesAsync());
    }

    [Fact]
    public async Task LeavingTheBestTier_CostsWhatTheyNoLongerSpend()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddCustomersAsync(Enumerable.Range(0, 4));
        await warehouse.AddSalesAsync(
            new Sale(0, Day.AddMonths(-13), "a", 500), new Sale(0, Day.AddMonths(-1), "b", 20),
            new Sale(1, Day.AddMonths(-13), "c", 400),
            new Sale(2, Day.AddMonths(-13), "d", 60), new Sale(2, Day.AddMonths(-1), "e", 600),
            new Sale(3, Day.AddMonths(-1), "f", 30));
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var options = Defaults with { Population = Defaults.Population with { Window = Window.OfMonths(12) } };

        var found = await TierComparison.RunAsync(connection, options, AsOf.EndOf(Day.AddMonths(-12), TimeZoneInfo.Utc), 10, default);

        Assert.Equal(
            [
                new TierMove("A", "C", 1, 500, 20),
                new TierMove("A", null, 1, 400, 0),
                new TierMove("B", "A", 1, 60, 600),
                new TierMove(null, "B", 1, 0, 30),
            ],
            found.Moves);
        Assert.Equal((0m, 2, 880m), (found.StayedShare, found.Left, found.Cost));
        Assert.Equal([new TierLeaver(0, "C0", 500, 20, "C"), new TierLeaver(1, "C1", 400, 0, null)], found.Leavers);
        Assert.Empty(found.Notes);
        Assert.Empty(await connection.TemporaryTablesAsync());
    }

    [Fact]
    public async Task Comparison_OfAnOpenWindowOrNoTiers_IsTold_AndOfALaterDateRefused()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await AddValuesAsync(warehouse, [9]);
        await using var connection = await warehouse.Database.ConnectAsync(default);

        var found = await TierComparison.RunAsync(connection, Defaults, AsOf.EndOf(Day.AddDays(-1), TimeZoneInfo.Utc), 10, default);

        Assert.Null(found.StayedShare);
        Assert.Equal(new TierMove(null, "A", 1, 0, 9), Assert.Single(found.Moves));
        Assert.Equal(2, found.Notes.Count);
        Assert.StartsWith("The window has the same beginning at both dates", found.Notes[0]);
        Assert.StartsWith("There are no tiers as of 2024-06-29 to compare. There is no customer to look at:", found.Notes[1]);
        var fault = await Assert.ThrowsAsync<WrongCommandException>(
            () => TierComparison.RunAsync(connection, Defaults, AsOf.EndOf(Day, TimeZoneInfo.Utc), 10, default));
        Assert.Equal("The date to compare with is earlier than 2024-06-30: not 2024-06-30.", fault.Message);
    }

    private static Task AddValuesAsync(FreshWarehouse warehouse, params decimal[] values) =>
        warehouse.AddSalesAsync(values.Select((value, customer) => new Sale(customer, Day, $"{customer}", value)));

    private static void AssertNothing(string why, TierResult result)
    {
        Assert.Null(result.Concentration);
        Assert.Empty(result.Tiers);
        Assert.Equal([why], result.Notes);
    }

    private static async Task<TierResult> RunAsync(FreshWarehouse warehouse, TierOptions options)
    {
        await using var connection = await warehouse.Database.ConnectAsync(default);
        return await TierAnalysis.RunAsync(connection, options, default);
    }
}
