namespace Warehouse.Cubes.Serving;

/// <summary>Lets queries run as far as the limits allow, in the order in which they came.</summary>
internal sealed class Admission(QueryLimits limits, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private int _running;

    /// <exception cref="QueryRefusedException">Too many wait already, or it ran too long.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> query, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        try
        {
            using var limit = new CancellationTokenSource(limits.LongestRun, time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            try
            {
                return await query(stop.Token);
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new QueryRefusedException($"The query ran longer than {limits.LongestRun}, and was stopped. Ask for less, or in smaller parts.", QueryRefusal.TooLong);
            }
        }
        finally
        {
            Leave();
        }
    }

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource> turn;
        lock (_gate)
        {
            if (_running < limits.MostAtOnce)
            {
                _running++;
                return;
            }

            if (_waiting.Count >= limits.MostWaiting)
            {
                throw new QueryRefusedException(FormattableString.Invariant($"{limits.MostWaiting} queries wait already. Ask again later."), QueryRefusal.TooManyWaiting);
            }

            turn = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await using (cancellationToken.Register(() => GiveUp(turn, cancellationToken)))
        {
            await turn.Value.Task;
        }
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource> turn, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (turn.List is not null)
            {
                _waiting.Remove(turn);
                turn.Value.SetCanceled(cancellationToken);
            }
        }
    }

    /// <summary>The place goes to the one who has waited longest.</summary>
    private void Leave()
    {
        lock (_gate)
        {
            if (_waiting.First is not { } next)
            {
                _running--;
                return;
            }

            _waiting.RemoveFirst();
            next.Value.SetResult();
        }
    }
}
