using System.Runtime.InteropServices;

namespace Warehouse.DuckDb.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_appender_create_ext(
        ConnectionHandle connection, byte* catalog, byte* schema, byte* table, out nint appender);

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_appender_add_column(AppenderHandle appender, byte* name);

    [LibraryImport(Libduckdb.Name)]
    public static partial ulong duckdb_appender_column_count(AppenderHandle appender);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_appender_column_type(AppenderHandle appender, ulong column);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_appender_error_data(AppenderHandle appender);

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_append_data_chunk(AppenderHandle appender, ChunkHandle chunk);

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_append_default_to_chunk(AppenderHandle appender, ChunkHandle chunk, ulong column, ulong row);

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_appender_flush(AppenderHandle appender);

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_appender_close(AppenderHandle appender);

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_appender_clear(nint appender);

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_appender_destroy(ref nint appender);
}
