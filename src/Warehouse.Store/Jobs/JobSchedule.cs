using Quartz;
using Warehouse.Definitions;

namespace Warehouse.Store;

/// <summary>
/// The instants at which a job is due. They follow from the definition alone, so that every process finds the same ones: a cron
/// expression's in its time zone, or each whole multiple of a length of time since 1970-01-01 in UTC.
/// </summary>
/// <remarks>
/// Where clocks are put forward, a time of the day that is left out is due once, when clocks go on; where they are put back, a
/// time of the day that comes twice is due once, and what is due each so many minutes or hours stays so.
/// </remarks>
public sealed class JobSchedule
{
    private static readonly TimeSpan[] LooksBack = [TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromDays(8), TimeSpan.FromDays(63), TimeSpan.FromDays(1_500)];
    private static readonly TimeSpan BeforeTheFirst = TimeSpan.FromHours(3);
    private readonly CronExpression? _cron;
    private readonly TimeSpan _every;

    private JobSchedule(string text, CronExpression? cron, TimeSpan every) => (Text, _cron, _every) = (text, cron, every);

    /// <summary>It as it is written, with its time zone where it has one.</summary>
    public string Text { get; }

    /// <summary>The first due time after an instant; null where there is none any more.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => _cron is { } cron
        ? NextOf(cron, after)
        : new DateTimeOffset(((after.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / _every.Ticks * _every.Ticks) + _every.Ticks + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);

    /// <summary>The due times after one instant, up to and with another one.</summary>
    public IEnumerable<DateTimeOffset> Between(DateTimeOffset after, DateTimeOffset until)
    {
        for (var due = Next(after); due is { } at && at <= until; due = Next(at))
        {
            yield return at;
        }
    }

    /// <summary>The last due time at or before an instant; null where there was none in the four years before it.</summary>
    public DateTimeOffset? Last(DateTimeOffset until)
    {
        foreach (var back in LooksBack)
        {
            DateTimeOffset? last = null;
            foreach (var due in Between(until - back, until))
            {
                last = due;
            }

            if (last is not null)
            {
                return last;
            }
        }

        return null;
    }

    /// <summary>
    /// What is asked for within the time that comes twice, the second time, is sought from before the first: else what was due then
    /// would be due again.
    /// </summary>
    private static DateTimeOffset? NextOf(CronExpression cron, DateTimeOffset after)
    {
        var local = TimeZoneInfo.ConvertTime(after, cron.TimeZone);
        var isSecond = cron.TimeZone.IsAmbiguousTime(local.DateTime) && local.Offset == cron.TimeZone.GetAmbiguousTimeOffsets(local.DateTime).Min();
        var next = cron.GetNextValidTimeAfter(isSecond ? after - BeforeTheFirst : after);
        while (next <= after)
        {
            next = cron.GetNextValidTimeAfter(next.Value);
        }

        return next?.ToUniversalTime();
    }

    internal static JobSchedule At(DefinitionText text, TimeZoneInfo zone)
    {
        var format = text.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > 5 ? CronFormat.Quartz : CronFormat.Unix;
        try
        {
            return new JobSchedule($"{text} {zone.Id}", CronExpression.Parse(text.Text, format).WithTimeZone(zone), default);
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            text.Fault(
                $"\"{text}\" is no cron expression (minute hour day-of-month month day-of-week, such as \"30 2 * * *\" for half past two each night): {wrong.Message}");
            return new JobSchedule(text.Text, null, TimeSpan.FromDays(1));
        }
    }

    internal static JobSchedule Every(DefinitionText text) => new($"every {text}", null, JobSpan.Read(text));
}
