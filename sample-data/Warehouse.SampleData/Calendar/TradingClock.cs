namespace Warehouse.SampleData.Calendar;

/// <summary>
/// The clock that customers live by. Its unit is the trading week; it runs fast on busy days and stands still on
/// Christmas Day. Purchases are a plain Poisson process by this clock, whence seasonality by the calendar: the expected
/// number of orders of a day is proportional to the day's weight.
/// <para>Over the window [from, to) one trading week is one calendar week on average, exactly, so rates mean the same by
/// both clocks. The clock reads 0 at the midnight that begins the window, and is negative before.</para>
/// </summary>
internal sealed class TradingClock
{
    /// <summary>How far before the window the clock is known.</summary>
    public const int YearsBefore = 16;

    private static readonly double[] s_monthWeights =
        [0.84, 0.86, 0.94, 0.97, 1.00, 0.97, 0.95, 0.91, 0.96, 1.02, 1.22, 1.50];

    /// <summary>From Sunday to Saturday.</summary>
    private static readonly double[] s_weekdayWeights = [1.00, 0.85, 0.85, 0.90, 0.95, 1.10, 1.35];

    private readonly int _firstDay;
    private readonly double[] _weeksAtMidnight;

    public TradingClock(DateOnly from, DateOnly to)
    {
        From = from;
        To = to;
        _firstDay = from.AddYears(-YearsBefore).DayNumber;
        var days = to.DayNumber - _firstDay;
        var windowDays = to.DayNumber - from.DayNumber;

        var windowWeight = 0.0;
        for (var day = from.DayNumber; day < to.DayNumber; day++)
        {
            windowWeight += RawWeight(day);
        }

        var weekPerWeight = windowDays / 7.0 / windowWeight;
        _weeksAtMidnight = new double[days + 1];
        for (var i = 0; i < days; i++)
        {
            _weeksAtMidnight[i + 1] = _weeksAtMidnight[i] + (RawWeight(_firstDay + i) * weekPerWeight);
        }

        var zero = _weeksAtMidnight[from.DayNumber - _firstDay];
        for (var i = 0; i <= days; i++)
        {
            _weeksAtMidnight[i] -= zero;
        }

        End = _weeksAtMidnight[days];
    }

    public DateOnly From { get; }

    public DateOnly To { get; }

    /// <summary>The reading at the end of the window: its calendar length in weeks.</summary>
    public double End { get; }

    public DateOnly FirstDay => DateOnly.FromDayNumber(_firstDay);

    /// <summary>The reading at the midnight that begins a date in [<see cref="FirstDay"/>, <see cref="To"/>].</summary>
    public double AtMidnight(DateOnly date) => _weeksAtMidnight[date.DayNumber - _firstDay];

    /// <summary>The reading at a wall-clock instant before the end of the window; within a day the clock runs evenly.</summary>
    public double At(LocalTime time)
    {
        var i = time.DayNumber - _firstDay;
        var fraction = (double)time.SecondOfDay / LocalTime.SecondsPerDay;
        return _weeksAtMidnight[i] + (fraction * (_weeksAtMidnight[i + 1] - _weeksAtMidnight[i]));
    }

    /// <summary>The day of a reading in [first day, end), and how much of the day's trade has passed, in [0, 1).</summary>
    public (int DayNumber, double Fraction) Locate(double reading)
    {
        var found = Array.BinarySearch(_weeksAtMidnight, reading);
        var i = found >= 0 ? LastOfEqual(found) : ~found - 1;
        var length = _weeksAtMidnight[i + 1] - _weeksAtMidnight[i];
        return (_firstDay + i, Math.Min((reading - _weeksAtMidnight[i]) / length, 1 - 1e-12));
    }

    /// <summary>A day's weight against the average day of the window.</summary>
    public double DayWeight(DateOnly date) => (AtMidnight(date.AddDays(1)) - AtMidnight(date)) * 7;

    private int LastOfEqual(int i)
    {
        while (_weeksAtMidnight[i + 1] == _weeksAtMidnight[i])
        {
            i++;
        }

        return i;
    }

    private static double RawWeight(int dayNumber)
    {
        var date = DateOnly.FromDayNumber(dayNumber);
        if (date is { Month: 12, Day: 25 })
        {
            return 0;
        }

        // The Friday after the fourth Thursday of November.
        var isBlackFriday = date is { Month: 11, DayOfWeek: DayOfWeek.Friday, Day: >= 23 and <= 29 };
        var weight = s_monthWeights[date.Month - 1] * s_weekdayWeights[(int)date.DayOfWeek];
        return isBlackFriday ? weight * 1.8 : weight;
    }
}
