using System.Diagnostics;
using Warehouse.DuckDb.Native;

namespace Warehouse.DuckDb.Execution;

/// <summary>
/// What may stop a command while the engine works for it: its token, its time-out, or <see cref="DuckDBCommand.Cancel"/>.
/// </summary>
/// <remarks>
/// The engine forgets an interrupt that comes before it has begun with a statement, so once one is due it is
/// repeated until the engine has come back.
/// </remarks>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Repeat = TimeSpan.FromMilliseconds(2);

    private readonly Lock _gate = new();
    private readonly ConnectionHandle _connection;
    private readonly TimeSpan _limit;
    private TimeSpan _worked;
    private long _began;
    private bool _working;
    private InterruptReason _reason;
    private CancellationToken _token;
    private CancellationTokenRegistration _registration;
    private Timer? _deadline;
    private Timer? _repeater;

    /// <param name="connection">Where the command runs.</param>
    /// <param name="limit">How long the engine may work for the command in all; zero for as long as it takes.</param>
    public Interruption(ConnectionHandle connection, TimeSpan limit)
    {
        _connection = connection;
        _limit = limit;
    }

    /// <summary>Before the engine is called.</summary>
    /// <exception cref="OperationCanceledException">The command has been cancelled already.</exception>
    public void Begin(CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_reason == InterruptReason.Cancel)
            {
                throw new OperationCanceledException("The command was cancelled.");
            }

            _connection.DangerousAddRef(ref _working);
            _token = token;
            _began = Stopwatch.GetTimestamp();
            if (_limit > TimeSpan.Zero)
            {
                var left = _limit - _worked;
                _deadline ??= new Timer(static self => ((Interruption)self!).Interrupt(InterruptReason.Timeout), this, Timeout.Infinite, Timeout.Infinite);
                _deadline.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }

        if (token.CanBeCanceled)
        {
            _registration = token.UnsafeRegister(static self => ((Interruption)self!).Interrupt(InterruptReason.Token), this);
        }
    }

    /// <summary>After the engine has come back, however it came back.</summary>
    public void End()
    {
        lock (_gate)
        {
            _working = false;
            _connection.DangerousRelease();
            _worked += Stopwatch.GetElapsedTime(_began);
            _deadline?.Change(Timeout.Infinite, Timeout.Infinite);
            _repeater?.Change(Timeout.Infinite, Timeout.Infinite);
        }

        _registration.Dispose();
        _registration = default;
    }

    /// <summary>Stops the command's work, now or at its next call to the engine.</summary>
    public void Interrupt(InterruptReason reason)
    {
        lock (_gate)
        {
            if (_reason == InterruptReason.None && (_working || reason == InterruptReason.Cancel))
            {
                _reason = reason;
            }

            if (_working)
            {
                NativeMethods.duckdb_interrupt(_connection.DangerousGetHandle());
                _repeater ??= new Timer(static self => ((Interruption)self!).Again(), this, Timeout.Infinite, Timeout.Infinite);
                _repeater.Change(Repeat, Repeat);
            }
        }
    }

    /// <summary>The exception that callers see: who stopped the command matters, not that the engine was interrupted.</summary>
    public Exception Translate(DuckDBException fault) => fault.ErrorKind != DuckDBErrorKind.Interrupt
        ? fault
        : _reason switch
        {
            InterruptReason.Token => new OperationCanceledException("The command was cancelled.", fault, _token),
            InterruptReason.Cancel => new OperationCanceledException("The command was cancelled.", fault),
            InterruptReason.Timeout => new DuckDBException(
                DuckDBErrorKind.Timeout,
                $"The command was stopped after its time-out of {_limit.TotalSeconds} seconds.",
                new TimeoutException(fault.Message, fault)),
            _ => new DuckDBException(
                DuckDBErrorKind.Executor,
                "The statement failed in one of the engine's threads, and the engine lost the reason, as DuckDB 1.5 now and then does "
                + "with rows that are read while it works: it says that it was interrupted, which it was not. Running the statement again shows the reason.",
                fault),
        };

    public void Dispose()
    {
        _registration.Dispose();
        _deadline?.Dispose();
        _repeater?.Dispose();
    }

    private void Again()
    {
        lock (_gate)
        {
            if (_working)
            {
                NativeMethods.duckdb_interrupt(_connection.DangerousGetHandle());
            }
        }
    }
}
