using System.Runtime.InteropServices;

namespace Warehouse.DuckDb.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_table_description_create_ext(
        ConnectionHandle connection, byte* catalog, byte* schema, byte* table, out nint description);

    [LibraryImport(Libduckdb.Name)]
    public static partial void duckdb_table_description_destroy(ref nint description);

    [LibraryImport(Libduckdb.Name)]
    public static partial ulong duckdb_table_description_get_column_count(TableDescriptionHandle description);

    [LibraryImport(Libduckdb.Name)]
    public static partial byte* duckdb_table_description_get_column_name(TableDescriptionHandle description, ulong index);
}
