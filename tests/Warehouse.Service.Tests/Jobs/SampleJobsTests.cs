using System.CommandLine;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Warehouse.Service.Api;
using Warehouse.Service.Jobs;
using Warehouse.Service.Operations;
using Warehouse.Store;
using Warehouse.Testing;
using Warehouse.Verbs;
using Warehouse.Verbs.Jobs;
using Warehouse.Verbs.Output;

namespace Warehouse.Service.Tests.Jobs;

/// <summary>The jobs that the sample workspace declares, through the night after its last data, under a clock that the test moves.</summary>
public sealed class SampleJobsTests : IDisposable
{
    /// <summary>Sunday evening in London; the night from Sunday to Monday has every job of the sample.</summary>
    private static readonly DateTimeOffset Evening = new(2026, 7, 5, 20, 10, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Morning = new(2026, 7, 6, 7, 0, 0, TimeSpan.Zero);
    private readonly FreshFolder _folder = new();
    private readonly FakeClock _clock = new(Evening);
    private Workspace _workspace = null!;

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task EveryJobOfTheSample_DoesInOneNightWhatItIsFor()
    {
        Skip.If(Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") != "1", "A night of the whole sample takes minutes: set WAREHOUSE_LONG_TESTS=1.");
        CopySample();
        _workspace = Workspace.Open(_folder.Path);
        await using var database = await RunningDatabase.StartAsync(_workspace, _clock, CancellationToken.None);
        await RunAsync([.. Words("load"), .. Directory.EnumerateFiles(_workspace.PathOf("feeds"), "*.yaml").Select(Path.GetFileNameWithoutExtension).Where(feed => feed != "contacts").OfType<string>().Order(StringComparer.Ordinal)]);
        await RunAsync(Words("churn train --as-of 2026-03-31 --learner logistic"));
        await RunAsync(Words("segment build lapsing_gardeners --as-of 2026-06-30"));
        await RunAsync(Words("campaign launch autumn_gardeners"));
        var contacts = await CountAsync("SELECT count(*) FROM star.fact_contact");

        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var jobs = new JobClock(
            _workspace, new JobRunner(_workspace, _clock), new ServiceMeter(services.GetRequiredService<IMeterFactory>(), database, new AnswerCache(), _clock), _clock, NullLogger<JobClock>.Instance);
        await jobs.StartAsync(CancellationToken.None);
        var runs = await UntilMorningAsync();
        await jobs.StopAsync(CancellationToken.None);

        Assert.All(runs, run => Assert.True(run.IsSuccess, $"{run.Job} {run.DueAt} {run.Outcome}: {run.Log}"));
        Assert.Equal(["load 01:00", "score 01:30", "snapshot 01:00", "tiers 06:00"], Due(runs.Where(run => run.Job != "refresh")));
        Assert.Equal(21, runs.Count(run => run.Job == "refresh"));
        Assert.Equal(0, contacts);
        Assert.True(await CountAsync("SELECT count(*) FROM star.fact_contact") > 0);
        Assert.True(await CountAsync("SELECT count(*) FROM mart.customer_snapshot") > 0);
        Assert.True(await CountAsync("SELECT count(*) FROM mart.churn_score") > 0);
        Assert.True(await CountAsync("SELECT count(*) FROM mart.campaign_progress") > 0);
        Assert.Single(Directory.EnumerateFiles(_workspace.PathOf("exports/reports"), "tiers-*.html"));
    }

    private static string[] Words(string text) => text.Split(' ');

    private static string[] Due(IEnumerable<JobRun> runs) =>
        [.. runs.Select(run => FormattableString.Invariant($"{run.Job} {run.DueAt:HH:mm}")).Order(StringComparer.Ordinal)];

    /// <summary>Moves the clock on where no run is at work.</summary>
    private async Task<IReadOnlyList<JobRun>> UntilMorningAsync()
    {
        var ledger = new JobLedger(_workspace, _clock);
        while (true)
        {
            var runs = (await ledger.HistoryAsync(null, 1_000, CancellationToken.None)).Where(run => run.StartedAt is not null).ToArray();
            if (runs.All(run => run.FinishedAt is not null))
            {
                if (_clock.GetUtcNow() >= Morning && runs.Any(run => run.Job == "tiers"))
                {
                    return runs;
                }

                Assert.True(_clock.GetUtcNow() < Morning.AddHours(1), string.Join('\n', runs.Select(run => run.ToString())));
                _clock.Move(TimeSpan.FromMinutes(5));
            }

            await Task.Delay(20);
        }
    }

    private async Task RunAsync(string[] words)
    {
        var root = new RootCommand();
        foreach (var verb in VerbTree.Create(_clock))
        {
            root.Add(verb);
        }

        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        var caller = new Caller { Name = "owner", Workspace = _workspace, Answers = () => Stream.Null, Output = output, Error = output, MakeTerminal = () => Terminals.Over(output) };
        var code = await Verdict.OfAsync(root.Parse(words), caller, CancellationToken.None);
        Assert.True(code is ExitCode.Done or ExitCode.DoneWithReserve, $"{string.Join(' ', words)}: {output}");
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var database = await WarehouseDatabase.OpenReadOnlyAsync(_workspace, _clock, CancellationToken.None);
        await using var connection = await database.ConnectAsync(CancellationToken.None);
        return await connection.ScalarAsync<long>(sql, CancellationToken.None);
    }

    private void CopySample([CallerFilePath] string path = "")
    {
        var sample = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", "sample-data", "retail"));
        foreach (var file in Directory.EnumerateFiles(sample, "*", SearchOption.AllDirectories).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}truth{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(_folder.Path, Path.GetRelativePath(sample, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
