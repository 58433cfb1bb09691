using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Lifetimes;
using Warehouse.Analysis.Populations;
using Warehouse.Definitions;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests.Lifetimes;

public sealed class LifetimeAnalysisTests
{
    private static readonly DateOnly Day = new(2024, 3, 15);

    [Fact]
    public Task AnySales_GiveFiniteNumbersOrWords() => SalesCase.ForAllAsync(async (warehouse, test) =>
    {
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var asOf = test.Population.AsOf;
        await using var activity = await CustomerActivity.GatherAsync(connection, asOf, default);

        await using var lifetimes = await LifetimeAnalysis.RunAsync(activity, new LifetimeOptions(asOf), default);

        var buyers = test.Sales.Where(sale =>
                !sale.IsReturn && sale.CustomerKey is not (-1 or SalesCase.TestCustomer) && sale.Date <= asOf.Date
                && (sale.KnownAt ?? DateTimeOffset.MinValue) < asOf.KnownBefore)
            .Select(sale => sale.CustomerKey).Distinct();
        Assert.Equal(buyers.Count(), lifetimes.Result.Customers);
        Assert.All(lifetimes.Customers(), one => Assert.True(
            double.IsFinite(one.Purchases.Expected) && double.IsFinite(one.Value?.Expected ?? 0) && one.AgeWeeks >= one.RecencyWeeks, $"{one}"));
        if (lifetimes.Result.Purchases is { Converged: false } fit)
        {
            Assert.Contains(lifetimes.Result.Notes, note => note.Contains(fit.Outcome.Message, StringComparison.Ordinal));
        }
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task NobodyOrOne_IsSaidInWords(int customers)
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddSalesAsync(Enumerable.Range(0, customers).Select(customer => new Sale(customer, Day, "A", 10)));
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var asOf = AsOf.EndOf(Day.AddDays(100), TimeZoneInfo.Utc);
        await using var activity = await CustomerActivity.GatherAsync(connection, asOf, default);

        await using var lifetimes = await LifetimeAnalysis.RunAsync(activity, new LifetimeOptions(asOf), default);

        Assert.Empty(lifetimes.Customers());
        Assert.Null(lifetimes.Result.Value);
        Assert.Contains(lifetimes.Result.Notes, note => note.Contains(customers == 0 ? "no customers" : "one customer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OrdersOfOneInstant_AreOnePurchase()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddSalesAsync(
            new Sale(1, Day, "a", 10),
            new Sale(1, Day, "b", 30),
            new Sale(1, Day.AddDays(7), "c", 5),
            new Sale(1, Day.AddDays(7), "d", 6),
            new Sale(1, Day.AddDays(14), "e", 9));
        await using var connection = await warehouse.Database.ConnectAsync(default);
        await using var activity = await CustomerActivity.GatherAsync(connection, AsOf.EndOf(Day.AddDays(20), TimeZoneInfo.Utc), default);

        var histories = await CustomerHistories.ReadAsync(activity, default);

        Assert.Equal((2, 2), (histories.Purchases[0].Frequency, histories.Purchases[0].Recency));
        Assert.Equal(10, histories.Spend[0].MeanSpend);
    }

    [Theory]
    [InlineData(0, .1, 1)]
    [InlineData(52, 0, 1)]
    [InlineData(52, double.NaN, 1)]
    [InlineData(52, .1, 1.5)]
    public async Task OptionThatMakesNoSense_IsAWrongCommand(int horizon, double discount, double margin)
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var asOf = AsOf.EndOf(Day, TimeZoneInfo.Utc);
        await using var activity = await CustomerActivity.GatherAsync(connection, asOf, default);

        await Assert.ThrowsAsync<WrongCommandException>(() => LifetimeAnalysis.RunAsync(
            activity, new LifetimeOptions(asOf) { HorizonWeeks = horizon, AnnualDiscountRate = discount, Margin = margin }, default));
    }
}
