using System.Globalization;

namespace Warehouse.Models.Churn;

/// <summary>
/// The date that churn is looked at from. Everything before its first instant, in the workspace's time zone, was known
/// and may be used; the horizon begins with it: [date, date + H days).
/// </summary>
public sealed record ChurnDate
{
    /// <summary>Makes a date of a workspace.</summary>
    public ChurnDate(DateOnly date, TimeZoneInfo zone) => (Date, Zone, KnownBefore) = (date, zone, FirstInstant(date, zone));

    /// <summary>The first date of the horizon.</summary>
    public DateOnly Date { get; }

    /// <summary>Only what was recorded before this instant is known.</summary>
    public DateTimeOffset KnownBefore { get; }

    /// <summary>The zone that dates are of.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>The date so many days later or, below zero, earlier.</summary>
    public ChurnDate AddDays(int days) => new(Date.AddDays(days), Zone);

    /// <inheritdoc/>
    public override string ToString() => Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset FirstInstant(DateOnly date, TimeZoneInfo zone)
    {
        var midnight = date.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset);
    }
}
