using System.Runtime.InteropServices;

namespace Warehouse.DuckDb.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_create_data_chunk(nint* types, ulong count);

    [LibraryImport(Libduckdb.Name)]
    public static partial void duckdb_data_chunk_reset(ChunkHandle chunk);

    [LibraryImport(Libduckdb.Name)]
    public static partial void duckdb_data_chunk_set_size(ChunkHandle chunk, ulong size);

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

    [LibraryImport(Libduckdb.Name)]
    public static partial void duckdb_vector_ensure_validity_writable(nint vector);

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_list_vector_reserve(nint vector, ulong capacity);

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_list_vector_set_size(nint vector, ulong size);

    /// <summary>Unsafe in that the engine does not look whether a VARCHAR's bytes are UTF-8: the caller has.</summary>
    [LibraryImport(Libduckdb.Name)]
    public static partial void duckdb_unsafe_vector_assign_string_element_len(nint vector, ulong row, byte* text, ulong length);

    [LibraryImport(Libduckdb.Name)]
    public static partial ulong duckdb_vector_size();
}
