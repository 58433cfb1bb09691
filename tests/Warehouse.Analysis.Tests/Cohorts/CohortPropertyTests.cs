using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Cohorts;
using Warehouse.Analysis.Populations;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests.Cohorts;

public sealed class CohortPropertyTests
{
    [Fact]
    public Task Cells_AreThoseOfTheLinesOneByOne() => SalesCase.ForAllAsync(async (warehouse, test) =>
    {
        var asOf = test.Population.AsOf;
        var known = test.Sales.Where(sale =>
            sale.CustomerKey is not (-1 or SalesCase.TestCustomer) && sale.Date <= asOf.Date
            && (sale.KnownAt ?? DateTimeOffset.MinValue) < asOf.KnownBefore).ToList();
        var first = known.Where(sale => !sale.IsReturn).GroupBy(sale => sale.CustomerKey)
            .ToDictionary(customer => customer.Key, customer => Monday(customer.Min(sale => sale.Date)));
        var lastOver = Monday(asOf.Date.AddDays(1)).AddDays(-7);
        var expected =
            from cohort in first.GroupBy(customer => customer.Value)
            where cohort.Key <= lastOver
            from age in Enumerable.Range(0, ((lastOver.DayNumber - cohort.Key.DayNumber) / 7) + 1)
            let members = cohort.Select(customer => customer.Key).ToHashSet()
            let until = known.Where(sale => members.Contains(sale.CustomerKey) && Age(cohort.Key, sale.Date) <= age).ToList()
            let now = until.Where(sale => Age(cohort.Key, sale.Date) == age).ToList()
            orderby cohort.Key, age
            select (
                Cohort: cohort.Key.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                Age: age,
                Customers: (long)members.Count,
                Active: (long)now.Where(sale => !sale.IsReturn).Select(sale => sale.CustomerKey).Distinct().Count(),
                Revenue: now.Sum(sale => sale.NetAmount),
                RevenueUntil: until.Where(sale => Age(cohort.Key, sale.Date) >= 0).Sum(sale => sale.NetAmount));

        var result = await CohortsAsync(warehouse, asOf, new CohortOptions { Period = CohortPeriod.Week });

        Assert.Equal(
            expected, result.Cells.Select(cell => (cell.Cohort, cell.Age, cell.Customers, cell.Active, cell.Revenue, cell.RevenueUntil)));
    });

    [Fact]
    public Task CohortsByAttribute_AddUpToThoseByFirstPurchase() => SalesCase.ForAllAsync(async (warehouse, test) =>
    {
        var byPeriod = await CohortsAsync(warehouse, test.Population.AsOf, new CohortOptions { Period = CohortPeriod.Week });
        var byCountry = await CohortsAsync(warehouse, test.Population.AsOf, new CohortOptions { Period = CohortPeriod.Week, By = "country" });

        Assert.Equal(Sums(byPeriod), Sums(byCountry));
        Assert.All(byPeriod.Cells.Concat(byCountry.Cells), cell => Assert.True(cell.Active <= cell.Customers && cell.Repeaters <= cell.Customers, $"{cell}"));

        static IEnumerable<(int, long, long, long, decimal)> Sums(CohortResult result) =>
            result.Cells.GroupBy(cell => cell.Age).OrderBy(age => age.Key).Select(age => (
                age.Key, age.Sum(cell => cell.Customers), age.Sum(cell => cell.Active), age.Sum(cell => cell.Repeaters), age.Sum(cell => cell.RevenueUntil)));
    });

    [Fact]
    public async Task AgeThatIsNotOver_IsNotShown_AndNobodyInItAsLost()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddSalesAsync(
            new Sale(1, new DateOnly(2024, 1, 10), "A", 10),
            new Sale(1, new DateOnly(2024, 2, 20), "B", 20),
            new Sale(2, new DateOnly(2024, 1, 20), "C", 30),
            new Sale(3, new DateOnly(2024, 2, 5), "D", 40));

        var onTheDayBefore = await CohortsAsync(warehouse, AsOf.EndOf(new DateOnly(2024, 2, 28), TimeZoneInfo.Utc), new CohortOptions());
        var onTheLastDay = await CohortsAsync(warehouse, AsOf.EndOf(new DateOnly(2024, 2, 29), TimeZoneInfo.Utc), new CohortOptions());

        Assert.Equal([("2024-01-01", 0, 1m)], onTheDayBefore.Cells.Select(cell => (cell.Cohort, cell.Age, cell.Retention)));
        Assert.Equal(
            [("2024-01-01", 0, 1m, 0m), ("2024-01-01", 1, .5m, .5m), ("2024-02-01", 0, 1m, 0m)],
            onTheLastDay.Cells.Select(cell => (cell.Cohort, cell.Age, cell.Retention, cell.RepeatRate)));
        Assert.Equal(30, onTheLastDay.Cells[1].ValueEach);
    }

    [Fact]
    public async Task CustomersOfACohort_AreThoseOfItsCells()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddCustomersAsync(1, 2, 3);
        await warehouse.AddSalesAsync(
            new Sale(1, new DateOnly(2024, 1, 10), "A", 10),
            new Sale(1, new DateOnly(2024, 2, 20), "B", 20),
            new Sale(2, new DateOnly(2024, 1, 20), "C", 30),
            new Sale(2, new DateOnly(2024, 2, 1), "R", -5, IsReturn: true),
            new Sale(3, new DateOnly(2024, 2, 5), "D", 40),
            new Sale(3, new DateOnly(2024, 3, 5), "E", 7));
        await using var connection = await warehouse.Database.ConnectAsync(default);
        await using var activity = await CustomerActivity.GatherAsync(connection, AsOf.EndOf(new DateOnly(2024, 3, 10), TimeZoneInfo.Utc), default);

        async Task<IEnumerable<(string, long, decimal)>> OfAsync(string cohort, int? age) =>
            (await CohortAnalysis.CustomersAsync(activity, new CohortOptions(), cohort, age, default)).Select(one => (one.CustomerId, one.Orders, one.Revenue));

        Assert.Equal([("C1", 2L, 30m), ("C2", 1L, 25m)], await OfAsync("2024-01-01", null));
        Assert.Equal([("C1", 1L, 20m)], await OfAsync("2024-01-01", 1));
        Assert.Equal([("C3", 1L, 40m)], await OfAsync("2024-02-01", 0));
        Assert.Empty(await OfAsync("2024-02-01", 1));
        Assert.Empty(await OfAsync("2023-01-01", null));
    }

    [Fact]
    public async Task NoSales_AreSaidInWords()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();

        var result = await CohortsAsync(warehouse, AsOf.EndOf(new DateOnly(2024, 2, 28), TimeZoneInfo.Utc), new CohortOptions());

        Assert.Contains("no cohort", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    private static async Task<CohortResult> CohortsAsync(FreshWarehouse warehouse, AsOf asOf, CohortOptions options)
    {
        await using var connection = await warehouse.Database.ConnectAsync(default);
        await using var activity = await CustomerActivity.GatherAsync(connection, asOf, default);
        return await CohortAnalysis.RunAsync(activity, options, default);
    }

    private static DateOnly Monday(DateOnly date) => date.AddDays(-(((int)date.DayOfWeek + 6) % 7));

    private static int Age(DateOnly first, DateOnly date) => (Monday(date).DayNumber - first.DayNumber) / 7;
}
