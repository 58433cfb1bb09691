using System.Runtime.InteropServices;

namespace Warehouse.DuckDb.Native;

internal enum NativeState
{
    Success = 0,
    Error = 1,
}

internal enum NativeResultType
{
    Invalid = 0,
    ChangedRows = 1,
    Nothing = 2,
    QueryResult = 3,
}

/// <summary>duckdb_result: five deprecated fields that nobody reads, and the engine's own pointer.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeResult
{
    private readonly nint _columnCount;
    private readonly nint _rowCount;
    private readonly nint _rowsChanged;
    private readonly nint _columns;
    private readonly nint _errorMessage;
    private readonly nint _internalData;
}

[StructLayout(LayoutKind.Sequential)]
internal struct NativeQueryProgress
{
    public double Percentage;
    public ulong RowsProcessed;
    public ulong TotalRowsToProcess;
}

/// <summary>duckdb_hugeint and duckdb_uhugeint: the two halves of a 128-bit integer, lower half first.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeInt128(UInt128 bits)
{
    public ulong Lower = (ulong)bits;
    public ulong Upper = (ulong)(bits >> 64);
}

[StructLayout(LayoutKind.Sequential)]
internal struct NativeDecimal
{
    public byte Width;
    public byte Scale;
    public NativeInt128 Value;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeBit
{
    public byte* Data;
    public ulong Size;
}

[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeBignum
{
    public byte* Data;
    public ulong Size;
    public byte IsNegative;
}

[StructLayout(LayoutKind.Sequential)]
internal struct NativeListEntry
{
    public ulong Offset;
    public ulong Length;
}
