using System.Data.Common;
using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Analysis.Tests.Populations;

public sealed class CustomerHistoryTests
{
    [Fact]
    public Task AnySales_ReadOnceForAll_GiveEachAnalysisWhatItsOwnReadingGives() => SalesCase.ForAllAsync(async (warehouse, test) =>
    {
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var (population, sales, activity) = await AloneAsync(connection, test.Population);

        await using var history = await CustomerHistory.ShareAsync(connection, test.Population, default);
        await using var sharedSales = await CustomerSales.GatherAsync(history, default);
        await using var sharedActivity = await CustomerActivity.GatherAsync(history, default);

        Assert.Equivalent(population, sharedSales.Population);
        Assert.Equal(sales, await RowsAsync(connection, "customer_sales"));
        Assert.Equal(activity, await RowsAsync(connection, "customer_activity"));
    });

    private static async Task<(Population Population, List<string> Sales, List<string> Activity)> AloneAsync(
        DbConnection connection, PopulationOptions options)
    {
        await using var sales = await CustomerSales.GatherAsync(connection, options, default);
        await using var activity = await CustomerActivity.GatherAsync(connection, options.AsOf, default);
        return (sales.Population, await RowsAsync(connection, "customer_sales"), await RowsAsync(connection, "customer_activity"));
    }

    private static Task<List<string>> RowsAsync(DbConnection connection, string table) => connection.RowsAsync(
        $"SELECT CAST(row AS VARCHAR) FROM temp.{table} AS row ORDER BY row.customer_key", row => row.GetString(0), default);

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(40_000_000, 2_000_000, 1)]
    [InlineData(40_000_001, 2_000_000, 2)]
    [InlineData(200_000_000, 9_999_999, 5)]
    [InlineData(4_000_000_000, int.MaxValue, 100)]
    [InlineData(200_000_000, 2, 5)]
    public void Ranges_HoldEveryKeyOnce_HoweverManyLinesThereAre(long lines, int lastKey, int count)
    {
        var ranges = CustomerHistory.RangesOf(lines, lastKey);

        Assert.Equal(count, ranges.Count);
        Assert.Equal((int.MinValue, int.MaxValue), (ranges[0].First, ranges[^1].Last));
        Assert.All(ranges.Zip(ranges.Skip(1)), pair => Assert.Equal(pair.First.Last + 1L, pair.Second.First));
    }
}
