using System.Diagnostics;

namespace Warehouse.Acceptance;

/// <summary>A load that is killed at any moment leaves the generation before it, and loading again gives the same totals.</summary>
public class KillTests
{
    private const int Seed = 20_261_122;
    private const int Lines = 30_000;
    private const string Nothing = "0 ";

    private static int Times => Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") == "1" ? 100 : 9;

    [SkippableFact]
    public async Task Load_KilledAtRandomMoments_LeavesAWholeGeneration_AndLoadsAgainToTheSameTotals()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs kill -9");
        using var shop = new SmallShop(Lines);
        (await shop.RunAsync("load")).Done();
        var first = await shop.TotalsAsync();
        var loaded = await File.ReadAllBytesAsync(shop.DatabasePath);
        shop.Write("data/orders2.csv", SmallShop.Orders(2 * Lines, 100_000));
        var watch = Stopwatch.StartNew();
        (await shop.RunAsync("load")).Done();
        var length = watch.Elapsed;
        var whole = await shop.TotalsAsync();
        Assert.NotEqual(first, whole);

        var random = new Random(Seed);
        var killed = 0;
        for (var time = 0; time < Times; time++)
        {
            // Every third time there is no database yet: its making is killed too.
            var isNew = time % 3 == 2;
            Restore(shop, isNew ? null : loaded);
            killed += await KillAsync(shop, random.NextDouble() * length);
            if (File.Exists(shop.DatabasePath))
            {
                Assert.Contains(await shop.TotalsAsync(), new[] { isNew ? Nothing : first, whole });
            }

            (await shop.RunAsync("load")).Done();
            Assert.Equal(whole, await shop.TotalsAsync());
        }

        Assert.True(killed > Times / 3, $"Only {killed} of {Times} loads were killed before their end.");
    }

    private static void Restore(SmallShop shop, byte[]? database)
    {
        foreach (var file in Directory.EnumerateFiles(shop.Path, "warehouse.duckdb*"))
        {
            File.Delete(file);
        }

        if (database is not null)
        {
            File.WriteAllBytes(shop.DatabasePath, database);
        }
    }

    /// <summary>Kills a load after a time, and gives 1 where it had not ended.</summary>
    private static async Task<int> KillAsync(SmallShop shop, TimeSpan after)
    {
        using var load = CommandLine.Start("load", "-w", shop.Path);
        await Task.Delay(after);
        load.Kill(entireProcessTree: true);
        await load.WaitForExitAsync();
        return load.ExitCode == 0 ? 0 : 1;
    }
}
