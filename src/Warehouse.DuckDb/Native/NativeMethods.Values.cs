using System.Runtime.InteropServices;

namespace Warehouse.DuckDb.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Libduckdb.Name)]
    public static partial void duckdb_destroy_value(ref nint value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_null_value();

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_bool([MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_int8(sbyte value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_uint8(byte value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_int16(short value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_uint16(ushort value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_int32(int value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_uint32(uint value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_int64(long value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_uint64(ulong value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_hugeint(NativeInt128 value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_uhugeint(NativeInt128 value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_bignum(NativeBignum value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_decimal(NativeDecimal value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_float(float value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_double(double value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_date(int days);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_time(long micros);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_time_ns(long nanos);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_time_tz_value(ulong bits);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_timestamp(long micros);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_timestamp_tz(long micros);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_timestamp_ns(long nanos);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_interval(DuckDBInterval value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_varchar_length(byte* text, ulong length);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_blob(byte* data, ulong length);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_bit(NativeBit value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_uuid(NativeInt128 value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_struct_value(LogicalTypeHandle type, nint* values);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_list_value(LogicalTypeHandle elementType, nint* values, ulong count);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_map_value(LogicalTypeHandle mapType, nint* keys, nint* values, ulong count);
}
