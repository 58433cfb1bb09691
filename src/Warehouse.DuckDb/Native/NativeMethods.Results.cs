using System.Runtime.InteropServices;

namespace Warehouse.DuckDb.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Libduckdb.Name)]
    public static partial void duckdb_destroy_result(NativeResult* result);

    [LibraryImport(Libduckdb.Name)]
    public static partial byte* duckdb_column_name(NativeResult* result, ulong column);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_column_logical_type(NativeResult* result, ulong column);

    [LibraryImport(Libduckdb.Name)]
    public static partial ulong duckdb_column_count(NativeResult* result);

    [LibraryImport(Libduckdb.Name)]
    public static partial byte* duckdb_result_error(NativeResult* result);

    [LibraryImport(Libduckdb.Name)]
    public static partial DuckDBErrorKind duckdb_result_error_type(NativeResult* result);

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeResultType duckdb_result_return_type(NativeResult result);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_fetch_chunk(NativeResult result);
}
