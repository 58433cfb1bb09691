namespace Warehouse.Etl.Mapping.Values;

/// <summary>
/// Dates and times as spreadsheets hold them: days since 1900, with the time of day as a fraction, exact to the millisecond (45292.75 is
/// 2024-01-01 18:00). Spreadsheets count a 29 February 1900, day 60, that never was.
/// </summary>
internal static class ExcelDays
{
    /// <summary>What a feed calls this format.</summary>
    public const string Name = "excel";

    private const int Decimals = 9;
    private const long One = 1_000_000_000;
    private const int NeverWas = 60;

    /// <summary>31 December 9999.</summary>
    private const int Last = 2_958_465;

    /// <summary>30 December 1899, day 0 of the days after the one that never was.</summary>
    private const int Origin = -25_569;

    /// <summary>Reads a whole text; the fraction may follow a point or a comma.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out WrittenTime time)
    {
        Span<byte> pointed = stackalloc byte[Math.Min(text.Length, DecimalComma.Longest)];
        time = default;
        if (text.Length > pointed.Length)
        {
            return false;
        }

        text.CopyTo(pointed);
        pointed.Replace((byte)',', (byte)'.');
        if (!Numbers.TryRead(pointed, Decimals, out var number) || number < One || number >= (Int128)(Last + 1) * One)
        {
            return false;
        }

        const long MillisOfDay = WrittenTime.MicrosOfDay / 1000;
        var millis = (long)(((number * MillisOfDay) + (One / 2)) / One);
        var day = (int)(millis / MillisOfDay);
        time = new WrittenTime(Origin + day + (day < NeverWas ? 1 : 0), millis % MillisOfDay * 1000, null);
        return day is not NeverWas and <= Last;
    }
}
