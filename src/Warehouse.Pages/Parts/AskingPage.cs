using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Warehouse.Pages.Asking;
using Warehouse.Pages.Jobs;

namespace Warehouse.Pages.Parts;

/// <summary>A page, or a part of one, that asks the service and says so while it does: busy, or why it was not answered.</summary>
public abstract class AskingPage : ComponentBase, IDisposable
{
    private CancellationTokenSource _stop = new();

    [Inject]
    protected Answers Answers { get; set; } = null!;

    [Inject]
    private Works Works { get; set; } = null!;

    [Inject]
    private AuthenticationStateProvider Visitor { get; set; } = null!;

    /// <summary>Whether an answer is waited for.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Why the last question was not answered; null where it was.</summary>
    public AskProblem? Problem { get; private set; }

    /// <summary>Asks, in place of what was asked before and not answered yet. What was shown stays until the answer is there.</summary>
    public async Task AskAsync(Func<CancellationToken, Task> ask)
    {
        ArgumentNullException.ThrowIfNull(ask);
        var before = _stop;
        var mine = _stop = new CancellationTokenSource();
        await before.CancelAsync();
        before.Dispose();
        (IsBusy, Problem) = (true, null);
        StateHasChanged();
        try
        {
            await ask(mine.Token);
        }
        catch (AskException fault)
        {
            Problem = fault.Problem;
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            if (_stop == mine)
            {
                IsBusy = false;
                StateHasChanged();
            }
        }
    }

    /// <summary>Has something done that goes on when the page is left; the page of jobs shows how far it is.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="said">What is said to it.</param>
    /// <param name="stop">Stops the waiting, not the work.</param>
    /// <exception cref="AskException">It was not done.</exception>
    protected async Task<Done> DoAsync(string title, string verb, Said said, CancellationToken stop)
    {
        var who = (await Visitor.GetAuthenticationStateAsync()).User.Identity!.Name!;
        var work = Works.Begin(title, who, (follower, end) => Answers.DoAsync(verb, said, end, follower));
        await work.End.WaitAsync(stop);
        return work.Problem is { } problem ? throw new AskException(problem) : work.Result!;
    }

    /// <summary>Has something done that goes on when the page is left, then reads the page anew.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="said">What is said to it.</param>
    /// <param name="read">Reads the page anew, when it was done.</param>
    /// <returns>What came of it; null where it was not done, and <see cref="Problem"/> says why.</returns>
    protected async Task<Done?> DoAsync(string title, string verb, Said said, Func<Task> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        Done? done = null;
        await AskAsync(async stop => done = await DoAsync(title, verb, said, stop));
        if (done is not null)
        {
            await read();
        }

        return done;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing)
    {
        _stop.Cancel();
        _stop.Dispose();
    }
}
