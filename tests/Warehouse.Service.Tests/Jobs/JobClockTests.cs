using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Warehouse.Service.Api;
using Warehouse.Service.Jobs;
using Warehouse.Service.Operations;
using Warehouse.Store;
using Warehouse.Testing;
using Warehouse.Verbs.Jobs;

namespace Warehouse.Service.Tests.Jobs;

/// <summary>Jobs as they are run, under a clock that the test moves.</summary>
public sealed class JobClockTests : IAsyncLifetime, IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
    private readonly FreshFolder _folder = new();
    private readonly FakeClock _clock = new(Start);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private RunningDatabase? _database;
    private JobClock? _jobs;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await StopAsync();
        await _services.DisposeAsync();
    }

    public void Dispose()
    {
        _jobs?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task RunThatFails_IsTriedAgainAfterItsWaits_AndThenNotUntilItIsDueAgain()
    {
        var ledger = await StartAsync("wrong: {run: query nothing --measures x, every: 1 day, retries: {times: 2, wait: 10 minutes}}");

        var run = (await UntilAsync(ledger, TimeSpan.FromMinutes(5), runs => runs.Any(run => run.Outcome == JobOutcome.Failed))).Single();

        Assert.Equal((Start.AddDays(1), 3), (run.DueAt, run.Attempt));
        Assert.InRange(run.StartedAt!.Value, Start.AddDays(1).AddMinutes(30), Start.AddDays(2));
        Assert.Equal(2, run.Log.Split("Attempt ").Length - 1);
    }

    [Fact]
    public async Task RunThatTakesLongerThanItsLimit_IsStopped_AndChangesNothing()
    {
        _folder.Write("feeds/orders.yaml", "feed: orders\nsource: {files: data/orders.csv}\nidentity: shop\ninto: sale\ncolumns: {order_id: order, line_id: line, ordered_at: at, customer: customer, product: product, quantity: quantity, unit_price: price}\n");
        _folder.Write("data/orders.csv", ServedShop.Orders(200_000));
        var ledger = await StartAsync("load: {run: load, every: 1 hour, limit: 1 second}");

        var run = (await UntilAsync(ledger, TimeSpan.FromMinutes(1), runs => runs.Any(run => run.Outcome is not null), movesMeanwhile: true)).Single(run => run.DueAt == Start.AddHours(1));

        Assert.Equal(JobOutcome.Timeout, run.Outcome);
        Assert.Contains("longer than its limit", run.Log, StringComparison.Ordinal);
        Assert.Equal(0, _database!.Latest.Number);
    }

    [Fact]
    public async Task JobsInARow_AreRunOneAfterTheOther_AndNotWhileOneIsRunByHand()
    {
        var ledger = await StartAsync("second: {run: schema, after: first}\n  first: {run: schema, every: 1 hour}");
        _clock.Move(TimeSpan.FromMinutes(1));
        var (byHand, isBegun) = await ledger.BeginByHandAsync(Workspace().Definition.Jobs[1], "somebody", CancellationToken.None);
        Assert.True(isBegun);
        for (var minute = 0; minute < 90; minute++)
        {
            _clock.Move(TimeSpan.FromMinutes(1));
            await Task.Delay(2);
        }

        Assert.Single(await ledger.HistoryAsync(null, 100, CancellationToken.None));
        Assert.False((await ledger.BeginByHandAsync(Workspace().Definition.Jobs[0], "somebody else", CancellationToken.None)).IsBegun);
        await ledger.EndAsync(byHand, JobOutcome.Done, "");
        var runs = await UntilAsync(ledger, TimeSpan.FromSeconds(1), runs => runs.Count == 3 && runs.All(run => run.FinishedAt is not null));

        Assert.Equal(["first", "second"], runs.Where(run => !run.IsByHand).OrderBy(run => run.StartedAt).ThenBy(run => run.Job, StringComparer.Ordinal).Select(run => run.Job));
        Assert.All(runs.Where(run => !run.IsByHand), run => Assert.Equal(Start.AddHours(1), run.DueAt));
    }

    [Fact]
    public async Task ServiceThatComesBack_MakesUpForWhatItMissed_AndDoesAgainWhatDidNotEnd()
    {
        var ledger = await StartAsync("once: {run: schema, every: 1 hour}\n  skip: {run: schema, every: 1 hour, misfire: skip}");
        await UntilAsync(ledger, TimeSpan.FromMinutes(1), runs => runs.Count(run => run.Outcome == JobOutcome.Done) == 2);
        var jobs = Workspace().Definition.Jobs;
        await _jobs!.StopAsync(CancellationToken.None);
        _clock.MoveTo(Start.AddHours(5).AddMinutes(30));
        Assert.True((await ledger.BeginAsync(jobs[0], Start.AddHours(5), "", CancellationToken.None)).IsBegun);
        await StopAsync();

        ledger = await StartAsync();
        var runs = await UntilAsync(ledger, TimeSpan.FromSeconds(1), runs => runs.Count == 4 && runs.All(run => run.FinishedAt is not null && run.Outcome != JobOutcome.Interrupted));

        Assert.Equal(
            ["once 1 done 1", "once 5 done 2", "skip 1 done 1", "skip 5 skipped 0"],
            runs.Select(run => FormattableString.Invariant($"{run.Job} {(run.DueAt - Start).TotalHours} {run.Outcome} {run.Attempt}")).Order(StringComparer.Ordinal));
    }

    private Workspace Workspace() => _workspace ??= Store.Workspace.Open(_folder.Path);

    private Workspace? _workspace;

    private async Task<JobLedger> StartAsync(string? jobs = null)
    {
        if (jobs is not null)
        {
            _folder.Write(Store.Workspace.FileName, $"name: a\ncurrency: GBP\ncalendar: {{from: 2020-01-01, to: 2030-01-01}}\nlimits: {{threads: 2}}\njobs:\n  {jobs}\n");
        }

        var workspace = Workspace();
        _database = await RunningDatabase.StartAsync(workspace, _clock, CancellationToken.None);
        var meter = new ServiceMeter(_services.GetRequiredService<IMeterFactory>(), _database, new AnswerCache(), _clock);
        _jobs = new JobClock(workspace, new JobRunner(workspace, _clock), meter, _clock, NullLogger<JobClock>.Instance);
        await _jobs.StartAsync(CancellationToken.None);
        var ledger = new JobLedger(workspace, _clock);
        while ((await ledger.CurrentAsync(CancellationToken.None)).Count < workspace.Definition.Jobs.Count)
        {
            await Task.Delay(5);
        }

        return ledger;
    }

    private async Task StopAsync()
    {
        if (_jobs is not null)
        {
            await _jobs.StopAsync(CancellationToken.None);
            _jobs.Dispose();
            _jobs = null;
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
            _database = null;
        }
    }

    /// <summary>Moves the clock step by step until the ledger says what is waited for; while a run is at work, only where that is wanted.</summary>
    private async Task<IReadOnlyList<JobRun>> UntilAsync(JobLedger ledger, TimeSpan step, Func<IReadOnlyList<JobRun>, bool> isEnough, bool movesMeanwhile = false)
    {
        for (var turn = 0; ; turn++)
        {
            var runs = await ledger.HistoryAsync(null, 1_000, CancellationToken.None);
            if (isEnough(runs))
            {
                return runs;
            }

            Assert.True(turn < 20_000, string.Join('\n', runs));
            if (movesMeanwhile || runs.All(run => run.FinishedAt is not null))
            {
                _clock.Move(step);
            }

            await Task.Delay(2);
        }
    }
}
