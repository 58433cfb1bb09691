using System.Globalization;
using Warehouse.Analysis.Baskets;
using Warehouse.Analysis.Populations;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests.Baskets;

/// <summary>An order line of a product.</summary>
/// <param name="Customer">The person; -1 is unknown.</param>
/// <param name="Date">The business date.</param>
/// <param name="Order">The order.</param>
/// <param name="Product">The product, P and its key.</param>
/// <param name="IsReturn">Whether it is a return.</param>
internal sealed record ItemLine(int Customer, DateOnly Date, string Order, int Product, bool IsReturn = false);

/// <summary>A warehouse that knows which product was sold.</summary>
internal static class ShopOfItems
{
    public static readonly AsOf Date = AsOf.EndOf(new DateOnly(2024, 6, 30), TimeZoneInfo.Utc);

    public static async Task<FreshWarehouse> OfAsync(IReadOnlyList<ItemLine> lines)
    {
        var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddCustomersAsync(lines.Select(line => line.Customer).Where(key => key >= 0).Distinct());
        await warehouse.AddSalesAsync(lines.Select((line, place) => new Sale(
            line.Customer, line.Date, line.Order, line.IsReturn ? -1 : 1, CostAmount: line.Product, IsReturn: line.IsReturn)));

        // The builder of sales knows no products: it carried them as costs.
        await warehouse.RunAsync(
            """
            UPDATE star.fact_sale SET product_key = CAST(cost_amount AS INTEGER);
            INSERT INTO star.dim_product
                (product_version_key, product_key, product_id, name, category, is_inferred, valid_from, valid_to, is_current, known_at, generation, load_key, source_line)
            SELECT DISTINCT product_key, product_key, 'P' || product_key, 'Product ' || product_key, 'C' || product_key % 3, false,
                TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMPTZ '9999-12-31 00:00:00+00', true, TIMESTAMPTZ '0001-01-01 00:00:00+00', 0, -1, 0
            FROM star.fact_sale
            WHERE product_key >= 0
            """);
        return warehouse;
    }

    public static async Task<T> AskAsync<T>(FreshWarehouse warehouse, BasketOptions options, Func<CustomerBaskets, Task<T>> ask)
    {
        await using var connection = await warehouse.Database.ConnectAsync(default);
        T answer;
        await using (var baskets = await CustomerBaskets.GatherAsync(connection, options, default))
        {
            answer = await ask(baskets);
        }

        Assert.Empty(await connection.TemporaryTablesAsync());
        return answer;
    }

    /// <summary>Orders of some of eight products, where 1 goes with 2, and 3 is in nearly every one.</summary>
    public static IReadOnlyList<ItemLine> RandomLines(int seed, int orders)
    {
        var random = new Random(seed);
        var lines = new List<ItemLine>();
        for (var order = 0; order < orders; order++)
        {
            var (customer, date) = (random.Next(-1, 20), Date.Date.AddDays(-random.Next(0, 300)));
            foreach (var product in Enumerable.Range(0, 8).Where(product => random.NextDouble() < (product == 3 ? .9 : .2)))
            {
                lines.Add(new ItemLine(customer, date, Number(order), product));
                if (product == 1 && random.NextDouble() < .7)
                {
                    lines.Add(new ItemLine(customer, date, Number(order), 2));
                }

                if (random.Next(12) == 0)
                {
                    lines.Add(new ItemLine(customer, date, Number(order), random.Next(0, 8), IsReturn: true));
                }
            }
        }

        return lines;

        static string Number(int order) => order.ToString(CultureInfo.InvariantCulture);
    }
}
