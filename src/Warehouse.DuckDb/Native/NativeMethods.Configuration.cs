using System.Runtime.InteropServices;

namespace Warehouse.DuckDb.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_create_config(out nint config);

    [LibraryImport(Libduckdb.Name)]
    public static partial nuint duckdb_config_count();

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_get_config_flag(nuint index, out byte* name, out byte* description);

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_set_config(ConfigHandle config, byte* name, byte* value);

    [LibraryImport(Libduckdb.Name)]
    public static partial void duckdb_destroy_config(ref nint config);
}
