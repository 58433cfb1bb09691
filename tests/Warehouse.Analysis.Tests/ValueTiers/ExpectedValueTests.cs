using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Lifetimes;
using Warehouse.Analysis.Populations;
using Warehouse.Analysis.Rfm;
using Warehouse.Analysis.ValueTiers;
using Warehouse.Definitions;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests.ValueTiers;

public sealed class ExpectedValueTests
{
    private static readonly PopulationOptions Expected = new(AsOf.EndOf(new DateOnly(1998, 6, 30), TimeZoneInfo.Utc)) { Measure = ValueMeasure.Expected };

    [SkippableFact]
    public async Task Cdnow_TiersByWhatIsExpected_AddUpToTheLifetimeModels()
    {
        await using var warehouse = await PublishedSales.CdnowSampleAsync();
        await using var connection = await warehouse.Database.ConnectAsync(default);

        await using var tiers = await TierAnalysis.AssignAsync(connection, new TierOptions(Expected), default);
        var customers = await tiers.CustomersAsync().ToListAsync();

        await using var activity = await CustomerActivity.GatherAsync(connection, Expected.AsOf, default);
        await using var lifetimes = await LifetimeAnalysis.RunAsync(activity, new LifetimeOptions(Expected.AsOf), default);
        var values = lifetimes.Customers().ToDictionary(customer => customer.CustomerKey, customer => customer.Value!.Expected);
        Assert.Equal(lifetimes.Result.Value!.Value, (double)tiers.Result.Tiers.Sum(tier => tier.Value), 1);
        Assert.All(customers, customer => Assert.InRange((double)customer.Value - values[customer.CustomerKey], -.0001, .0001));
        Assert.True(customers.Where(customer => customer.Tier == "A").Min(customer => customer.Value) > customers.Where(customer => customer.Tier == "B").Max(customer => customer.Value));
        Assert.Contains("lifetime models", tiers.Result.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingToExpect_GivesNoTiers_AndSaysWhy()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddCustomersAsync(1);
        await warehouse.AddSalesAsync(new Sale(1, new DateOnly(1998, 6, 1), "1", 10));
        await using var connection = await warehouse.Database.ConnectAsync(default);

        var result = await TierAnalysis.RunAsync(connection, new TierOptions(Expected), default);

        Assert.Empty(result.Tiers);
        Assert.Contains(result.Notes, note => note.Contains("Nothing can be expected", StringComparison.Ordinal));
        Assert.Empty(await connection.TemporaryTablesAsync());
    }

    [Fact]
    public async Task Rfm_DoesNotScoreWhatIsExpected()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await using var connection = await warehouse.Database.ConnectAsync(default);

        await Assert.ThrowsAsync<WrongCommandException>(() => RfmAnalysis.RunAsync(connection, new RfmOptions(Expected), default));
    }
}
