using System.Runtime.InteropServices;

namespace Warehouse.DuckDb.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_logical_type(DuckDBType type);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_list_type(LogicalTypeHandle child);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_map_type(LogicalTypeHandle key, LogicalTypeHandle value);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_struct_type(nint* memberTypes, byte** memberNames, ulong count);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_decimal_type(byte width, byte scale);

    [LibraryImport(Libduckdb.Name)]
    public static partial DuckDBType duckdb_get_type_id(LogicalTypeHandle type);

    [LibraryImport(Libduckdb.Name)]
    public static partial byte* duckdb_logical_type_get_alias(LogicalTypeHandle type);

    [LibraryImport(Libduckdb.Name)]
    public static partial byte duckdb_decimal_width(LogicalTypeHandle type);

    [LibraryImport(Libduckdb.Name)]
    public static partial byte duckdb_decimal_scale(LogicalTypeHandle type);

    [LibraryImport(Libduckdb.Name)]
    public static partial DuckDBType duckdb_decimal_internal_type(LogicalTypeHandle type);

    [LibraryImport(Libduckdb.Name)]
    public static partial DuckDBType duckdb_enum_internal_type(LogicalTypeHandle type);

    [LibraryImport(Libduckdb.Name)]
    public static partial uint duckdb_enum_dictionary_size(LogicalTypeHandle type);

    [LibraryImport(Libduckdb.Name)]
    public static partial byte* duckdb_enum_dictionary_value(LogicalTypeHandle type, ulong index);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_list_type_child_type(LogicalTypeHandle type);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_array_type_child_type(LogicalTypeHandle type);

    [LibraryImport(Libduckdb.Name)]
    public static partial ulong duckdb_array_type_array_size(LogicalTypeHandle type);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_map_type_key_type(LogicalTypeHandle type);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_map_type_value_type(LogicalTypeHandle type);

    [LibraryImport(Libduckdb.Name)]
    public static partial ulong duckdb_struct_type_child_count(LogicalTypeHandle type);

    [LibraryImport(Libduckdb.Name)]
    public static partial byte* duckdb_struct_type_child_name(LogicalTypeHandle type, ulong index);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_struct_type_child_type(LogicalTypeHandle type, ulong index);

    [LibraryImport(Libduckdb.Name)]
    public static partial ulong duckdb_union_type_member_count(LogicalTypeHandle type);

    [LibraryImport(Libduckdb.Name)]
    public static partial byte* duckdb_union_type_member_name(LogicalTypeHandle type, ulong index);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_union_type_member_type(LogicalTypeHandle type, ulong index);

    [LibraryImport(Libduckdb.Name)]
    public static partial void duckdb_destroy_logical_type(ref nint type);
}
