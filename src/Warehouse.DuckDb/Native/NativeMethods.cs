using System.Runtime.InteropServices;

namespace Warehouse.DuckDb.Native;

/// <summary>The part of libduckdb's C API that the provider calls, one file per section of its header, none of it deprecated.</summary>
internal static unsafe partial class NativeMethods
{
    static NativeMethods() => NativeLibrary.SetDllImportResolver(typeof(NativeMethods).Assembly, Libduckdb.Resolve);

    [LibraryImport(Libduckdb.Name)]
    public static partial void duckdb_free(void* pointer);
}
