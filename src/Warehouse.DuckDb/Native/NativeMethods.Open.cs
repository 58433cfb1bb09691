using System.Runtime.InteropServices;

namespace Warehouse.DuckDb.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_instance_cache();

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_get_or_create_from_cache(
        nint cache, byte* path, out nint database, ConfigHandle config, out byte* error);

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_open_ext(byte* path, out nint database, ConfigHandle config, out byte* error);

    [LibraryImport(Libduckdb.Name)]
    public static partial void duckdb_close(ref nint database);

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_connect(DatabaseHandle database, out nint connection);

    [LibraryImport(Libduckdb.Name)]
    public static partial void duckdb_interrupt(nint connection);

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeQueryProgress duckdb_query_progress(ConnectionHandle connection);

    [LibraryImport(Libduckdb.Name)]
    public static partial void duckdb_disconnect(ref nint connection);

    [LibraryImport(Libduckdb.Name)]
    public static partial byte* duckdb_library_version();
}
