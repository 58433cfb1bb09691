using Warehouse.DuckDb.Appending;
using Warehouse.DuckDb.Native;
using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb;

/// <summary>
/// The fast way into a table: row by row with <see cref="CreateRow"/>, or by columns with <see cref="Column"/> and
/// <see cref="AppendChunk"/>. A value goes to the column's type if that holds it exactly, and is refused if not.
/// </summary>
/// <remarks>
/// <see cref="Close"/> completes the work. Disposing an appender that is not closed abandons the rows that have not been
/// written yet. Rows are written in batches of about 200,000; only within a transaction are they all written or none.
/// </remarks>
public sealed class DuckDBAppender : IDisposable
{
    /// <summary>How many rows a chunk holds.</summary>
    public static readonly int ChunkCapacity = checked((int)NativeMethods.duckdb_vector_size());

    private readonly DuckDBConnection _connection;
    private readonly AppenderHandle _handle;
    private readonly ChunkHandle _chunk;
    private readonly ColumnWriter[] _columns;
    private readonly DuckDBAppenderRow _row;
    private int _rows;
    private bool _isClosed;

    private DuckDBAppender(DuckDBConnection connection, AppenderHandle handle, IReadOnlyList<string> names)
    {
        _connection = connection;
        _handle = handle;
        (_chunk, var types) = NewChunk(handle);
        _columns = [.. types.Select((type, index) => new ColumnWriter(type, names.ElementAtOrDefault(index) ?? $"#{index}"))];
        _row = new DuckDBAppenderRow(this);
        Attach();
    }

    /// <summary>How many columns a row has.</summary>
    public int ColumnCount => _columns.Length;

    /// <summary>The type of a column, from 0.</summary>
    public DuckDBLogicalType GetColumnType(int column) => _columns[column].Type;

    internal static unsafe DuckDBAppender Create(DuckDBConnection connection, string? catalog, string? schema, string table, IReadOnlyList<string>? columns)
    {
        connection.Enter(connection);
        try
        {
            fixed (byte* catalogStart = Optional(catalog), schemaStart = Optional(schema), tableStart = NativeText.ZeroTerminated(table, "The table's name"))
            {
                var state = NativeMethods.duckdb_appender_create_ext(connection.Handle, catalogStart, schemaStart, tableStart, out var pointer);
                var handle = new AppenderHandle(pointer, connection.Handle);
                try
                {
                    Check(handle, state);
                    var names = TableColumns.Names(connection.Handle, catalogStart, schemaStart, tableStart);
                    foreach (var column in columns ?? [])
                    {
                        Choose(handle, column, table, names);
                    }

                    return new DuckDBAppender(connection, handle, columns ?? names);
                }
                catch
                {
                    handle.Dispose();
                    throw;
                }
            }
        }
        finally
        {
            connection.Leave(connection);
        }
    }

    /// <summary>Begins a row. The same object is given for every row; <see cref="DuckDBAppenderRow.EndRow"/> completes it.</summary>
    /// <exception cref="InvalidOperationException">The row before has been neither ended nor abandoned.</exception>
    public DuckDBAppenderRow CreateRow()
    {
        RequireOpen();
        _row.Begin(_columns, _rows);
        return _row;
    }

    /// <summary>A column of the chunk that is being filled, to write to directly; <see cref="AppendChunk"/> then appends it.</summary>
    public DuckDBAppenderColumn Column(int column)
    {
        RequireOpen();
        if (_rows > 0 || _row.IsOpen)
        {
            throw new InvalidOperationException("There are rows in the chunk that were appended one by one: Flush them before writing by columns.");
        }

        return new DuckDBAppenderColumn(_columns[column]);
    }

