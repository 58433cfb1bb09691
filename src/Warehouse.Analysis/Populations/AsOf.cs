using System.Data.Common;
using System.Globalization;
using Warehouse.Store;

namespace Warehouse.Analysis.Populations;

/// <summary>
/// The date that an answer is given for. As of date D an analysis uses what happened on D or before it, D included,
/// and was recorded before the first instant of D + 1 in the workspace's time zone.
/// </summary>
public sealed record AsOf
{
    private AsOf(DateOnly date, TimeZoneInfo zone, bool hasHindsight) =>
        (Date, End, Zone, HasHindsight) = (date, EndIn(zone, date), zone.Id, hasHindsight);

    /// <summary>The last business date whose facts count.</summary>
    public DateOnly Date { get; }

    /// <summary>The first instant after the date, exclusive.</summary>
    public DateTimeOffset End { get; }

    /// <summary>The name of the time zone in which the date ends.</summary>
    internal string Zone { get; }

    /// <summary>Whether facts count that happened by the date and were recorded later.</summary>
    public bool HasHindsight { get; }

    /// <summary>Only what was recorded before this instant counts.</summary>
    public DateTimeOffset KnownBefore => HasHindsight ? DateTimeOffset.MaxValue : End;

    /// <summary>What was known at the end of a date.</summary>
    public static AsOf EndOf(DateOnly date, TimeZoneInfo zone) => new(date, zone, hasHindsight: false);

    /// <summary>What had happened by the end of a date, as far as it is known today.</summary>
    public static AsOf EndOfWithHindsight(DateOnly date, TimeZoneInfo zone) => new(date, zone, hasHindsight: true);

    /// <summary>
    /// The latest date there is an answer for: that of the last sale to a known customer which is not dated after
    /// today, with all that is known now; today where there is no sale.
    /// </summary>
    public static async Task<AsOf> LatestAsync(
        DbConnection connection, TimeZoneInfo zone, TimeProvider time, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime);
        var sql = SqlFile.Read(typeof(AsOf), "Populations/latest_sale.sql");
        var last = await connection.RowsAsync(sql, row => row.ValueOrNull<DateOnly>(0), cancellationToken, ("today", today));
        return EndOfWithHindsight(last[0] ?? today, zone);
    }

    /// <summary>The date, and what was known of it, in words.</summary>
    public override string ToString() => HasHindsight
        ? string.Create(CultureInfo.InvariantCulture, $"as of {Date:yyyy-MM-dd}, with all that is known now")
        : string.Create(CultureInfo.InvariantCulture, $"as of {Date:yyyy-MM-dd}, as recorded before {End:yyyy-MM-dd HH:mm:ss zzz}");

    private static DateTimeOffset EndIn(TimeZoneInfo zone, DateOnly date)
    {
        if (date == DateOnly.MaxValue)
        {
            return DateTimeOffset.MaxValue;
        }

        var midnight = date.AddDays(1).ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(1);
        }

        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset);
    }
}
