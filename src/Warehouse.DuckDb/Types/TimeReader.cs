namespace Warehouse.DuckDb.Types;

/// <summary>Dates, times and instants. The CLR's types have neither infinities nor DuckDB's far years: those overflow.</summary>
internal static class TimeReader
{
    private const long MicrosecondsPerSecond = 1_000_000;
    private const long MicrosecondsPerMillisecond = 1000;

    public static DateOnly DateOnly(ColumnVector column, long row) => column.Type.Id == DuckDBType.Date
        ? Named(column, column.At<DuckDBDateOnly>(row), static date => date.ToDateOnly())
        : throw ValueReader.CannotRead(column, typeof(DateOnly));

    public static DuckDBTimeOnly Time(ColumnVector column, long row) => column.Type.Id switch
    {
        DuckDBType.Time => DuckDBTimeOnly.FromMicroseconds(column.At<long>(row)),
        DuckDBType.TimeNs => new DuckDBTimeOnly(column.At<long>(row)),
        _ => throw ValueReader.CannotRead(column, typeof(DuckDBTimeOnly)),
    };

    public static TimeOnly TimeOnly(ColumnVector column, long row) => Named(column, Time(column, row), static time => time.ToTimeOnly());

    public static DuckDBTimeTz TimeTz(ColumnVector column, long row) => column.Type.Id == DuckDBType.TimeTz
        ? DuckDBTimeTz.FromBits(column.At<ulong>(row))
        : throw ValueReader.CannotRead(column, typeof(DuckDBTimeTz));

    public static DuckDBTimestamp Timestamp(ColumnVector column, long row) => column.Type.Id switch
    {
        DuckDBType.Timestamp or DuckDBType.TimestampTz => column.At<DuckDBTimestamp>(row),
        DuckDBType.TimestampS => Scaled(column, row, MicrosecondsPerSecond),
        DuckDBType.TimestampMs => Scaled(column, row, MicrosecondsPerMillisecond),
        _ => throw ValueReader.CannotRead(column, typeof(DuckDBTimestamp)),
    };

    public static DateTime DateTime(ColumnVector column, long row) => column.Type.Id switch
    {
        DuckDBType.TimestampTz => System.DateTime.SpecifyKind(
            Named(column, column.At<DuckDBTimestamp>(row), static instant => instant.ToDateTime()), DateTimeKind.Utc),
        DuckDBType.TimestampNs => Named(column, column.At<DuckDBTimestampNs>(row), static moment => moment.ToDateTime()),
        DuckDBType.Date => DateOnly(column, row).ToDateTime(System.TimeOnly.MinValue),
        DuckDBType.Timestamp or DuckDBType.TimestampS or DuckDBType.TimestampMs =>
            Named(column, Timestamp(column, row), static moment => moment.ToDateTime()),
        _ => throw ValueReader.CannotRead(column, typeof(DateTime)),
    };

    public static DateTimeOffset DateTimeOffset(ColumnVector column, long row) => column.Type.Id == DuckDBType.TimestampTz
        ? new DateTimeOffset(DateTime(column, row), System.TimeSpan.Zero)
        : throw ValueReader.CannotRead(column, typeof(DateTimeOffset));

    public static TimeSpan TimeSpan(ColumnVector column, long row)
    {
        if (column.Type.Id != DuckDBType.Interval)
        {
            throw ValueReader.CannotRead(column, typeof(TimeSpan));
        }

        var interval = column.At<DuckDBInterval>(row);
        return interval.Months == 0
            ? Named(column, interval, static value => value.ToTimeSpan())
            : throw new OverflowException($"Column '{column.Path}': {interval} has months, which have no fixed length; read it as {nameof(DuckDBInterval)}.");
    }

    private static DuckDBTimestamp Scaled(ColumnVector column, long row, long microseconds)
    {
        var value = column.At<DuckDBTimestamp>(row);
        return value.IsFinite
            ? Named(column, (value.Microseconds, microseconds), static pair => new DuckDBTimestamp(checked(pair.Item1 * pair.Item2)))
            : value;
    }

    private static TResult Named<TValue, TResult>(ColumnVector column, TValue value, Func<TValue, TResult> convert)
    {
        try
        {
            return convert(value);
        }
        catch (OverflowException fault)
        {
            throw new OverflowException($"Column '{column.Path}' is {column.Type}. {fault.Message}", fault);
        }
    }
}
