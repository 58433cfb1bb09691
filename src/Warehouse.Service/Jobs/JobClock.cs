using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Warehouse.Definitions;
using Warehouse.Service.Operations;
using Warehouse.Store;
using Warehouse.Verbs.Jobs;

namespace Warehouse.Service.Jobs;

/// <summary>
/// Runs the jobs of the workspace when they are due, one at a time, the one due first before others. What was due and done it knows
/// from the ledger alone, so that any end of the process leaves nothing out and does nothing twice.
/// </summary>
internal sealed partial class JobClock(Workspace workspace, JobRunner runner, ServiceMeter meter, TimeProvider time, ILogger<JobClock> log) : BackgroundService
{
    private static readonly TimeSpan WhileWaiting = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);
    private readonly IReadOnlyList<JobDefinition> _jobs = workspace.Definition.Jobs;
    private DateTimeOffset _watchedFrom;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var ledger = new JobLedger(workspace, time);
        _watchedFrom = time.GetUtcNow();
        var isReady = false;
        while (_jobs.Count > 0)
        {
            try
            {
                if (!isReady)
                {
                    await ledger.RecoverAsync(stoppingToken);
                    await ledger.IntroduceAsync(_jobs, stoppingToken);
                    isReady = true;
                }

                await Task.Delay(await TurnAsync(ledger, stoppingToken), time, stoppingToken);
            }
            catch (Exception fault) when (fault is DbException or UserFaultException or IOException)
            {
                // The ledger cannot be written: what stands in it as at work may have ended, and is done again when it can.
                LedgerRefused(log, fault);
                isReady = false;
                await Task.Delay(LongestSleep, time, stoppingToken);
            }
        }
    }

    /// <summary>Begins what has to be begun now, one run, and says how long to sleep.</summary>
    private async Task<TimeSpan> TurnAsync(JobLedger ledger, CancellationToken stop)
    {
        var plan = new JobPlan(_jobs, await ledger.CurrentAsync(stop), _watchedFrom, time.GetUtcNow());
        foreach (var step in plan.Steps)
        {
            if (await TakeAsync(ledger, step, stop))
            {
                return TimeSpan.Zero;
            }
        }

        return Sleep(plan);
    }

    /// <summary>Takes a step, and says whether the plan is another one now.</summary>
    private async Task<bool> TakeAsync(JobLedger ledger, JobStep step, CancellationToken stop)
    {
        if (step.SkippedBecause is { } reason)
        {
            await ledger.SkipAsync(step.Job, step.DueAt, reason, stop);
            JobSkipped(log, step.Job.Name, step.DueAt, reason);
            return true;
        }

        var (run, isBegun) = await ledger.BeginAsync(step.Job, step.DueAt, step.Note, stop);
        if (!isBegun)
        {
            return false;
        }

        JobBegun(log, run.Job, run.DueAt, run.Attempt);
        using var trace = ServiceMeter.Traces.StartActivity($"job {run.Job}");
        var began = time.GetTimestamp();
        var (outcome, _) = await runner.RunAsync(ledger, step.Job, run, stop);
        trace?.SetTag("job.outcome", outcome).SetTag("job.attempt", run.Attempt);
        meter.JobEnded(run.Job, outcome, time.GetElapsedTime(began));
        JobEnded(log, run.Job, run.DueAt, outcome);
        return true;
    }

    private TimeSpan Sleep(JobPlan plan)
    {
        if (plan.Steps.Count > 0)
        {
            return WhileWaiting;
        }

        var wait = plan.NextAt is { } next ? next - time.GetUtcNow() : LongestSleep;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestSleep ? wait : LongestSleep;
    }

    [LoggerMessage(1, LogLevel.Information, "{Job} due {DueAt} is begun, attempt {Attempt}")]
    private static partial void JobBegun(ILogger log, string job, DateTimeOffset dueAt, int attempt);

    [LoggerMessage(2, LogLevel.Information, "{Job} due {DueAt} ended: {Outcome}")]
    private static partial void JobEnded(ILogger log, string job, DateTimeOffset dueAt, string outcome);

    [LoggerMessage(3, LogLevel.Warning, "{Job} due {DueAt} is not run: {Reason}")]
    private static partial void JobSkipped(ILogger log, string job, DateTimeOffset dueAt, string reason);

    [LoggerMessage(4, LogLevel.Error, "The ledger of jobs refuses")]
    private static partial void LedgerRefused(ILogger log, Exception fault);
}
