using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Warehouse.Acceptance;

/// <summary>Jobs across any end of the service: each due run happens, and none twice with effect.</summary>
public class JobTests
{
    private const int Seed = 20_261_122;
    private const int LinesPerFile = 3_000;

    private const string Jobs =
        """
        name: shop
        currency: GBP
        calendar: {from: 2020-01-01, to: 2030-01-01}
        limits: {threads: 2}
        jobs:
          load: {run: load, every: 1 second, retries: {times: 2, wait: 1 second}}
          snapshot: {run: snapshot --lifetime no, after: load}
          export: {run: query sales --measures lines --by date.month --format csv --out months.csv, every: 2 seconds}

        """;

    private static int Times => Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") == "1" ? 50 : 3;

    [SkippableFact]
    public async Task Service_KilledAtRandomMoments_RunsWhatWasDue_AndNothingTwiceWithEffect()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs kill -9");
        using var shop = new SmallShop(LinesPerFile);
        shop.Write("warehouse.yaml", Jobs);
        var random = new Random(Seed);
        for (var time = 1; time <= Times; time++)
        {
            shop.Write($"data/orders{time}.csv", SmallShop.Orders(LinesPerFile, 100_000 * time));
            await KillAsync(shop, TimeSpan.FromSeconds(random.NextDouble() * 4));
            RequireSound(await HistoryAsync(shop), isOver: false);
        }

        var from = TimeProvider.System.GetUtcNow();
        await ServeUntilAsync(shop, runs => runs.Any(run => run.Job == "snapshot" && run.DueAt > from && run.Outcome == "done") && runs.Any(run => run.Job == "export" && run.DueAt > from && run.Outcome == "done"));

        RequireSound(await HistoryAsync(shop), isOver: true);
        Assert.StartsWith($"{(Times + 1) * LinesPerFile} ", await shop.TotalsAsync(), StringComparison.Ordinal);
        Assert.Equal(
            (Times + 1) * LinesPerFile,
            File.ReadLines(Path.Combine(shop.Path, "months.csv")).Skip(1).Sum(line => int.Parse(line.Split(',')[^1], CultureInfo.InvariantCulture)));
        Assert.Empty(Directory.EnumerateFiles(shop.Path, "*.unfinished"));
    }

    [Fact]
    public async Task Job_RunByHand_DoesWhatItsWordsSay_WithAndWithoutAService()
    {
        using var shop = new SmallShop();
        shop.Write("warehouse.yaml", "name: shop\ncurrency: GBP\ncalendar: {from: 2020-01-01, to: 2030-01-01}\njobs:\n  load: {run: load, at: 0 2 * * *}\n  wrong: {run: query nothing --measures x, after: load}\n");

        (await shop.RunAsync("job", "run", "load", "--format", "json")).Done();
        var failed = await shop.RunAsync("job", "run", "wrong");
        var unknown = await shop.RunAsync("job", "run", "laod");

        Assert.Equal((1, 2), (failed.ExitCode, unknown.ExitCode));
        Assert.Contains("Did you mean \"load\"?", unknown.Error, StringComparison.Ordinal);
        using (var service = Serve(shop))
        {
            Assert.Contains("is served", await service.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
            (await shop.RunAsync("job", "run", "load")).Done();
            service.Kill(entireProcessTree: true);
            await service.WaitForExitAsync();
        }

        var runs = await HistoryAsync(shop);
        Assert.Equal(["load done", "wrong failed", "load done"], runs.Select(run => $"{run.Job} {run.Outcome}"));
        Assert.Contains("Everything was loaded before", runs[0].Log, StringComparison.Ordinal);
        var list = (await shop.RunAsync("job", "list", "--format", "json")).Done().Rows;
        Assert.Equal("0 2 * * * UTC", list[0][2].GetString());
    }

    [Fact]
    public async Task Job_WhoseWordsAreNoCommand_IsToldWithItsPlace()
    {
        using var shop = new SmallShop();
        shop.Write("warehouse.yaml", "name: shop\ncurrency: GBP\njobs:\n  load: {run: laod, at: 0 2 * * *}\n  loop: {run: job run loop, at: 0 2 * * *}\n");

        var served = await shop.RunAsync("serve", "--urls", "http://127.0.0.1:0");

        Assert.Equal(1, served.ExitCode);
        Assert.Contains("warehouse.yaml:4:15: \"warehouse laod\" is not understood", served.Error, StringComparison.Ordinal);
        Assert.Contains("warehouse.yaml:5:15: \"job\" is not for jobs.", served.Error, StringComparison.Ordinal);
    }

    /// <summary>Each due time stands there once; what came after something ran on what had succeeded before.</summary>
    private static void RequireSound(IReadOnlyList<Run> runs, bool isOver)
    {
        Assert.Equal(runs.Count, runs.Select(run => (run.Job, run.DueAt)).Distinct().Count());
        Assert.DoesNotContain(runs, run => run.Outcome is "failed" or "timeout" or "skipped");
        var open = runs.Where(run => run.Outcome is not ("done" or "reserve")).ToArray();
        Assert.True(open.Length <= (isOver ? 1 : 3), string.Join('\n', open.Select(run => run.ToString())));
        foreach (var snapshot in runs.Where(run => run is { Job: "snapshot", Outcome: "done" }))
        {
            Assert.Contains(runs, run => run is { Job: "load", Outcome: "done" } && run.DueAt >= snapshot.DueAt && run.StartedAt <= snapshot.StartedAt);
        }
    }

    private static async Task ServeUntilAsync(SmallShop shop, Func<IReadOnlyList<Run>, bool> isEnough)
    {
        using var service = Serve(shop);
        var clock = Stopwatch.StartNew();
        try
        {
            Assert.Contains("is served", await service.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
            while (!isEnough(await HistoryAsync(shop)))
            {
                Assert.True(clock.Elapsed < TimeSpan.FromMinutes(4), "What was due was not run.");
                await Task.Delay(200);
            }
        }
        finally
        {
            service.Kill(entireProcessTree: true);
            await service.WaitForExitAsync();
        }
    }

    private static async Task KillAsync(SmallShop shop, TimeSpan after)
    {
        using var service = Serve(shop);
        Assert.Contains("is served", await service.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        await Task.Delay(after);
        Assert.False(service.HasExited);
        service.Kill(entireProcessTree: true);
        await service.WaitForExitAsync();
    }

    private static Process Serve(SmallShop shop) => CommandLine.Start("serve", "--urls", "http://127.0.0.1:0", "-w", shop.Path);

    private static async Task<IReadOnlyList<Run>> HistoryAsync(SmallShop shop) =>
        [.. (await shop.RunAsync("job", "history", "--last", "1000000", "--format", "json")).Done().Rows.EnumerateArray().Select(row => new Run(
            row[0].GetString()!, row[1].GetDateTimeOffset(), row[5].ValueKind == JsonValueKind.Null ? null : row[5].GetDateTimeOffset(), row[7].GetString()!, row[8].GetString()!))];

    private sealed record Run(string Job, DateTimeOffset DueAt, DateTimeOffset? StartedAt, string Outcome, string Log);
}
