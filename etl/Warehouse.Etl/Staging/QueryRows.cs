using Warehouse.Definitions;
using Warehouse.DuckDb;

namespace Warehouse.Etl.Staging;

/// <summary>Rows that the engine reads from a file of its own or of Parquet, over a connection apart.</summary>
internal sealed class QueryRows : IRowSource
{
    private readonly DuckDBConnection _connection;
    private readonly string _name;
    private readonly string _sql;
    private readonly (string Name, string Value)[] _values;

    private QueryRows(DuckDBConnection connection, string name, string sql, (string Name, string Value)[] values, IReadOnlyList<string> header)
    {
        (_connection, _name, _sql, _values, Header) = (connection, name, sql, values, header);
    }

    public IReadOnlyList<string> Header { get; }

    /// <summary>The rows of a Parquet file; a row's line is its number.</summary>
    /// <exception cref="UserFaultException">It is none that can be read.</exception>
    public static async Task<QueryRows> OfParquetAsync(string path, string name, CancellationToken cancellationToken)
    {
        var connection = new DuckDBConnection("Data Source=:memory:;threads=1");
        try
        {
            await connection.OpenAsync(cancellationToken);
            var header = new List<string>();
            await using (var command = connection.CreateCommand())
            {
                command.CommandText = "SET TimeZone = 'UTC'";
                await command.ExecuteNonQueryAsync(cancellationToken);
                command.CommandText = "SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet($path))";
                command.Parameters.Add(new DuckDBParameter("path", path));
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                {
                    header.Add(reader.GetString(0));
                }
            }

            using var builder = new DuckDBCommandBuilder();
            var columns = header.Select(column => $", CAST({builder.QuoteIdentifier(column)} AS VARCHAR)");
            return new QueryRows(
                connection,
                name,
                $"SELECT file_row_number + 1{string.Concat(columns)} FROM read_parquet($path, file_row_number = true)",
                [("path", path)],
                header);
        }
        catch (DuckDBException unreadable)
        {
            await connection.DisposeAsync();
            throw new UserFaultException(
                $"{name} is no Parquet file that can be read. Nothing was loaded. The engine says: {unreadable.Message}", unreadable);
        }
    }

    public IEnumerable<RecordBlock> Read(CancellationToken cancellationToken)
    {
        using var command = (DuckDBCommand)_connection.CreateCommand();
        command.CommandText = _sql;
        foreach (var (parameter, value) in _values)
        {
            command.Parameters.Add(new DuckDBParameter(parameter, value));
        }

        using var reader = Guarded(() => command.ExecuteChunkReader(cancellationToken));
        while (Guarded(() => reader.Read(cancellationToken)))
        {
            yield return BlockOf(reader.Current);
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private RecordBlock BlockOf(DuckDBDataChunk chunk)
    {
        var block = new RecordBlock(Header.Count) { IsTyped = true };
        Span<Slice> record = new Slice[Header.Count];
        var lines = chunk[0].AsSpan<long>();
        for (var row = 0; row < lines.Length; row++)
        {
            for (var field = 0; field < record.Length; field++)
            {
                record[field] = block.Append(chunk[field + 1].GetBytes(row));
            }

            block.Add(record, lines[row]);
        }

        return block;
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DuckDBException damaged) when (damaged.ErrorKind is DuckDBErrorKind.IO or DuckDBErrorKind.InvalidInput or DuckDBErrorKind.Serialization)
        {
            throw new UserFaultException(
                $"{_name} is damaged. Nothing was loaded. The engine says: {damaged.Message.ReplaceLineEndings(" ")}", damaged);
        }
    }
}
