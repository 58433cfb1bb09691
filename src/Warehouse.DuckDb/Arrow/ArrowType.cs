namespace Warehouse.DuckDb.Arrow;

/// <summary>The types of Arrow's schema: their numbers, and the tables that say the rest (Schema.fbs of the Arrow format, version 5).</summary>
internal static class ArrowType
{
    public const byte Null = 1;
    public const byte Int = 2;
    public const byte FloatingPoint = 3;
    public const byte Binary = 4;
    public const byte Utf8 = 5;
    public const byte Bool = 6;
    public const byte Decimal = 7;
    public const byte Date = 8;
    public const byte Time = 9;
    public const byte Timestamp = 10;
    public const byte Interval = 11;
    public const byte List = 12;
    public const byte Struct = 13;
    public const byte Union = 14;
    public const byte FixedSizeList = 16;
    public const byte Map = 17;

    private const short Day = 0;
    private const short MonthDayNano = 2;
    private const short Sparse = 0;

    /// <summary>Of a type that says everything by its number.</summary>
    public static int Empty(FlatBuffer buffer) => buffer.Table();

    public static Func<FlatBuffer, int> IntOf(int bits, bool signed) => buffer => buffer.Table(FlatField.Int(bits), FlatField.Bool(signed));

    public static Func<FlatBuffer, int> FloatOf(short precision) => buffer => buffer.Table(FlatField.Short(precision));

    public static Func<FlatBuffer, int> DecimalOf(int precision, int scale, int bits) =>
        buffer => buffer.Table(FlatField.Int(precision), FlatField.Int(scale), FlatField.Int(bits));

    public static int DayOf(FlatBuffer buffer) => buffer.Table(FlatField.Short(Day));

    public static Func<FlatBuffer, int> TimeOf(short unit) => buffer => buffer.Table(FlatField.Short(unit), FlatField.Int(64));

    public static Func<FlatBuffer, int> TimestampOf(short unit, string? zone) => buffer =>
    {
        FlatField? zoneName = zone is null ? null : FlatField.To(buffer.Text(zone));
        return buffer.Table(FlatField.Short(unit), zoneName);
    };

    public static int MonthDayNanoOf(FlatBuffer buffer) => buffer.Table(FlatField.Short(MonthDayNano));

    public static Func<FlatBuffer, int> FixedSizeListOf(int length) => buffer => buffer.Table(FlatField.Int(length));

    public static int MapOf(FlatBuffer buffer) => buffer.Table(FlatField.Bool(false));

    public static Func<FlatBuffer, int> SparseUnionOf(int members) => buffer =>
    {
        var numbers = buffer.Ints([.. Enumerable.Range(0, members)]);
        return buffer.Table(FlatField.Short(Sparse), FlatField.To(numbers));
    };
}
