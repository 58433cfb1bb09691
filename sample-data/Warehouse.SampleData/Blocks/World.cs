using Warehouse.SampleData.Assortment;
using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Campaigns;
using Warehouse.SampleData.Customers;
using Warehouse.SampleData.Files;
using Warehouse.SampleData.People;
using Warehouse.SampleData.Stores;

namespace Warehouse.SampleData.Blocks;

/// <summary>What all customers share. Read by many threads, changed by none.</summary>
internal sealed class World
{
    private const int ChurnMonths = 13;
    private const double StrangersPerCustomer = 0.55;

    public World(RetailOptions options)
    {
        Options = options;
        Clock = new TradingClock(options.From, options.To);
        Stores = new StoreList(options.From);
        Catalogue = new Catalogue(options.Seed, options.From, options.To);
        Rates = new ExchangeRates(options.Seed, options.From, options.To);
        Waves = Wave.Within(Clock);
        Identifiers = new Identifiers(options.Seed, options.Customers);
        DataSets = new DataSets(options);
        AsOfDates = [.. FirstsOfMonth(options.From.AddMonths(6), options.To.AddDays(-Population.ChurnHorizonDays)).TakeLast(ChurnMonths)];
        Strangers = (int)(options.Customers * StrangersPerCustomer);
    }

    public RetailOptions Options { get; }

    public TradingClock Clock { get; }

    public StoreList Stores { get; }

    public Catalogue Catalogue { get; }

    public ExchangeRates Rates { get; }

    public IReadOnlyList<Wave> Waves { get; }

    public Identifiers Identifiers { get; }

    public DataSets DataSets { get; }

    /// <summary>For which the truth has churn probabilities.</summary>
    public IReadOnlyList<DateOnly> AsOfDates { get; }

    /// <summary>Orders of people whom nobody knows.</summary>
    public int Strangers { get; }

    /// <summary>Customers, then strangers.</summary>
    public int People => Options.Customers + Strangers;

    private static IEnumerable<DateOnly> FirstsOfMonth(DateOnly from, DateOnly upTo)
    {
        for (var date = new DateOnly(from.Year, from.Month, 1); date <= upTo; date = date.AddMonths(1))
        {
            if (date >= from)
            {
                yield return date;
            }
        }
    }
}
