using System.Data.Common;
using System.Globalization;

namespace Warehouse.Cubes.Serving;

/// <summary>Stops queries that hold more memory in the engine than they may.</summary>
/// <param name="database">Where it is asked how many bytes are held.</param>
/// <param name="held">Asks it.</param>
/// <param name="most">So many a query.</param>
/// <param name="time">The clock.</param>
internal sealed class MemoryWatch(DbDataSource database, Func<DbConnection, CancellationToken, Task<long>> held, long most, TimeProvider time)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    private int _running;

    /// <exception cref="QueryRefusedException">It held too much.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> query, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Interlocked.Increment(ref _running);
        try
        {
            var answer = query(stop.Token);
            var isOver = await HoldsTooMuchAsync(answer, cancellationToken);
            if (isOver)
            {
                await stop.CancelAsync();
            }

            try
            {
                return await answer;
            }
            catch (OperationCanceledException) when (isOver && !cancellationToken.IsCancellationRequested)
            {
                throw Refusal(null);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <summary>What the engine's own end of memory is to one who asks.</summary>
    public static QueryRefusedException OutOfMemory(DbException fault) =>
        new("The query needs more memory than the engine has. Ask for less, or in smaller parts.", QueryRefusal.TooMuchMemory, fault);

    private QueryRefusedException Refusal(Exception? cause) => new(
        string.Create(CultureInfo.InvariantCulture, $"The query held more than {most:#,##0} bytes, and was stopped. Ask for less, or in smaller parts."),
        QueryRefusal.TooMuchMemory,
        cause);

    /// <summary>Looks now and then until the answer is there. Most are there before the first look.</summary>
    private async Task<bool> HoldsTooMuchAsync(Task answer, CancellationToken cancellationToken)
    {
        if (await IsDoneAsync(answer, cancellationToken))
        {
            return false;
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        do
        {
            if (await held(connection, cancellationToken) > most * Math.Max(1, Volatile.Read(ref _running)))
            {
                return true;
            }
        }
        while (!await IsDoneAsync(answer, cancellationToken));
        return false;
    }

    private async Task<bool> IsDoneAsync(Task answer, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pause = Task.Delay(Between, time, waiting.Token);
        var isDone = await Task.WhenAny(answer, pause) == answer || cancellationToken.IsCancellationRequested;
        await waiting.CancelAsync();
        return isDone;
    }
}
