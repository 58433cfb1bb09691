using Warehouse.Analysis.Populations;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests;

/// <summary>The long way: what each customer of a population bought, line by line.</summary>
internal sealed record SalesOracle(IReadOnlyList<OracleCustomer> Customers, decimal AllRevenue)
{
    public static SalesOracle Of(IReadOnlyList<Sale> sales, PopulationOptions options)
    {
        var first = options.Window.FirstDate(options.AsOf.Date);
        var seen = sales
            .Where(sale => sale.Date >= first && sale.Date <= options.AsOf.Date && sale.KnownAt < options.AsOf.KnownBefore)
            .ToList();
        var customers =
            from sale in seen
            where sale.CustomerKey is not (-1 or SalesCase.TestCustomer)
            group sale by sale.CustomerKey into own
            let purchases = own.Where(sale => !sale.IsReturn).ToList()
            let counted = options.Returns == Counting.Counted ? own.ToList() : purchases
            where purchases.Count > 0
            orderby own.Key
            select new OracleCustomer(
                own.Key,
                options.AsOf.Date.DayNumber - purchases.Max(sale => sale.Date).DayNumber,
                purchases.Select(sale => sale.OrderId).Distinct().Count(),
                counted.Sum(sale => sale.NetAmount),
                options.Measure == ValueMeasure.Revenue
                    ? counted.Sum(sale => sale.NetAmount)
                    : counted.Where(sale => sale.CostAmount is not null).Sum(sale => sale.NetAmount - sale.CostAmount!.Value));
        return new SalesOracle([.. customers], seen.Sum(sale => sale.NetAmount));
    }
}

/// <summary>A customer as the long way finds him.</summary>
internal sealed record OracleCustomer(int Key, int RecencyDays, long Orders, decimal Revenue, decimal Value);
