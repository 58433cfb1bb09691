using System.Runtime.InteropServices;

namespace Warehouse.DuckDb.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Libduckdb.Name)]
    public static partial DuckDBErrorKind duckdb_error_data_error_type(ErrorDataHandle error);

    [LibraryImport(Libduckdb.Name)]
    public static partial byte* duckdb_error_data_message(ErrorDataHandle error);

    [LibraryImport(Libduckdb.Name)]
    public static partial void duckdb_destroy_error_data(ref nint error);
}
