using Warehouse.DuckDb.Native;
using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb.Execution;

/// <summary>What a statement gives: rows, chunk by chunk, or the number of rows that it changed.</summary>
internal sealed unsafe class QueryResult : IDisposable
{
    private readonly ResultHandle _handle;
    private readonly NativeResultType _kind;
    private bool _isAtEnd;

    public QueryResult(ResultHandle handle, DuckDBStatementType statement)
    {
        _handle = handle;
        _kind = NativeMethods.duckdb_result_return_type(*handle.Result);
        CountsRowsGiven = statement is DuckDBStatementType.Insert or DuckDBStatementType.Update
            or DuckDBStatementType.Delete or DuckDBStatementType.MergeInto;
        Columns = HasRows ? ReadColumns(handle) : [];
        Vectors = Array.ConvertAll(Columns, column => new ColumnVector(column.Type, column.Name));
    }

    /// <summary>Another for each chunk, so that what looks at one can tell that it has gone.</summary>
    public int Generation { get; private set; }

    public bool HasRows => _kind == NativeResultType.QueryResult;

    /// <summary>True for INSERT … RETURNING and its like: a row given is a row changed.</summary>
    public bool CountsRowsGiven { get; }

    public ResultColumn[] Columns { get; }

    /// <summary>The columns of the chunk that was fetched last.</summary>
    public ColumnVector[] Vectors { get; }

    /// <summary>The next chunk's number of rows; 0 at the end.</summary>
    /// <exception cref="DuckDBException">The statement failed on the way.</exception>
    public int Fetch()
    {
        Generation++;
        if (_isAtEnd)
        {
            return 0;
        }

        nint chunk;
        int rows;
        do
        {
            chunk = _handle.FetchChunk();
            if (chunk == 0)
            {
                _isAtEnd = true;
                ThrowOnError();
                return 0;
            }

            rows = (int)NativeMethods.duckdb_data_chunk_get_size(chunk);
        }
        while (rows == 0);

        for (var index = 0; index < Vectors.Length; index++)
        {
            Vectors[index].Attach(NativeMethods.duckdb_data_chunk_get_vector(chunk, (ulong)index));
        }

        return rows;
    }

    /// <summary>How many rows a statement without rows changed; null when it is not of that sort.</summary>
    public long? ChangedRows()
    {
        if (_kind != NativeResultType.ChangedRows)
        {
            return null;
        }

        var chunk = _handle.FetchChunk();
        ThrowOnError();
        return chunk == 0 || NativeMethods.duckdb_data_chunk_get_size(chunk) == 0
            ? 0
            : *(long*)NativeMethods.duckdb_vector_get_data(NativeMethods.duckdb_data_chunk_get_vector(chunk, 0));
    }

    /// <exception cref="InvalidOperationException">The chunk of that generation has given way to another.</exception>
    public void RequireGeneration(int generation)
    {
        if (generation != Generation)
        {
            throw new InvalidOperationException("The chunk is gone: its reader has read on or was disposed.");
        }
    }

    public void Dispose()
    {
        Generation++;
        _handle.Dispose();
    }

    private static ResultColumn[] ReadColumns(ResultHandle handle)
    {
        var columns = new ResultColumn[NativeMethods.duckdb_column_count(handle.Result)];
        for (var index = 0; index < columns.Length; index++)
        {
            columns[index] = new ResultColumn(
                NativeText.Read(NativeMethods.duckdb_column_name(handle.Result, (ulong)index)),
                LogicalTypes.Take(NativeMethods.duckdb_column_logical_type(handle.Result, (ulong)index)));
        }

        return columns;
    }

    private void ThrowOnError()
    {
        var message = NativeMethods.duckdb_result_error(_handle.Result);
        if (message is not null && *message != 0)
        {
            throw new DuckDBException(NativeMethods.duckdb_result_error_type(_handle.Result), NativeText.Read(message));
        }
    }
}
