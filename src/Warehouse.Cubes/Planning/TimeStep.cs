using System.Globalization;
using Warehouse.Cubes.Expressions;
using Calendar = Warehouse.Cubes.Expressions.Calendar;

namespace Warehouse.Cubes.Planning;

internal enum TimeStepKind
{
    /// <summary>So many units earlier.</summary>
    Shift,

    /// <summary>From the beginning of the unit that holds the stretch's last day.</summary>
    ToDate,

    /// <summary>So many units up to the stretch's end.</summary>
    Rolling,

    /// <summary>From the first day of all, whatever the query leaves out.</summary>
    Cumulative,

    /// <summary>A stretch of its own, whatever the row's.</summary>
    Fixed,
}

/// <summary>One change of a stretch of time.</summary>
internal sealed record TimeStep(TimeStepKind Kind, TimeUnit Unit = TimeUnit.Day, int Count = 1)
{
    /// <summary>The stretch of <see cref="TimeStepKind.Fixed"/>.</summary>
    public (DateOnly From, DateOnly To) Stretch { get; init; }

    /// <summary>The step in words.</summary>
    public override string ToString() => Kind switch
    {
        TimeStepKind.Shift => FormattableString.Invariant($"{Count} {Unit.Text()} earlier"),
        TimeStepKind.ToDate => $"from the beginning of the {Unit.Text()}",
        TimeStepKind.Rolling => FormattableString.Invariant($"the last {Count} {Unit.Text()}"),
        TimeStepKind.Cumulative => "from the first day of all",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Stretch.From:yyyy-MM-dd} to {Stretch.To.AddDays(-1):yyyy-MM-dd}"),
    };

    /// <param name="stretch">What is changed, [from, to).</param>
    /// <param name="unit">The unit that rows are by; null where they are by no unit of time.</param>
    /// <param name="calendar">The dimension's.</param>
    /// <returns>Null where there is no counterpart: week 53 in a year of 52.</returns>
    public (DateOnly From, DateOnly To)? Apply(
        (DateOnly From, DateOnly To) stretch, TimeUnit? unit, Calendar calendar) => Kind switch
        {
            TimeStepKind.Shift when unit == TimeUnit.Week && Unit is TimeUnit.Year => WeekOfYear(stretch),
            TimeStepKind.Shift => Shifted(stretch),
            TimeStepKind.ToDate => (calendar.Start(stretch.To.AddDays(-1), Unit), stretch.To),
            TimeStepKind.Rolling => (Back(stretch.To), stretch.To),
            TimeStepKind.Cumulative => (DateOnly.MinValue, stretch.To),
            _ => Stretch,
        };

    /// <summary>
    /// Whole months move as whole months. Any other stretch moves by its first and its last day, so that one day stays one day:
    /// 28 February has 28 February a year before, also in a leap year.
    /// </summary>
    private (DateOnly From, DateOnly To) Shifted((DateOnly From, DateOnly To) stretch)
    {
        var isWholeMonths = stretch.From.Day == 1 && stretch.To.Day == 1;
        return isWholeMonths
            ? (Calendar.Add(stretch.From, Unit, -Count), Calendar.Add(stretch.To, Unit, -Count))
            : (Calendar.Add(stretch.From, Unit, -Count), Calendar.Add(stretch.To.AddDays(-1), Unit, -Count).AddDays(1));
    }

    /// <summary>The week of the same number, so many ISO years before.</summary>
    private (DateOnly From, DateOnly To)? WeekOfYear((DateOnly From, DateOnly To) stretch)
    {
        var day = stretch.From.ToDateTime(default);
        var year = ISOWeek.GetYear(day) - Count;
        var week = ISOWeek.GetWeekOfYear(day);
        if (week > ISOWeek.GetWeeksInYear(year))
        {
            return null;
        }

        var moved = stretch.From.DayNumber - DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, day.DayOfWeek)).DayNumber;
        return (stretch.From.AddDays(-moved), stretch.To.AddDays(-moved));
    }

    /// <summary>The first day of so many units that end with a day. A month that ends with its last day begins with its first.</summary>
    private DateOnly Back(DateOnly to) => Calendar.Add(to, Unit, -Count);
}
