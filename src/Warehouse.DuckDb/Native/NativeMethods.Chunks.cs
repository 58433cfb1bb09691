using System.Runtime.InteropServices;

namespace Warehouse.DuckDb.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Libduckdb.Name)]
    public static partial void duckdb_destroy_data_chunk(ref nint chunk);

    [SuppressGCTransition]
    [LibraryImport(Libduckdb.Name)]
    public static partial ulong duckdb_data_chunk_get_size(nint chunk);

    [SuppressGCTransition]
    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_data_chunk_get_vector(nint chunk, ulong column);

    [SuppressGCTransition]
    [LibraryImport(Libduckdb.Name)]
    public static partial byte* duckdb_vector_get_data(nint vector);

    [SuppressGCTransition]
    [LibraryImport(Libduckdb.Name)]
    public static partial ulong* duckdb_vector_get_validity(nint vector);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_list_vector_get_child(nint vector);

    [LibraryImport(Libduckdb.Name)]
    public static partial ulong duckdb_list_vector_get_size(nint vector);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_struct_vector_get_child(nint vector, ulong index);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_array_vector_get_child(nint vector);
}