    /// <summary>Appends the first rows of the chunk whose columns were written, 1 to <see cref="ChunkCapacity"/> of them.</summary>
    public void AppendChunk(int rowCount)
    {
        RequireOpen();
        RequireNoOpenRow();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rowCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rowCount, ChunkCapacity);
        _rows = rowCount;
        HandOver();
    }

    /// <summary>Writes what has been appended to the table.</summary>
    /// <exception cref="DuckDBException">A row breaks a constraint: nothing that was not written before is.</exception>
    public void Flush()
    {
        RequireOpen();
        RequireNoOpenRow();
        HandOver();
        Call(static self => NativeMethods.duckdb_appender_flush(self._handle));
    }

    /// <summary>Writes what has been appended to the table and ends the appender.</summary>
    /// <exception cref="DuckDBException">A row breaks a constraint: nothing that was not written before is.</exception>
    public void Close()
    {
        Flush();
        Dispose();
    }

    /// <summary>Ends the appender; rows that have not been written are abandoned.</summary>
    public void Dispose()
    {
        _isClosed = true;
        _chunk.Dispose();
        _handle.Dispose();
    }

    internal void AppendDefault(int column, int row)
    {
        if (NativeMethods.duckdb_append_default_to_chunk(_handle, _chunk, (ulong)column, (ulong)row) != NativeState.Success)
        {
            throw LastError(_handle);
        }
    }

    internal void RowEnded()
    {
        if (++_rows == ChunkCapacity)
        {
            HandOver();
        }
    }

    private static unsafe void Choose(AppenderHandle handle, string column, string table, IReadOnlyList<string> names)
    {
        fixed (byte* name = NativeText.ZeroTerminated(column, "A column's name"))
        {
            if (NativeMethods.duckdb_appender_add_column(handle, name) != NativeState.Success)
            {
                var fault = LastError(handle);
                throw new DuckDBException(
                    fault.ErrorKind,
                    $"The column '{column}' of the table '{table}' cannot be appended to: {fault.Message}.{NearNames.Hint(column, names)}",
                    fault);
            }
        }
    }

    private static byte[]? Optional(string? name) => name is null ? null : NativeText.ZeroTerminated(name, "A name");

    private static void Check(AppenderHandle handle, NativeState state)
    {
        if (state != NativeState.Success)
        {
            throw LastError(handle);
        }
    }

    private static unsafe DuckDBException LastError(AppenderHandle handle)
    {
        using var error = new ErrorDataHandle(NativeMethods.duckdb_appender_error_data(handle));
        return new DuckDBException(
            NativeMethods.duckdb_error_data_error_type(error),
            NativeText.Read(NativeMethods.duckdb_error_data_message(error)));
    }

    private static unsafe (ChunkHandle Chunk, DuckDBLogicalType[] Types) NewChunk(AppenderHandle handle)
    {
        var pointers = new nint[NativeMethods.duckdb_appender_column_count(handle)];
        var types = new DuckDBLogicalType[pointers.Length];
        for (var index = 0; index < pointers.Length; index++)
        {
            pointers[index] = NativeMethods.duckdb_appender_column_type(handle, (ulong)index);
        }

        fixed (nint* first = pointers)
        {
            var chunk = new ChunkHandle(NativeMethods.duckdb_create_data_chunk(first, (ulong)pointers.Length));
            for (var index = 0; index < pointers.Length; index++)
            {
                types[index] = LogicalTypes.Take(pointers[index]);
            }

            return (chunk, types);
        }
    }

    private void HandOver()
    {
        if (_rows == 0)
        {
            return;
        }

        NativeMethods.duckdb_data_chunk_set_size(_chunk, (ulong)_rows);
        _rows = 0;
        Call(static self => NativeMethods.duckdb_append_data_chunk(self._handle, self._chunk));
        NativeMethods.duckdb_data_chunk_reset(_chunk);
        Attach();
    }

    private void Attach()
    {
        var chunk = _chunk.DangerousGetHandle();
        for (var index = 0; index < _columns.Length; index++)
        {
            _columns[index].Attach(NativeMethods.duckdb_data_chunk_get_vector(chunk, (ulong)index));
        }
    }

    /// <summary>Runs what may write to the table. After a failure the engine's appender is of no use any more.</summary>
    private void Call(Func<DuckDBAppender, NativeState> write)
    {
        _connection.Enter(this);
        try
        {
            if (write(this) != NativeState.Success)
            {
                var fault = LastError(_handle);
                Dispose();
                throw fault;
            }
        }
        finally
        {
            _connection.Leave(this);
        }
    }

    private void RequireNoOpenRow()
    {
        if (_row.IsOpen)
        {
            throw new InvalidOperationException("A row has been begun and neither ended nor abandoned.");
        }
    }

    private void RequireOpen() => ObjectDisposedException.ThrowIf(_isClosed, this);
}
