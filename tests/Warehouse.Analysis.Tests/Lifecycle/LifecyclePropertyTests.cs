using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Lifecycle;
using Warehouse.Analysis.Populations;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests.Lifecycle;

public sealed class LifecyclePropertyTests
{
    [Fact]
    public Task Stages_AreThoseOfTheRules_AndAddUpToEverybodyKnown() => SalesCase.ForAllAsync(async (warehouse, test) =>
    {
        await ComplainAsync(warehouse, test);
        var (result, customers) = await StagesAsync(warehouse, test);

        Assert.All(customers, one => Assert.Equal(StageOf(one.Reason), one.Stage));
        Assert.Equal(customers.Count, result.Customers);
        Assert.Equal(result.Customers, result.Stages.Sum(stage => stage.Customers));
        Assert.Equal(SalesCase.TestCustomer, customers.Count);
        Assert.DoesNotContain(customers, one => one.CustomerKey is -1 or SalesCase.TestCustomer);
    });

    [Fact]
    public Task OrderOfRows_AndLaterSales_ChangeNothing() => SalesCase.ForAllAsync(async (warehouse, test) =>
    {
        var (_, before) = await StagesAsync(warehouse, test);

        await test.Shuffled().LoadAsync(warehouse);
        Assert.Equal(before, (await StagesAsync(warehouse, test)).Customers);

        if (!test.Population.AsOf.HasHindsight)
        {
            await test.WithLaterSales().LoadAsync(warehouse);
            Assert.Equal(before, (await StagesAsync(warehouse, test)).Customers);
        }
    });

    [Fact]
    public Task Rhythm_IsTheMeanIntervalWithOneUsualOneAdded() => SalesCase.ForAllAsync(async (warehouse, test) =>
    {
        var asOf = test.Population.AsOf;
        var purchases = test.Sales.Where(sale =>
                !sale.IsReturn && sale.CustomerKey is not (-1) && sale.Date <= asOf.Date
                && (sale.KnownAt ?? DateTimeOffset.MinValue) < asOf.KnownBefore)
            .GroupBy(sale => (sale.CustomerKey, sale.OrderId))
            .Select(order => (order.Key.CustomerKey, Date: order.Min(sale => sale.Date)))
            .GroupBy(order => order.CustomerKey)
            .ToDictionary(customer => customer.Key, customer => (
                Orders: customer.Count(), Days: customer.Max(order => order.Date).DayNumber - customer.Min(order => order.Date).DayNumber));
        var known = purchases.Values.Where(one => one is { Orders: > 1, Days: > 0 }).ToList();
        var usual = known.Count == 0 ? 90 : (double)known.Sum(one => one.Days) / known.Sum(one => one.Orders - 1);

        var (_, customers) = await StagesAsync(warehouse, test);

        Assert.All(customers.Where(one => one.Reason.Orders > 0), one =>
            Assert.Equal((purchases[one.CustomerKey].Days + usual) / purchases[one.CustomerKey].Orders, one.Reason.RhythmDays!.Value, 9));
    });

    [Fact]
    public async Task Movers_AreAsManyAsTheMoveSays()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddCustomersAsync(Enumerable.Range(1, 30));
        await warehouse.AddSalesAsync(Enumerable.Range(1, 30).SelectMany(key => Enumerable.Range(0, 1 + (key % 4)).Select(
            order => new Sale(key, new DateOnly(2024, 1, 1).AddDays((key * 11) + (order * (5 + (key * 7 % 60)))), $"{key}-{order}", 10))));
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var (earlier, later) = (AsOf.EndOf(new DateOnly(2024, 6, 30), TimeZoneInfo.Utc), AsOf.EndOf(new DateOnly(2025, 1, 31), TimeZoneInfo.Utc));

        var moves = (await LifecycleAnalysis.CompareAsync(connection, earlier, later, StageMap.Customary, default)).Moves;

        Assert.True(moves.Count > 3, string.Join(", ", moves));
        foreach (var move in moves.Where(move => move.To is not null))
        {
            var movers = await LifecycleAnalysis.MoversAsync(connection, earlier, later, StageMap.Customary, move.From, move.To!, default);
            Assert.Equal(move.Customers, movers.Customers.Count);
            Assert.All(movers.Customers, one => Assert.Equal(move.To, one.Stage));
        }
    }

    /// <summary>The customary rules, said once more.</summary>
    private static string StageOf(StageReason reason) => reason switch
    {
        { Orders: 0 } => "recruitment",
        { Overdue: >= 8 } => "win-back",
        { Overdue: >= 4 } => "divorce",
        { Overdue: >= 2 } or { Churn: >= .8 } => "pre-divorce",
        { OpenComplaints: >= 1 } or { Trend: < .5 } => "intensive care",
        { TenureDays: < 60 } => "welcoming",
        { TenureDays: < 365 } or { Orders: < 4 } => "getting to know",
        _ => "account management",
    };

    private static async Task<(LifecycleResult Result, List<StagedCustomer> Customers)> StagesAsync(FreshWarehouse warehouse, SalesCase test)
    {
        await using var connection = await warehouse.Database.ConnectAsync(default);
        await using var activity = await CustomerActivity.GatherAsync(connection, test.Population.AsOf, default);
        await using var stages = await CustomerStages.ComputeAsync(activity, StageMap.Customary, default);
        return (stages.Result, await stages.CustomersAsync().ToListAsync());
    }

    /// <summary>A third of the customers complain, some before the date and some after, some of them in vain.</summary>
    private static Task ComplainAsync(FreshWarehouse warehouse, SalesCase test) => warehouse.RunAsync(
        """
        DELETE FROM star.fact_contact;
        INSERT INTO star.fact_contact BY NAME
        SELECT key AS contact_key, 'K' || key AS contact_id, key AS customer_key, -1 AS customer_version_key, -1 AS channel_key, -1 AS reason_key,
            -1 AS agent_key, -1 AS product_key, CAST($as_of AS DATE) + CAST(key AS INTEGER) - 7 AS date_key,
            CAST(CAST($as_of AS DATE) + CAST(key AS INTEGER) - 7 AS TIMESTAMPTZ) AS opened_at,
            CASE WHEN key % 2 = 0 THEN CAST(CAST($as_of AS DATE) AS TIMESTAMPTZ) END AS resolved_at,
            true AS is_answered, key % 2 = 0 AS is_resolved, true AS is_complaint,
            CAST(CAST($as_of AS DATE) + CAST(key AS INTEGER) - 7 AS TIMESTAMPTZ) AS known_at, 0 AS generation, -1 AS load_key, 0 AS source_line, -1 AS identity_key
        FROM range(0, 12, 3) AS person (key)
        """,
        ("as_of", test.Population.AsOf.Date));
}
