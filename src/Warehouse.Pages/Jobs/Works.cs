using System.Collections.Concurrent;
using Warehouse.Pages.Asking;

namespace Warehouse.Pages.Jobs;

/// <summary>The work that pages began in this service, the newest first; what ended a day ago is forgotten.</summary>
public sealed class Works(TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private readonly ConcurrentDictionary<Work, bool> _works = new();

    public IReadOnlyList<Work> All => [.. _works.Keys.OrderByDescending(work => work.StartedAt)];

    /// <summary>Begins work.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="who">Who begins it.</param>
    /// <param name="run">Does it: tells its steps, and can be stopped.</param>
    public Work Begin(string title, string who, Func<IProgress<string>, CancellationToken, Task<Done>> run)
    {
        foreach (var old in _works.Keys.Where(work => work.EndedAt + Kept < time.GetUtcNow()))
        {
            _works.TryRemove(old, out _);
            old.Dispose();
        }

        var work = new Work(title, who, time.GetUtcNow());
        work.End = Task.Run(() => work.RunAsync(run, time));
        _works.TryAdd(work, true);
        return work;
    }
}
