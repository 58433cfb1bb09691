using FsCheck;
using FsCheck.Fluent;
using Warehouse.Analysis.Populations;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests;

/// <summary>A small shop with many equal values, returns, unknown and test customers, and late records; and a question about it.</summary>
/// <param name="Sales">The sale lines.</param>
/// <param name="Population">Whose sales are asked for.</param>
/// <param name="Bins">How many scores or, less one, tiers.</param>
/// <param name="Seed">For whatever else is to be random.</param>
public sealed record SalesCase(IReadOnlyList<Sale> Sales, PopulationOptions Population, int Bins, int Seed)
{
    public const int TestCustomer = 12;

    private const int Customers = 12;

    private static readonly DateOnly Middle = new(2024, 3, 15);
    private static readonly decimal[] Amounts = [0, 1, 1, 2, 5, 10, 10, 10.01m, 33.3333m, 99.99m];

    private static readonly Gen<Sale> AnySale =
        from customer in Gen.Choose(-1, Customers)
        from day in Gen.Choose(-45, 20)
        from order in Gen.Choose(0, 3)
        from amount in Gen.Elements(Amounts)
        from returned in Gen.Choose(0, 4).Select(choice => choice == 0)
        from cost in Gen.Elements<decimal?>(null, 0, .5m, .9m, 1.2m)
        from late in Gen.Elements(0, 0, 0, 5, 30)
        select new Sale(
            customer,
            Middle.AddDays(day),
            $"{customer}/{order}",
            returned ? -amount : amount,
            cost is null ? null : decimal.Round(cost.Value * (returned ? -amount : amount), 4),
            returned,
            new DateTimeOffset(Middle.AddDays(day + late), new TimeOnly(12, 0), TimeSpan.Zero));

    private static readonly Gen<PopulationOptions> AnyPopulation =
        from day in Gen.Choose(-10, 25)
        from hindsight in Gen.Elements(false, true)
        from window in Gen.Elements(Window.All, Window.OfDays(10), Window.OfMonths(1), Window.Since(Middle.AddDays(-30)))
        from measure in Gen.Elements(ValueMeasure.Revenue, ValueMeasure.Margin)
        from returns in Gen.Elements(Counting.Counted, Counting.LeftOut)
        let date = Middle.AddDays(day)
        select new PopulationOptions(
            hindsight ? AsOf.EndOfWithHindsight(date, TimeZoneInfo.Utc) : AsOf.EndOf(date, TimeZoneInfo.Utc))
        {
            Window = window,
            Measure = measure,
            Returns = returns,
        };

    private static int Cases => Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") is "1" ? 2_000 : 30;

    /// <summary>Asserts something of many cases, each in the same warehouse emptied of sales.</summary>
    public static async Task ForAllAsync(Func<FreshWarehouse, SalesCase, Task> assertion)
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddCustomersAsync(Enumerable.Range(0, Customers));
        await warehouse.AddTestCustomersAsync(DateTimeOffset.MinValue, TestCustomer);
        var any =
            from size in Gen.Choose(0, 60)
            from sales in AnySale.ArrayOf(size)
            from population in AnyPopulation
            from bins in Gen.Choose(2, 10)
            from seed in Gen.Choose(0, int.MaxValue - 1)
            select new SalesCase(sales, population, bins, seed);
        Prop.ForAll(any.ToArbitrary(), test => RunAsync(test).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Cases).WithReplay(20_240_315, 7));

        async Task RunAsync(SalesCase test)
        {
            await test.LoadAsync(warehouse);
            await assertion(warehouse, test);
        }
    }

    /// <summary>Puts the sales, and no others, into a warehouse.</summary>
    public async Task LoadAsync(FreshWarehouse warehouse)
    {
        await warehouse.RunAsync("DELETE FROM star.fact_sale");
        await warehouse.AddSalesAsync(Sales);
    }

    /// <summary>The same sales in another order.</summary>
    public SalesCase Shuffled()
    {
        var shuffled = Sales.ToArray();
        new Random(Seed).Shuffle(shuffled);
        return this with { Sales = shuffled };
    }

    /// <summary>The same sales and others that are dated, or recorded, after the as-of date.</summary>
    public SalesCase WithLaterSales()
    {
        var random = new Random(Seed);
        var date = Population.AsOf.Date;
        return this with
        {
            Sales =
            [
                .. Sales,
                .. Enumerable.Range(0, 20).Select(number => number % 2 == 0
                    ? new Sale(random.Next(-1, Customers), date.AddDays(random.Next(1, 30)), $"later {number}", random.Next(1, 500), KnownAt: Population.AsOf.End.AddDays(-3))
                    : new Sale(random.Next(-1, Customers), date.AddDays(-random.Next(0, 30)), $"late {number}", random.Next(1, 500), KnownAt: Population.AsOf.End.AddSeconds(random.Next(0, 100)))),
            ],
        };
    }
}
