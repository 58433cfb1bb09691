using System.Globalization;

namespace Warehouse.Verbs.Output;

/// <summary>Values as text.</summary>
internal static class ValueText
{
    /// <summary>For programs: ISO 8601 dates and instants, invariant numbers without zeros that say nothing.</summary>
    public static string Invariant(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        decimal number => (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>For people, by the column's format.</summary>
    public static string ForPeople(object? value, ColumnFormat format) => (value, format) switch
    {
        (null, _) => "",
        (IFormattable number, ColumnFormat.Count) when IsNumber(value) => number.ToString("#,##0", CultureInfo.InvariantCulture),
        (IFormattable number, ColumnFormat.Money) when IsNumber(value) => number.ToString("#,##0.00", CultureInfo.InvariantCulture),
        (IFormattable number, ColumnFormat.Share) when IsNumber(value) => number.ToString("0.0 %", CultureInfo.InvariantCulture),
        (IFormattable number, ColumnFormat.Number) when IsNumber(value) => number.ToString("#,##0.####", CultureInfo.InvariantCulture),
        (DateTimeOffset instant, _) => instant.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ => Invariant(value),
    };

    /// <summary>Whether a value is a number of any width.</summary>
    public static bool IsNumber(object? value) =>
        value is sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal or Int128 or UInt128 or System.Numerics.BigInteger;
}
