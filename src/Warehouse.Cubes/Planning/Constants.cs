using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Planning;

/// <summary>Gives constants the type of what they are compared with, so that no column is cast to the constant's.</summary>
internal static class Constants
{
    /// <summary>The constant as a value to bind, or null where it cannot be one of the type.</summary>
    /// <param name="constant">A literal or the name of a day.</param>
    /// <param name="type">How the provider reads what it is compared with; null where that is no column.</param>
    public static object? As(Expression constant, Type? type) => constant switch
    {
        Literal { Value: long number } => Number(number, type),
        Literal { Value: decimal number } => type == typeof(double) || type == typeof(float) ? (double)number : IsText(type) ? null : number,
        Literal { Value: string text } => type is null || IsText(type) ? text : null,
        Literal { Value: bool flag } => type is null || type == typeof(bool) ? flag : null,
        PeriodLiteral { Period: { Unit: TimeUnit.Day } day } => IsText(type) ? null : day.From,
        _ => null,
    };

    private static object? Number(long number, Type? type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String or TypeCode.Boolean => null,
        TypeCode.Double or TypeCode.Single => (double)number,
        TypeCode.Decimal => (decimal)number,
        TypeCode.Int64 => number,
        TypeCode.Int16 when number is >= short.MinValue and <= short.MaxValue => (short)number,
        TypeCode.SByte when number is >= sbyte.MinValue and <= sbyte.MaxValue => (sbyte)number,
        TypeCode.Byte when number is >= byte.MinValue and <= byte.MaxValue => (byte)number,
        TypeCode.UInt16 when number is >= ushort.MinValue and <= ushort.MaxValue => (ushort)number,
        TypeCode.UInt32 when number is >= uint.MinValue and <= uint.MaxValue => (uint)number,
        TypeCode.UInt64 when number >= 0 => (ulong)number,
        _ when type == typeof(DateOnly) => null,
        _ => number is >= int.MinValue and <= int.MaxValue ? (object)(int)number : number,
    };

    private static bool IsText(Type? type) => type == typeof(string);
}
