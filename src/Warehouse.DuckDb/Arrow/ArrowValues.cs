using System.Runtime.InteropServices;
using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb.Arrow;

/// <summary>Arrow's interval of months, days and nanoseconds.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct MonthDayNano(int Months, int Days, long Nanoseconds)
{
    /// <exception cref="OverflowException">The microseconds are more than 292 years.</exception>
    public static MonthDayNano Of(ColumnVector column, long row)
    {
        var interval = column.At<DuckDBInterval>(row);
        return Int128.Abs(interval.Microseconds) * 1000 <= long.MaxValue
            ? new MonthDayNano(interval.Months, interval.Days, interval.Microseconds * 1000)
            : throw new OverflowException($"Column '{column.Path}': {interval} is more than an Arrow interval holds in nanoseconds.");
    }
}

/// <summary>An unsigned integer of 256 bits, of which the engine's numbers use the lower 128.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Unsigned256(UInt128 Lower, UInt128 Upper)
{
    public static Unsigned256 Of(ColumnVector column, long row) => new(column.At<UInt128>(row), 0);
}
