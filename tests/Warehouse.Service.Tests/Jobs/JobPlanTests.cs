using FsCheck;
using FsCheck.Fluent;
using Warehouse.Service.Jobs;
using Warehouse.Store;
using Warehouse.Testing;

namespace Warehouse.Service.Tests.Jobs;

/// <summary>What is begun when, and what never is.</summary>
public sealed class JobPlanTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
    private readonly FreshFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void DueTimesThatWereMissed_AreMadeUpForOnce_OrNotAtAll()
    {
        var jobs = Read("once: {run: load, every: 1 hour}\n  skip: {run: load, every: 1 hour, misfire: skip}");
        var back = Start.AddHours(5).AddMinutes(20);

        var plan = new JobPlan(jobs, [Known("once", Start), Known("skip", Start)], watchedFrom: back, now: back);

        Assert.Equal([("once", Start.AddHours(5), false), ("skip", Start.AddHours(5), true)], plan.Steps.Select(step => (step.Job.Name, step.DueAt, step.SkippedBecause is not null)));
        Assert.Contains("5 due times", plan.Steps[0].Note, StringComparison.Ordinal);
        Assert.Equal(Start.AddHours(6), plan.NextAt);
    }

    [Fact]
    public void JobAfterOthers_WaitsForTheSameDueTime_AndIsNotRunWhereTheyFailed()
    {
        var jobs = Read("load: {run: load, every: 1 hour}\n  score: {run: churn score, after: load}");
        var (due, now) = (Start.AddHours(1), Start.AddHours(1).AddMinutes(3));
        JobStep? StepAfter(JobRun load) => new JobPlan(jobs, [load, Known("score", Start)], Start, now).Steps.SingleOrDefault(step => step.Job.Name == "score");

        Assert.Null(StepAfter(Known("load", Start)));
        Assert.Null(StepAfter(Run("load", due, null)));
        Assert.Null(StepAfter(Run("load", due, JobOutcome.Retry)));
        Assert.Null(StepAfter(Run("load", due, JobOutcome.Interrupted)));
        Assert.Null(StepAfter(Run("load", due, JobOutcome.Reserve))!.SkippedBecause);
        Assert.Null(StepAfter(Run("load", due, JobOutcome.Done))!.SkippedBecause);
        Assert.Equal("load did not succeed: failed.", StepAfter(Run("load", due, JobOutcome.Failed))!.SkippedBecause);
        Assert.Equal(due, StepAfter(Run("load", due, JobOutcome.Done))!.DueAt);
    }

    [Fact]
    public void WeeklyJob_AfterANightlyOne_WaitsForTheNightBeforeIt()
    {
        var jobs = Read("load: {run: load, at: 0 2 * * *}\n  score: {run: churn score, at: 30 2 * * MON, after: load}");
        var monday = new DateTimeOffset(2026, 11, 23, 2, 31, 0, TimeSpan.Zero);

        Assert.DoesNotContain(new JobPlan(jobs, [Run("load", monday.AddDays(-1).AddMinutes(-31), JobOutcome.Done), Known("score", Start)], Start, monday).Steps, step => step.Job.Name == "score");
        Assert.Contains(new JobPlan(jobs, [Run("load", monday.AddMinutes(-31), JobOutcome.Done), Known("score", Start)], Start, monday).Steps, step => step is { Job.Name: "score", SkippedBecause: null });
    }

    [Fact]
    public void RunThatFailed_IsTriedAgainWhenItHasWaited()
    {
        var jobs = Read("load: {run: load, every: 1 day, retries: {times: 2, wait: 10 minutes}}");
        var failed = Run("load", Start, JobOutcome.Retry) with { Attempt = 2, FinishedAt = Start.AddMinutes(30) };

        Assert.Empty(new JobPlan(jobs, [failed], Start, Start.AddMinutes(49)).Steps);
        Assert.Equal(Start.AddMinutes(50), new JobPlan(jobs, [failed], Start, Start.AddMinutes(49)).NextAt);
        Assert.Equal(Start, Assert.Single(new JobPlan(jobs, [failed], Start, Start.AddMinutes(50)).Steps).DueAt);
    }

    /// <summary>
    /// Days of a service that is killed, and comes back, at random moments, played against the rules: the ledger is a list, and a
    /// run takes a random time and fails at random.
    /// </summary>
    [Fact]
    public void Ledger_AcrossKillsAtRandomMoments_HasEachDueTimeOnceAndLeavesNoneOut() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => new Days(
            Read("load: {run: load, every: 30 minutes, retries: {times: 2, wait: 2 minutes}}\n  score: {run: churn score, after: load}\n  weekly: {run: backup, every: 7 hours, after: [score, load]}\n  seldom: {run: load, every: 45 minutes, misfire: skip}"),
            seed).Play()).Check(Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(20_261_122, 1));

    private IReadOnlyList<JobDefinition> Read(string jobs)
    {
        _folder.Write(Workspace.FileName, $"name: a\ncurrency: GBP\njobs:\n  {jobs}\n");
        return Workspace.Open(_folder.Path).Definition.Jobs;
    }

    private static JobRun Known(string job, DateTimeOffset at) => Run(job, at, JobOutcome.Known);

    private static JobRun Run(string job, DateTimeOffset dueAt, string? outcome) =>
        new(job, dueAt, "clock", false, "", 1, dueAt, outcome is null ? null : dueAt.AddSeconds(5), outcome, "");

    private sealed class Days(IReadOnlyList<JobDefinition> jobs, int seed)
    {
        private readonly Random _random = new(seed);
        private readonly Dictionary<(string Job, DateTimeOffset DueAt), JobRun> _ledger = jobs.ToDictionary(job => (job.Name, Start), job => Known(job.Name, Start));
        private readonly Dictionary<(string Job, DateTimeOffset DueAt), DateTimeOffset> _begun = [];
        private DateTimeOffset _now = Start;

        public void Play()
        {
            while (_now < Start.AddDays(3))
            {
                Live(_now.AddMinutes(_random.Next(1, 400)));
                _now = _now.AddMinutes(_random.Next(0, 90));
            }

            Live(_now.AddDays(1), isKind: true);
            Judge();
        }

        private void Live(DateTimeOffset end, bool isKind = false)
        {
            var from = _now;
            foreach (var (key, run) in _ledger.Where(entry => entry.Value.Outcome is null).ToArray())
            {
                _ledger[key] = run with { Outcome = JobOutcome.Interrupted, FinishedAt = _now };
            }

            while (_now < end)
            {
                var plan = new JobPlan(jobs, [.. _ledger.Values.OrderBy(run => run.DueAt)], from, _now);
                if (plan.Steps.Count == 0)
                {
                    _now = plan.NextAt is { } next && next < end ? next : end;
                    continue;
                }

                Take(plan.Steps[0], end, isKind);
            }
        }

        private void Take(JobStep step, DateTimeOffset end, bool isKind)
        {
            var key = (step.Job.Name, step.DueAt);
            var before = _ledger.GetValueOrDefault(key);
            Assert.True(before is null or { IsOpen: true }, $"{key} is begun though it is {before?.Outcome}.");
            Assert.True(step.DueAt <= _now);
            if (step.SkippedBecause is not null)
            {
                _ledger[key] = Run(step.Job.Name, step.DueAt, JobOutcome.Skipped) with { FinishedAt = _now };
                return;
            }

            _begun[key] = _now;
            var run = Run(step.Job.Name, step.DueAt, null) with { Attempt = (before?.Attempt ?? 0) + 1, StartedAt = _now };
            _ledger[key] = run;
            var ends = _now.AddMinutes(_random.Next(0, 20));
            if (ends >= end)
            {
                _now = end;
                return;
            }

            var fails = !isKind && _random.Next(4) == 0;
            _now = ends;
            _ledger[key] = run with
            {
                FinishedAt = ends,
                Outcome = !fails ? JobOutcome.Done : step.Job.Retries.After(run.Attempt) is null ? JobOutcome.Failed : JobOutcome.Retry,
            };
        }

        private void Judge()
        {
            foreach (var job in jobs)
            {
                var runs = _ledger.Values.Where(run => run.Job == job.Name).OrderBy(run => run.DueAt).ToArray();
                Assert.All(runs.Skip(1), run => Assert.Equal(run.DueAt, job.Schedule.Last(run.DueAt)));
                Assert.All(runs.SkipLast(1), run => Assert.False(run.IsOpen || run.Outcome is null, $"{run.Job} due {run.DueAt} was left {run.Outcome}."));
                Assert.True(runs[^1].DueAt >= _now.AddHours(-8), $"Of {job.Name} nothing came after {runs[^1].DueAt}.");
                foreach (var run in runs.Where(run => run.Outcome == JobOutcome.Done))
                {
                    Assert.All(job.After, before => Assert.Contains(_ledger.Values, other =>
                        other.Job == before && other.IsSuccess && other.FinishedAt <= _begun[(run.Job, run.DueAt)]
                        && other.DueAt >= jobs.Single(known => known.Name == before).Schedule.Last(run.DueAt)));
                }
            }
        }
    }
}
