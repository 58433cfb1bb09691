using System.Numerics;

namespace Warehouse.Cubes.Planning;

/// <summary>What can be done with a value.</summary>
internal enum ValueKind
{
    /// <summary>A constant NULL goes with everything.</summary>
    Any,
    Boolean,
    Number,
    Text,
    Day,
    Instant,
    Other,
}

internal static class ValueKinds
{
    public static ValueKind Of(Type type) =>
        type == typeof(bool) ? ValueKind.Boolean
        : type == typeof(string) ? ValueKind.Text
        : type == typeof(DateOnly) ? ValueKind.Day
        : type == typeof(DateTime) || type == typeof(DateTimeOffset) ? ValueKind.Instant
        : IsNumber(type) ? ValueKind.Number
        : ValueKind.Other;

    public static string Text(this ValueKind kind) => kind switch
    {
        ValueKind.Boolean => "true or false",
        ValueKind.Number => "a number",
        ValueKind.Text => "a text",
        ValueKind.Day => "a day",
        ValueKind.Instant => "an instant",
        _ => "a value of its own kind",
    };

    public static bool Goes(this ValueKind kind, ValueKind with) => kind == with || kind == ValueKind.Any || with == ValueKind.Any;

    private static bool IsNumber(Type type) =>
        Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal
        || type == typeof(BigInteger) || type == typeof(Int128) || type == typeof(UInt128);
}
