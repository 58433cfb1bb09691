using Warehouse.DuckDb.Native;

namespace Warehouse.DuckDb.Execution;

/// <summary>
/// The statements of a command's text. Each is prepared when it is first needed, since it may rest on the ones before,
/// and then kept.
/// </summary>
internal sealed unsafe class StatementBatch : IDisposable
{
    private readonly ConnectionHandle _connection;
    private readonly ExtractedHandle _extracted;
    private readonly PreparedStatement?[] _prepared;

    private StatementBatch(ConnectionHandle connection, ExtractedHandle extracted, int count)
    {
        _connection = connection;
        _extracted = extracted;
        _prepared = new PreparedStatement?[count];
    }

    public int Count => _prepared.Length;

    /// <summary>False after <see cref="Dispose"/>, and when a statement could not be prepared: the engine keeps nothing of it, so the text must be parsed again.</summary>
    public bool IsUsable { get; private set; } = true;

    /// <exception cref="DuckDBException">The text is not SQL.</exception>
    public static StatementBatch Parse(ConnectionHandle connection, string text)
    {
        fixed (byte* start = NativeText.ZeroTerminated(text, "The text of a command"))
        {
            var count = NativeMethods.duckdb_extract_statements(connection, start, out var pointer);
            var extracted = new ExtractedHandle(pointer);
            var error = NativeMethods.duckdb_extract_statements_error(extracted);
            if (error is null)
            {
                return new StatementBatch(connection, extracted, (int)count);
            }

            using (extracted)
            {
                throw DuckDBException.FromMessage(NativeText.Read(error));
            }
        }
    }

    public bool BelongsTo(ConnectionHandle connection) => ReferenceEquals(_connection, connection);

    public PreparedStatement Prepared(int index)
    {
        if (_prepared[index] is { } known)
        {
            return known;
        }

        IsUsable = false;
        var prepared = PreparedStatement.Prepare(_connection, _extracted, index);
        IsUsable = true;
        return _prepared[index] = prepared;
    }

    public void Dispose()
    {
        IsUsable = false;
        Array.ForEach(_prepared, statement => statement?.Dispose());
        _extracted.Dispose();
    }
}
