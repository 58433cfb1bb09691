using Warehouse.Analysis.Populations;
using Warehouse.Analysis.Rfm;
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
}
