using Warehouse.DuckDb.Native;
using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb.Execution;

/// <summary>One statement, parsed and planned, that can be run again and again with other values.</summary>
internal sealed unsafe class PreparedStatement : IDisposable
{
    private readonly PreparedHandle _handle;

    private PreparedStatement(PreparedHandle handle)
    {
        _handle = handle;
        Type = NativeMethods.duckdb_prepared_statement_type(handle);
        ParameterNames = ReadParameterNames(handle);
    }

    public DuckDBStatementType Type { get; }

    /// <summary>The names that the statement uses, by their index less one; a positional one's name is its number.</summary>
    public IReadOnlyList<string> ParameterNames { get; }

    /// <exception cref="DuckDBException">The statement does not fit the database.</exception>
    public static PreparedStatement Prepare(ConnectionHandle connection, ExtractedHandle statements, int index)
    {
        var state = NativeMethods.duckdb_prepare_extracted_statement(connection, statements, (ulong)index, out var pointer);
        var handle = new PreparedHandle(pointer, connection);
        if (state == NativeState.Success)
        {
            return new PreparedStatement(handle);
        }

        using (handle)
        {
            throw DuckDBException.FromMessage(NativeText.Read(NativeMethods.duckdb_prepare_error(handle)));
        }
    }

    public void Bind(int index, object? value)
    {
        using var native = NativeValues.Create(value);
        if (NativeMethods.duckdb_bind_value(_handle, (ulong)index + 1, native) != NativeState.Success)
        {
            throw DuckDBException.FromMessage(NativeText.Read(NativeMethods.duckdb_prepare_error(_handle)));
        }
    }

    /// <summary>Runs until the first rows are there, or, of a statement that gives none, to its end.</summary>
    /// <exception cref="DuckDBException">It failed.</exception>
    public QueryResult Execute() => new(ExecuteNative(), Type);

    /// <inheritdoc cref="Execute"/>
    public ResultHandle ExecuteNative()
    {
        var state = NativeMethods.duckdb_pending_prepared_streaming(_handle, out var pointer);
        using var pending = new PendingHandle(pointer);
        if (state != NativeState.Success)
        {
            throw DuckDBException.FromMessage(NativeText.Read(NativeMethods.duckdb_pending_error(pending)));
        }

        var result = new ResultHandle();
        if (NativeMethods.duckdb_execute_pending(pending, result.Result) == NativeState.Success)
        {
            return result;
        }

        using (result)
        {
            throw new DuckDBException(
                NativeMethods.duckdb_result_error_type(result.Result),
                NativeText.Read(NativeMethods.duckdb_result_error(result.Result)));
        }
    }

    /// <summary>The columns that the statement would give, known without running it.</summary>
    public ResultColumn[] Columns()
    {
        var columns = new ResultColumn[NativeMethods.duckdb_prepared_statement_column_count(_handle)];
        for (var index = 0; index < columns.Length; index++)
        {
            columns[index] = new ResultColumn(
                NativeText.Take(NativeMethods.duckdb_prepared_statement_column_name(_handle, (ulong)index)),
                LogicalTypes.Take(NativeMethods.duckdb_prepared_statement_column_logical_type(_handle, (ulong)index)));
        }

        return columns;
    }

    public void Dispose() => _handle.Dispose();

    private static string[] ReadParameterNames(PreparedHandle handle)
    {
        var names = new string[NativeMethods.duckdb_nparams(handle)];
        for (var index = 0; index < names.Length; index++)
        {
            names[index] = NativeText.Take(NativeMethods.duckdb_parameter_name(handle, (ulong)index + 1));
        }

        return names;
    }
}
