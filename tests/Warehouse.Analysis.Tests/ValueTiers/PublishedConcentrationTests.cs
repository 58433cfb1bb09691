using Warehouse.Analysis.Populations;
using Warehouse.Analysis.ValueTiers;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests.ValueTiers;

public sealed class PublishedConcentrationTests
{
    private static readonly DateOnly End = new(2012, 1, 1);

    /// <summary>
    /// Customers whose purchases and returns cancel to the penny. Added up in binary floating point, in the order of the
    /// file, a rest of some 10^-14 remains of them, and the published figures count them as customers above zero.
    /// </summary>
    private static readonly int[] CancelledToThePenny = [12558, 12607, 13364, 13762, 18274];

    [SkippableFact]
    public async Task OnlineRetail_NetAboveZeroInFloatingPoint_BestFifthHolds_7349_Gini_70317_And27_26PercentMake80()
    {
        await using var warehouse = await PublishedSales.OnlineRetailAsync();
        await warehouse.RunAsync(
            """
            DELETE FROM star.fact_sale WHERE customer_key IN (
                SELECT customer_key FROM star.fact_sale GROUP BY customer_key
                HAVING sum(net_amount) <= 0 AND NOT list_contains($published, customer_key))
            """,
            ("published", CancelledToThePenny));

        var found = await RunAsync(warehouse, Counting.Counted, zeroSpenders: Counting.Counted);

        Assert.Equal(4322, found.Population.Customers);
        AssertPublished(.7349m, .70317, .2726m, found);
    }

    [SkippableFact]
    public async Task OnlineRetail_NetAboveZeroToThePenny_Are4317Customers_AndTheBestFifthHolds_7346()
    {
        await using var warehouse = await PublishedSales.OnlineRetailAsync();

        var found = await RunAsync(warehouse, Counting.Counted);

        Assert.Equal(4317, found.Population.Customers);
        Assert.Equal(
            [("customers with returns alone, and no purchase in the window", 33), ("customers whose value is zero or less", 22)],
            found.Population.LeftOut.Select(part => (part.Reason, part.Customers)));
        Assert.Equal(1178, found.Concentration!.MakingMost);
        AssertPublished(.7346m, .70283, .2729m, found);
    }

    [SkippableFact]
    public async Task OnlineRetail_Gross_BestFifthHolds_7462_Gini_71514_And26_12PercentMake80()
    {
        await using var warehouse = await PublishedSales.OnlineRetailAsync();

        AssertPublished(.7462m, .71514, .2612m, await RunAsync(warehouse, Counting.LeftOut));
    }

    [SkippableFact]
    public async Task Cdnow_SpendAboveZero_BestFifthHolds_6771_Gini_63351_And32_74PercentMake80()
    {
        await using var warehouse = await PublishedSales.CdnowAsync();

        AssertPublished(.6771m, .63351, .3274m, await RunAsync(warehouse, Counting.Counted));
    }

    private static async Task<TierResult> RunAsync(
        FreshWarehouse warehouse, Counting returns, Counting zeroSpenders = Counting.LeftOut)
    {
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var population = new PopulationOptions(AsOf.EndOf(End, TimeZoneInfo.Utc)) { Returns = returns };
        return await TierAnalysis.RunAsync(connection, new TierOptions(population) { ZeroSpenders = zeroSpenders }, default);
    }

    private static void AssertPublished(decimal bestFifth, double gini, decimal makingMost, TierResult found)
    {
        var concentration = Assert.IsType<Concentration>(found.Concentration);
        Assert.Equal(bestFifth, concentration.BestFifthShare, 4);
        Assert.Equal(gini, concentration.Gini, 5);
        Assert.Equal(makingMost, concentration.MakingMostShare, 4);
    }
}
