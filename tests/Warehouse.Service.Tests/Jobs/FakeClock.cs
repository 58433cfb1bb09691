namespace Warehouse.Service.Tests.Jobs;

/// <summary>A clock that stands still until it is moved; then the timers that are due by it fire, the earliest first.</summary>
internal sealed class FakeClock(DateTimeOffset now) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private DateTimeOffset _now = now;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        alarm.Change(dueTime, period);
        return alarm;
    }

    public void MoveTo(DateTimeOffset instant)
    {
        while (Next(instant) is { } alarm)
        {
            alarm.Fire();
        }
    }

    public void Move(TimeSpan by) => MoveTo(GetUtcNow() + by);

    private Alarm? Next(DateTimeOffset until)
    {
        lock (_gate)
        {
            var alarm = _alarms.Where(alarm => alarm.At <= until).MinBy(alarm => alarm.At);
            _now = alarm is null ? until : alarm.At > _now ? alarm.At : _now;
            if (alarm is not null)
            {
                _alarms.Remove(alarm);
            }

            return alarm;
        }
    }

    /// <summary>Rings once.</summary>
    private sealed class Alarm(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset At { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._alarms.Remove(this);
                if (dueTime >= TimeSpan.Zero)
                {
                    At = clock._now + dueTime;
                    clock._alarms.Add(this);
                }
            }

            return true;
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._alarms.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
