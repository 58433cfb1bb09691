using System.Runtime.InteropServices;

namespace Warehouse.DuckDb.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Libduckdb.Name)]
    public static partial ulong duckdb_extract_statements(ConnectionHandle connection, byte* query, out nint extracted);

    [LibraryImport(Libduckdb.Name)]
    public static partial byte* duckdb_extract_statements_error(ExtractedHandle extracted);

    [LibraryImport(Libduckdb.Name)]
    public static partial void duckdb_destroy_extracted(ref nint extracted);

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_prepare_extracted_statement(
        ConnectionHandle connection, ExtractedHandle extracted, ulong index, out nint prepared);

    [LibraryImport(Libduckdb.Name)]
    public static partial void duckdb_destroy_prepare(ref nint prepared);

    [LibraryImport(Libduckdb.Name)]
    public static partial byte* duckdb_prepare_error(PreparedHandle prepared);

    [LibraryImport(Libduckdb.Name)]
    public static partial ulong duckdb_nparams(PreparedHandle prepared);

    [LibraryImport(Libduckdb.Name)]
    public static partial byte* duckdb_parameter_name(PreparedHandle prepared, ulong index);

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_clear_bindings(PreparedHandle prepared);

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_bind_value(PreparedHandle prepared, ulong index, ValueHandle value);

    [LibraryImport(Libduckdb.Name)]
    public static partial DuckDBStatementType duckdb_prepared_statement_type(PreparedHandle prepared);

    [LibraryImport(Libduckdb.Name)]
    public static partial ulong duckdb_prepared_statement_column_count(PreparedHandle prepared);

    [LibraryImport(Libduckdb.Name)]
    public static partial byte* duckdb_prepared_statement_column_name(PreparedHandle prepared, ulong column);

    [LibraryImport(Libduckdb.Name)]
    public static partial nint duckdb_prepared_statement_column_logical_type(PreparedHandle prepared, ulong column);

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_pending_prepared_streaming(PreparedHandle prepared, out nint pending);

    [LibraryImport(Libduckdb.Name)]
    public static partial byte* duckdb_pending_error(PendingHandle pending);

    [LibraryImport(Libduckdb.Name)]
    public static partial NativeState duckdb_execute_pending(PendingHandle pending, NativeResult* result);

    [LibraryImport(Libduckdb.Name)]
    public static partial void duckdb_destroy_pending(ref nint pending);
}
