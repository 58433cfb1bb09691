using Warehouse.Pages.Asking;

namespace Warehouse.Pages.Jobs;

/// <summary>Long work that a page began. It goes on when the page is left.</summary>
public sealed class Work : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    internal Work(string title, string who, DateTimeOffset startedAt) => (Title, Who, StartedAt) = (title, who, startedAt);

    /// <summary>What is done.</summary>
    public string Title { get; }

    /// <summary>Who began it.</summary>
    public string Who { get; }

    public DateTimeOffset StartedAt { get; }

    /// <summary>When it ended; null while it goes on.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The last that was told of its steps.</summary>
    public string Step { get; private set; } = "";

    /// <summary>What came of it; null while it goes on, or where it could not be done.</summary>
    public Done? Result { get; private set; }

    /// <summary>Why it could not be done; null where it could.</summary>
    public AskProblem? Problem { get; private set; }

    public bool IsRunning => EndedAt is null;

    /// <summary>Whether it was stopped before its end.</summary>
    public bool IsStopped => _stop.IsCancellationRequested;

    /// <summary>Ends with the work, whatever came of it.</summary>
    public Task End { get; internal set; } = Task.CompletedTask;

    /// <summary>Something about it changed.</summary>
    public event EventHandler? Changed;

    /// <summary>Stops it; what was half done is taken back.</summary>
    public void Stop()
    {
        if (IsRunning)
        {
            _stop.Cancel();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    internal async Task RunAsync(Func<IProgress<string>, CancellationToken, Task<Done>> run, TimeProvider time)
    {
        try
        {
            Result = await run(new Told(this), _stop.Token);
        }
        catch (AskException fault)
        {
            Problem = fault.Problem;
        }
        catch (OperationCanceledException)
        {
            Problem = new AskProblem(0, "stopped", "It was stopped; nothing half-done remains.");
        }
        finally
        {
            EndedAt = time.GetUtcNow();
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    private void Tell(string step)
    {
        Step = step;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    private sealed class Told(Work work) : IProgress<string>
    {
        public void Report(string value) => work.Tell(value);
    }
}
