using Warehouse.Analysis.Populations;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests.Populations;

public sealed class CustomerSalesTests
{
    private static readonly DateOnly Day = new(2024, 6, 30);
    private static readonly DateTimeOffset End = new(2024, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly PopulationOptions Options = new(AsOf.EndOf(Day, TimeZoneInfo.Utc));

    [Fact]
    public async Task AsOfDate_IsInclusive_AndItsEndExclusive()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddSalesAsync(
            new Sale(1, Day, "on the date, known at its last microsecond", 1, KnownAt: End.AddMicroseconds(-1)),
            new Sale(2, Day, "on the date, known at its end", 2, KnownAt: End),
            new Sale(3, Day.AddDays(1), "dated after, known before", 4, KnownAt: End.AddDays(-1)));

        Assert.Equal(1m, (await GatherAsync(warehouse, Options)).Revenue);
        Assert.Equal(3m, (await GatherAsync(warehouse, new PopulationOptions(AsOf.EndOfWithHindsight(Day, TimeZoneInfo.Utc)))).Revenue);
    }

    [Fact]
    public async Task WhatDoesNotCount_IsListed_AndAddsUpToAllSales()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddCustomersAsync(1, 2);
        await warehouse.AddTestCustomersAsync(End.AddDays(-1), 3);
        await warehouse.AddTestCustomersAsync(End, 4);
        await warehouse.AddSalesAsync(
            new Sale(1, Day, "a", 100), new Sale(1, Day, "b", -30, IsReturn: true),
            new Sale(2, Day, "c", -5, IsReturn: true),
            new Sale(3, Day, "d", 1000),
            new Sale(4, Day, "e", 7),
            new Sale(-1, Day, "f", 40), new Sale(-1, Day, "g", -1, IsReturn: true));

        var counted = await GatherAsync(warehouse, Options);

        Assert.Equal((2, 77m), (counted.Customers, counted.Revenue));
        Assert.Equal(
            [
                new LeftOut("customers with returns alone, and no purchase in the window", 1, -5),
                new LeftOut("test customers", 1, 1000),
                new LeftOut("sales to unknown customers", 1, 39),
            ],
            counted.LeftOut);

        var gross = await GatherAsync(warehouse, Options with { Returns = Counting.LeftOut });

