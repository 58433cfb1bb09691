namespace Warehouse.DuckDb.Appending;

/// <summary>Dates, times and instants. A clock reading is never taken for an instant, nor an instant for a clock reading.</summary>
internal static class TimeWriter
{
    private const long NanosecondsPerMicrosecond = 1000;
    private const long MicrosecondsPerMillisecond = 1000;
    private const long MicrosecondsPerSecond = 1_000_000;

    public static void Date(ColumnWriter column, long row, DateOnly value)
    {
        switch (column.Type.Id)
        {
            case DuckDBType.Date: column.Put(row, DuckDBDateOnly.FromDateOnly(value)); break;
            case DuckDBType.Timestamp: Timestamp(column, row, DuckDBTimestamp.FromDateTime(value.ToDateTime(TimeOnly.MinValue))); break;
            default: throw ValueWriter.CannotWrite(column, typeof(DateOnly));
        }
    }

    public static void Time(ColumnWriter column, long row, DuckDBTimeOnly value)
    {
        switch (column.Type.Id)
        {
            case DuckDBType.Time: column.Put(row, value.Nanoseconds / NanosecondsPerMicrosecond); break;
            case DuckDBType.TimeNs: column.Put(row, value.Nanoseconds); break;
            default: throw ValueWriter.CannotWrite(column, typeof(TimeOnly));
        }
    }

    public static void TimeTz(ColumnWriter column, long row, DuckDBTimeTz value)
    {
        if (column.Type.Id != DuckDBType.TimeTz)
        {
            throw ValueWriter.CannotWrite(column, typeof(DuckDBTimeTz));
        }

        column.Put(row, value.ToBits());
    }

    public static void DateTime(ColumnWriter column, long row, DateTime value)
    {
        switch (column.Type.Id)
        {
            case DuckDBType.TimestampTz when value.Kind == DateTimeKind.Utc:
                column.Put(row, DuckDBTimestamp.FromDateTime(value));
                break;
            case DuckDBType.TimestampTz:
                throw new InvalidCastException(
                    $"Column '{column.Path}' is {column.Type}, an instant; the DateTime {value:O} is of kind {value.Kind} and does not say which. Give one of kind Utc, or a DateTimeOffset.");
            case DuckDBType.TimestampNs:
                column.Put(row, Nanoseconds(column, value));
                break;
            case DuckDBType.Timestamp or DuckDBType.TimestampS or DuckDBType.TimestampMs:
                Timestamp(column, row, DuckDBTimestamp.FromDateTime(value));
                break;
            default:
                throw ValueWriter.CannotWrite(column, typeof(DateTime));
        }
    }

    public static void Instant(ColumnWriter column, long row, DateTimeOffset value)
    {
        if (column.Type.Id != DuckDBType.TimestampTz)
        {
            throw ValueWriter.CannotWrite(column, typeof(DateTimeOffset));
        }

        column.Put(row, DuckDBTimestamp.FromDateTimeOffset(value));
    }

    public static void Timestamp(ColumnWriter column, long row, DuckDBTimestamp value)
    {
        switch (column.Type.Id)
        {
            case DuckDBType.Timestamp or DuckDBType.TimestampTz: column.Put(row, value); break;
            case DuckDBType.TimestampMs: column.Put(row, Coarser(value, MicrosecondsPerMillisecond)); break;
            case DuckDBType.TimestampS: column.Put(row, Coarser(value, MicrosecondsPerSecond)); break;
            default: throw ValueWriter.CannotWrite(column, typeof(DuckDBTimestamp));
        }
    }

    public static void Interval(ColumnWriter column, long row, TimeSpan value)
    {
        if (column.Type.Id != DuckDBType.Interval)
        {
            throw ValueWriter.CannotWrite(column, typeof(TimeSpan));
        }

        column.Put(row, DuckDBInterval.FromTimeSpan(value));
    }

    private static long Coarser(DuckDBTimestamp value, long microseconds) =>
        value.IsFinite ? (long)Math.Floor((decimal)value.Microseconds / microseconds) : value.Microseconds;

    private static long Nanoseconds(ColumnWriter column, DateTime value)
    {
        var nanoseconds = ((Int128)value.Ticks - System.DateTime.UnixEpoch.Ticks) * (NanosecondsPerMicrosecond / TimeSpan.TicksPerMicrosecond);
        return nanoseconds > -long.MaxValue && nanoseconds < long.MaxValue ? (long)nanoseconds : throw ValueWriter.DoesNotFit(column, value);
    }
}
