using Warehouse.Store;

namespace Warehouse.Service.Jobs;

/// <summary>A run that has to be begun now, or noted as one that will not be.</summary>
/// <param name="Job">The job.</param>
/// <param name="DueAt">When it was due.</param>
/// <param name="SkippedBecause">Why it is not run; null where it is.</param>
/// <param name="Note">What its log begins with.</param>
internal sealed record JobStep(JobDefinition Job, DateTimeOffset DueAt, string? SkippedBecause, string Note);

/// <summary>What follows at an instant from the definitions and the ledger: nothing else is known, and nothing else is needed.</summary>
internal sealed class JobPlan
{
    private readonly Dictionary<string, JobDefinition> _jobs;
    private readonly ILookup<string, JobRun> _runs;
    private readonly DateTimeOffset _watchedFrom;
    private readonly DateTimeOffset _now;

    /// <param name="jobs">The jobs.</param>
    /// <param name="current">The newest run of each by the clock, and those still open.</param>
    /// <param name="watchedFrom">Since when this process runs jobs.</param>
    /// <param name="now">The instant.</param>
    public JobPlan(IReadOnlyList<JobDefinition> jobs, IReadOnlyList<JobRun> current, DateTimeOffset watchedFrom, DateTimeOffset now)
    {
        _jobs = jobs.ToDictionary(job => job.Name, StringComparer.Ordinal);
        _runs = current.Where(run => !run.IsByHand).ToLookup(run => run.Job, StringComparer.Ordinal);
        (_watchedFrom, _now) = (watchedFrom, now);
        Steps = [.. jobs.Select(StepOf).OfType<JobStep>().OrderBy(step => step.DueAt)];
    }

    /// <summary>What to do now, what was due first before the rest.</summary>
    public IReadOnlyList<JobStep> Steps { get; }

    /// <summary>When the next job is due, or tried again; null for never.</summary>
    public DateTimeOffset? NextAt { get; private set; }

    private JobStep? StepOf(JobDefinition job)
    {
        if (_runs[job.Name].FirstOrDefault(run => run.IsOpen) is { } open)
        {
            return Again(job, open);
        }

        var newest = _runs[job.Name].LastOrDefault();
        if (newest is null || newest.Outcome is null)
        {
            return null;
        }

        Note(job.Schedule.Next(_now));
        var (last, count) = (default(DateTimeOffset), 0);
        foreach (var due in job.Schedule.Between(newest.DueAt, _now))
        {
            (last, count) = (due, count + 1);
        }

        if (count == 0)
        {
            return null;
        }

        if (job.Misfire == Misfire.Skip && (last < _watchedFrom || last < newest.FinishedAt))
        {
            return new JobStep(job, last, last < _watchedFrom ? "No service ran when it was due." : "It was still at work when it was due.", "");
        }

        return After(job, last, count == 1 ? "" : FormattableString.Invariant($"It stands for {count} due times at which nothing could be run.\n"));
    }

    private JobStep? Again(JobDefinition job, JobRun open)
    {
        var from = open.Outcome == JobOutcome.Retry ? open.FinishedAt + (job.Retries.After(open.Attempt) ?? TimeSpan.Zero) : open.FinishedAt;
        if (from > _now)
        {
            Note(from);
            return null;
        }

        return new JobStep(job, open.DueAt, null, FormattableString.Invariant($"Attempt {open.Attempt + 1}:\n"));
    }

    /// <summary>A job that follows others waits for what they ran at the same due time, or last before it.</summary>
    private JobStep? After(JobDefinition job, DateTimeOffset due, string note)
    {
        foreach (var before in job.After)
        {
            var awaited = _jobs[before].Schedule.Last(due);
            var newest = _runs[before].LastOrDefault();
            if (awaited is null || newest is null || newest.DueAt < awaited || newest.Outcome is null || newest.IsOpen)
            {
                return null;
            }

            if (!newest.IsSuccess)
            {
                return new JobStep(job, due, newest.Outcome == JobOutcome.Known ? $"{before} was not run for this due time." : $"{before} did not succeed: {newest.Outcome}.", "");
            }
        }

        return new JobStep(job, due, null, note);
    }

    private void Note(DateTimeOffset? at) => NextAt = NextAt is { } known && known <= at ? known : at ?? NextAt;
}