        Assert.Equal((2, 107m), (gross.Customers, gross.Revenue));
        Assert.Equal(
            [new LeftOut("test customers", 1, 1000), new LeftOut("sales to unknown customers", 1, 40), new LeftOut("3 returned lines", null, -36)],
            gross.LeftOut);
    }

    [Fact]
    public async Task CustomerWhoIsNoTestCustomerAnyMore_Counts()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddTestCustomersAsync(End.AddYears(-1), 1);
        await warehouse.RunAsync(
            """
            INSERT INTO star.dim_customer
            SELECT * REPLACE (9 AS customer_version_key, false AS is_test, TIMESTAMPTZ '2024-06-01 00:00:00+00' AS valid_from, TIMESTAMPTZ '2024-06-01 00:00:00+00' AS known_at)
            FROM star.dim_customer WHERE customer_key = 1
            """);
        await warehouse.AddSalesAsync(new Sale(1, new DateOnly(2024, 5, 1), "a", 10));

        Assert.Equal(0, (await GatherAsync(warehouse, new PopulationOptions(AsOf.EndOf(new DateOnly(2024, 5, 31), TimeZoneInfo.Utc)))).Customers);
        Assert.Equal(1, (await GatherAsync(warehouse, Options)).Customers);
    }

    [Fact]
    public async Task Margin_IsNetLessCost_AndLinesWithoutCostAreTold()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddSalesAsync(
            new Sale(1, Day, "a", 100, 60), new Sale(1, Day, "a", 50), new Sale(1, Day, "b", -10, -6, IsReturn: true), new Sale(2, Day, "c", 9));
        await using var connection = await warehouse.Database.ConnectAsync(default);

        await using var sales = await CustomerSales.GatherAsync(connection, Options with { Measure = ValueMeasure.Margin }, default);

        Assert.Equal((2, 149m, 36m), (sales.Population.Customers, sales.Population.Revenue, sales.Population.Value));
        Assert.Equal(["The cost of 2 lines with a revenue of 59.00 is not known: they have no part in the margin."], sales.Notes);
    }

    [Fact]
    public async Task EmptyPopulation_SaysWhy()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        Assert.Equal("There is no customer to look at: the warehouse holds no sales yet.", await WhyAsync(warehouse, Options));

        await warehouse.AddSalesAsync(
            new Sale(-1, Day.AddDays(-5), "a", 5),
            new Sale(1, Day.AddDays(-4), "b", -5, IsReturn: true),
            new Sale(1, Day.AddDays(3), "c", 5, KnownAt: End.AddYears(1)));

        Assert.Equal(
            "There is no customer to look at: the window (all sales up to 2020-01-01) holds none of the sales, which are of 2024-06-25 to 2024-07-03.",
            await WhyAsync(warehouse, new PopulationOptions(AsOf.EndOf(new DateOnly(2020, 1, 1), TimeZoneInfo.Utc))));
        Assert.Equal(
            "There is no customer to look at: of the 1 sale lines of the window (sales from 2024-07-01 to 2024-07-10), none was recorded by 2024-07-10. Ask with hindsight to use them.",
            await WhyAsync(warehouse, new PopulationOptions(AsOf.EndOf(Day.AddDays(10), TimeZoneInfo.Utc)) { Window = Window.OfDays(10) }));
        Assert.Equal(
            "There is no customer to look at: what the window (all sales up to 2024-06-30) holds is left out "
            + "(customers with returns alone, and no purchase in the window, sales to unknown customers).",
            await WhyAsync(warehouse, Options));
        Assert.Equal(
            "There is no customer to look at: the window (sales from 9999-12-30 to 9999-12-31) holds none of the sales, which are of 2024-06-25 to 2024-07-03.",
            await WhyAsync(warehouse, new PopulationOptions(AsOf.EndOf(DateOnly.MaxValue, TimeZoneInfo.Utc)) { Window = Window.OfDays(2) }));
    }

    [Fact]
    public async Task AsOfDateLongAfterTheLastPurchase_IsTold()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddSalesAsync(new Sale(1, Day.AddDays(-31), "a", 5));
        await using var connection = await warehouse.Database.ConnectAsync(default);
        await using (var sales = await CustomerSales.GatherAsync(connection, Options, default))
        {
            Assert.Empty(sales.Notes);
        }

        var future = new PopulationOptions(AsOf.EndOf(new DateOnly(2099, 1, 1), TimeZoneInfo.Utc));
        await using var later = await CustomerSales.GatherAsync(connection, future, default);

        Assert.Equal(
            ["The last purchase is of 2024-05-30, 27,244 days before the as-of date: later sales may not be loaded, or the date may be wrong."],
            later.Notes);
    }

    [Fact]
    public async Task Disposed_LeavesNothingOnTheConnection()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await using var connection = await warehouse.Database.ConnectAsync(default);

        await (await CustomerSales.GatherAsync(connection, Options, default)).DisposeAsync();

        Assert.Empty(await connection.TemporaryTablesAsync());
    }

    private static async Task<string> WhyAsync(FreshWarehouse warehouse, PopulationOptions options)
    {
        await using var connection = await warehouse.Database.ConnectAsync(default);
        await using var sales = await CustomerSales.GatherAsync(connection, options, default);
        Assert.Equal(0, sales.Population.Customers);
        return Assert.Single(sales.Notes);
    }

    private static async Task<Population> GatherAsync(FreshWarehouse warehouse, PopulationOptions options)
    {
        await using var connection = await warehouse.Database.ConnectAsync(default);
        await using var sales = await CustomerSales.GatherAsync(connection, options, default);
        return sales.Population;
    }
}
