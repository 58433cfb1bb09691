using System.Data.Common;
using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Baskets;
using Warehouse.Analysis.Customers;
using Warehouse.Analysis.Lifecycle;
using Warehouse.Analysis.Populations;
using Warehouse.Analysis.Tests.Baskets;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests.Customers;

public sealed class CustomerViewTests
{
    private const int Collector = 20;
    private const int Test = 21;
    private const int NeverBought = 22;

    /// <summary>What is read for one customer alone is what the analyses of all say of him, on any date, whoever was looked at before.</summary>
    [Fact]
    public async Task View_SaysOfEveryCustomerOnEveryDate_WhatTheAnalysesOfAllSay()
    {
        await using var warehouse = await ShopAsync();
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var kept = new KeptPopulation();
        var last = ShopOfItems.Date.Date;
        foreach (var asOf in new[]
        {
            AsOf.EndOf(last.AddDays(-400), TimeZoneInfo.Utc),
            AsOf.EndOf(last.AddDays(-100), TimeZoneInfo.Utc),
            AsOf.EndOfWithHindsight(last.AddDays(-100), TimeZoneInfo.Utc),
            AsOf.EndOf(last, TimeZoneInfo.Utc),
        })
        {
            var stages = await StagesAsync(connection, asOf);
            foreach (var customer in Enumerable.Range(0, NeverBought + 1))
            {
                var id = FormattableString.Invariant($"C{customer}");
                var expected = stages.GetValueOrDefault(customer);
                var wanted = await WantedAsync(connection, asOf, customer);
                foreach (var known in customer % 8 == 4 ? new[] { kept, new KeptPopulation() } : [kept])
                {
                    var view = await CustomerViews.ShowAsync(connection, id, asOf, StageMap.Customary, known, default);

                    Assert.Equal((expected?.Stage, expected?.Reason.ToString()), (view.Stage, view.StageReason));
                    Assert.Equal(wanted, view.Recommended);
                }
            }
        }

        Assert.Empty(await connection.TemporaryTablesAsync());
    }

    [Fact]
    public async Task View_AfterAnotherGeneration_IsOfThatGeneration()
    {
        await using var warehouse = await ShopAsync();
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var kept = KeptPopulation.Of(warehouse.Database.Source);
        Assert.Same(kept, KeptPopulation.Of(warehouse.Database.Source));
        var before = await CustomerViews.ShowAsync(connection, "C1", ShopOfItems.Date, StageMap.Customary, kept, default);

        await warehouse.Database.PublishAsync(
            "load",
            async (publication, stop) =>
            {
                await using var command = publication.Connection.CreateCommand();
                command.CommandText = "DELETE FROM star.fact_sale WHERE customer_key <> 1";
                return await command.ExecuteNonQueryAsync(stop) > 0;
            },
            default);
        var after = await CustomerViews.ShowAsync(connection, "C1", ShopOfItems.Date, StageMap.Customary, kept, default);

        Assert.Equal(before.Generation + 1, after.Generation);
        Assert.Equal((await StagesAsync(connection, ShopOfItems.Date))[1].Reason.ToString(), after.StageReason);
        Assert.NotEmpty(before.Recommended);
        Assert.Empty(after.Recommended);
    }

    /// <summary>Twenty customers and what goes together; one who has more kinds of products than count; a test customer; one who never bought; late records.</summary>
    private static async Task<FreshWarehouse> ShopAsync()
    {
        var day = ShopOfItems.Date.Date;
        var warehouse = await ShopOfItems.OfAsync(
        [
            .. ShopOfItems.RandomLines(3, 150),
            .. Enumerable.Range(0, 130).Select(product => new ItemLine(Collector, day.AddDays(-product), FormattableString.Invariant($"many {product}"), product)),
            .. Enumerable.Range(0, 40).Select(product => new ItemLine(product % 4, day.AddDays(-2 * product), FormattableString.Invariant($"some {product}"), 90 + product)),
            new ItemLine(Test, day.AddDays(-200), "test", 1),
        ]);
        await warehouse.AddCustomersAsync(NeverBought);
        await warehouse.RunAsync(
            """
            UPDATE star.dim_customer SET is_test = true WHERE customer_key = $test;
            UPDATE star.fact_sale SET known_at = known_at + INTERVAL 60 DAY WHERE sale_key % 7 = 0
            """,
            ("test", Test));
        return warehouse;
    }

    private static async Task<Dictionary<int, StagedCustomer>> StagesAsync(DbConnection connection, AsOf asOf)
    {
        await using var activity = await CustomerActivity.GatherAsync(connection, asOf, default);
        await using var stages = await CustomerStages.ComputeAsync(activity, StageMap.Customary, default);
        return await stages.CustomersAsync().ToDictionaryAsync(customer => customer.CustomerKey);
    }

    private static async Task<IReadOnlyList<Recommendation>> WantedAsync(DbConnection connection, AsOf asOf, int customer)
    {
        await using var baskets = await CustomerBaskets.GatherAsync(connection, new BasketOptions(asOf), default);
        return await Recommendations.ForAsync(baskets, customer, 5, default);
    }
}
