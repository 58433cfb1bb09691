using System.Diagnostics;
using System.Diagnostics.Metrics;
using Warehouse.Service.Api;
using Warehouse.Store;

namespace Warehouse.Service.Operations;

/// <summary>What the service counts of itself, beside what the web server counts of requests.</summary>
internal sealed class ServiceMeter
{
    /// <summary>The name of its meter and of its traces.</summary>
    public const string Name = "Warehouse.Service";

    private readonly Counter<long> _jobs;
    private readonly Histogram<double> _jobSeconds;

    public ServiceMeter(IMeterFactory meters, RunningDatabase database, AnswerCache answers, TimeProvider time)
    {
        var meter = meters.Create(Name);
        meter.CreateObservableGauge("warehouse.generation", () => database.Latest.Number, null, "The newest generation.");
        meter.CreateObservableGauge("warehouse.generation.age", () => (time.GetUtcNow() - database.Latest.PublishedAt).TotalSeconds, "s", "How long ago it was published.");
        meter.CreateObservableCounter("warehouse.writes", () => database.Changes, null, "How often anything was written since the start.");
        meter.CreateObservableCounter("warehouse.cache.hits", () => answers.Hits, null, "Answers that were kept from before.");
        meter.CreateObservableCounter("warehouse.cache.misses", () => answers.Misses, null, "Answers that were not, and could have been.");
        _jobs = meter.CreateCounter<long>("warehouse.job.runs", null, "Runs of jobs that ended.");
        _jobSeconds = meter.CreateHistogram<double>("warehouse.job.duration", "s", "How long runs of jobs took.");
    }

    /// <summary>The stages of what the service does, for those who trace it.</summary>
    public static ActivitySource Traces { get; } = new(Name);

    /// <summary>Counts a run of a job.</summary>
    public void JobEnded(string job, string outcome, TimeSpan took)
    {
        _jobs.Add(1, new("job", job), new("outcome", outcome));
        _jobSeconds.Record(took.TotalSeconds, new KeyValuePair<string, object?>("job", job));
    }
}
