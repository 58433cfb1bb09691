using Warehouse.Cubes.Results;

namespace Warehouse.Cubes.Serving;

/// <summary>One answer that is being computed, and those who wait for it. It is given up when the last of them has.</summary>
internal sealed class Flight : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lazy<Task<CubeResult>> _answer;
    private int _waiting;

    public Flight(Func<CancellationToken, Task<CubeResult>> compute) =>
        _answer = new Lazy<Task<CubeResult>>(() => compute(_stop.Token), LazyThreadSafetyMode.ExecutionAndPublication);

    /// <summary>Joins those who wait; false where the last of them has just left.</summary>
    public bool TryJoin()
    {
        lock (_stop)
        {
            if (_waiting < 0)
            {
                return false;
            }

            _waiting++;
            return true;
        }
    }

    public async Task<CubeResult> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _answer.Value.WaitAsync(cancellationToken);
        }
        finally
        {
            Leave();
        }
    }

    public void Dispose() => _stop.Dispose();

    private void Leave()
    {
        lock (_stop)
        {
            if (--_waiting > 0)
            {
                return;
            }

            _waiting = -1;
        }

        if (!_answer.Value.IsCompleted)
        {
            _stop.Cancel();
        }
    }
}
