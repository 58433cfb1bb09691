using Warehouse.Testing;

namespace Warehouse.Models.Tests.Churn;

/// <summary>Customers who buy at rates of their own and leave after some purchase, over two years, with contacts and messages.</summary>
internal static class RandomShop
{
    public static readonly DateOnly First = new(2023, 1, 1);
    public static readonly DateOnly Last = new(2024, 12, 31);

    public static async Task<FreshWarehouse> OpenAsync(int customers, int seed = 1, string? workspace = null)
    {
        var warehouse = await FreshWarehouse.CreateAsync(definition: workspace);
        var random = new Random(seed);
        await warehouse.AddSalesAsync(Enumerable.Range(0, customers).SelectMany(key => Sales(key, random)).ToArray());
        await warehouse.RunAsync(
            """
            INSERT INTO star.dim_channel VALUES (0, 'web', 0), (1, 'shop', 0);
            UPDATE star.fact_sale SET channel_key = customer_key % 2;
            INSERT INTO star.dim_customer
                (customer_version_key, customer_key, customer_id, birth_year, gender, is_inferred, is_test, valid_from, valid_to, is_current, known_at, generation, load_key, source_line)
            SELECT key, key, 'C' || key, 1950 + key % 50, CASE WHEN key % 3 = 0 THEN 'f' ELSE 'm' END, false, false,
                TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMPTZ '9999-12-31 00:00:00+00', true, TIMESTAMPTZ '2022-01-01 00:00:00+00', 0, -1, 0
            FROM range($customers) AS key (key);
            """,
            ("customers", customers));
        return warehouse;
    }

    private static IEnumerable<Sale> Sales(int key, Random random)
    {
        var gap = 8 + (50 * random.NextDouble());
        var leaves = 0.02 + (0.15 * random.NextDouble());
        var day = First.AddDays(random.Next(500));
        for (var order = 0; day <= Last; order++)
        {
            yield return new Sale(key, day, $"O{key}-{order}", Math.Round(5 + (60 * (decimal)random.NextDouble()), 2));
            if (random.NextDouble() < leaves)
            {
                yield break;
            }

            day = day.AddDays(1 + (int)(-Math.Log(1 - random.NextDouble()) * gap));
        }
    }
}
