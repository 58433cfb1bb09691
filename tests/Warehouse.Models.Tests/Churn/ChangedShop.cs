using Warehouse.Testing;

namespace Warehouse.Models.Tests.Churn;

/// <summary>
/// Two years of customers of whom, until the change, those of the web leave soon and those of the shop stay, and after it the other
/// way round.
/// </summary>
internal static class ChangedShop
{
    public static readonly DateOnly Change = new(2023, 12, 15);

    public static async Task<FreshWarehouse> OpenAsync(int customers)
    {
        var warehouse = await FreshWarehouse.CreateAsync();
        var random = new Random(7);
        await warehouse.AddSalesAsync(Enumerable.Range(0, customers).SelectMany(key => Sales(key, random)).ToArray());
        await warehouse.RunAsync(
            "INSERT INTO star.dim_channel VALUES (0, 'web', 0), (1, 'shop', 0); UPDATE star.fact_sale SET channel_key = customer_key % 2");
        return warehouse;
    }

    private static IEnumerable<Sale> Sales(int key, Random random)
    {
        var day = RandomShop.First.AddDays(random.Next(640));
        for (var order = 0; day <= RandomShop.Last; order++)
        {
            yield return new Sale(key, day, $"O{key}-{order}", 20);
            var isOfTheWeb = key % 2 == 0;
            if (random.NextDouble() < (isOfTheWeb == (day < Change) ? 0.4 : 0.01))
            {
                yield break;
            }

            day = day.AddDays(1 + (int)(-Math.Log(1 - random.NextDouble()) * 20));
        }
    }
}
