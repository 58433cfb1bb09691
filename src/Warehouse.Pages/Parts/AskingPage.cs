using Microsoft.AspNetCore.Components;
using Warehouse.Pages.Asking;

namespace Warehouse.Pages.Parts;

/// <summary>A page, or a part of one, that asks the service and says so while it does: busy, or why it was not answered.</summary>
public abstract class AskingPage : ComponentBase, IDisposable
{
    private CancellationTokenSource _stop = new();

    [Inject]
    protected Answers Answers { get; set; } = null!;

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
