using System.Globalization;

namespace Warehouse.DuckDb;

/// <summary>A DuckDB DATE, which may be infinite and reaches years that <see cref="DateOnly"/> does not.</summary>
/// <param name="Days">Days since 1970-01-01; the two ends of the range stand for the infinities.</param>
public readonly record struct DuckDBDateOnly(int Days) : IComparable<DuckDBDateOnly>
{
    private static readonly int EpochDayNumber = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>The date after every other, <c>infinity</c> in SQL.</summary>
    public static DuckDBDateOnly PositiveInfinity => new(int.MaxValue);

    /// <summary>The date before every other, <c>-infinity</c> in SQL.</summary>
    public static DuckDBDateOnly NegativeInfinity => new(-int.MaxValue);

    /// <summary>Whether this is a date and not an infinity.</summary>
    public bool IsFinite => Days is not (int.MaxValue or -int.MaxValue);

    public static implicit operator DuckDBDateOnly(DateOnly date) => FromDateOnly(date);

    public static bool operator <(DuckDBDateOnly left, DuckDBDateOnly right) => left.Days < right.Days;

    public static bool operator >(DuckDBDateOnly left, DuckDBDateOnly right) => left.Days > right.Days;

    public static bool operator <=(DuckDBDateOnly left, DuckDBDateOnly right) => left.Days <= right.Days;

    public static bool operator >=(DuckDBDateOnly left, DuckDBDateOnly right) => left.Days >= right.Days;

    public static DuckDBDateOnly FromDateOnly(DateOnly date) => new(date.DayNumber - EpochDayNumber);

    /// <exception cref="OverflowException">It is infinite, or not in the years 1 to 9999.</exception>
    public DateOnly ToDateOnly()
    {
        var dayNumber = (long)Days + EpochDayNumber;
        return dayNumber >= 0 && dayNumber <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber((int)dayNumber)
            : throw new OverflowException($"The date {this} is beyond what {nameof(DateOnly)} holds; read it as {nameof(DuckDBDateOnly)}.");
    }

    /// <inheritdoc/>
    public int CompareTo(DuckDBDateOnly other) => Days.CompareTo(other.Days);

    /// <inheritdoc/>
    public override string ToString() => Days switch
    {
        int.MaxValue => "infinity",
        -int.MaxValue => "-infinity",
        _ when Days >= -EpochDayNumber && Days <= DateOnly.MaxValue.DayNumber - EpochDayNumber =>
            ToDateOnly().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"1970-01-01 {Days:+0;-0} days"),
    };
}
