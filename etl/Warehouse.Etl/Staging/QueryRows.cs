using Warehouse.Definitions;
using Warehouse.DuckDb;
using Warehouse.Etl.Feeds;

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
    public static async Task<QueryRows> OfParquetAsync(string path, string name, CancellationToken cancellationToken) =>
        await OpenAsync(
            new DuckDBConnectionStringBuilder { DataSource = DuckDBConnectionStringBuilder.InMemory },
            $"{name} is no Parquet file that can be read.",
            name,
            "SELECT * FROM read_parquet($path)",
            [("path", path)],
            cancellationToken);

    /// <summary>The rows of a table of a database file, or of a query on it, in the order in which it gives them.</summary>
    /// <exception cref="UserFaultException">It is none that can be read, or has no such table.</exception>
    public static async Task<QueryRows> OfDatabaseAsync(string path, string name, SourcePart part, CancellationToken cancellationToken)
    {
        if (part is { Table: null, Query: null })
        {
            throw new UserFaultException($"{name} is a database: the feed says by \"table\" or \"query\" what is read of it. Nothing was loaded.");
        }

        using var builder = new DuckDBCommandBuilder();
        var query = part.Query ?? $"SELECT * FROM {string.Join('.', part.Table!.Split('.').Select(builder.QuoteIdentifier))}";
        return await OpenAsync(
            new DuckDBConnectionStringBuilder { DataSource = path, AccessMode = "read_only" },
            $"{name} is no database of DuckDB that can be read so.",
            name,
            query.TrimEnd().TrimEnd(';'),
            [],
            cancellationToken);
    }

    private static async Task<QueryRows> OpenAsync(
        DuckDBConnectionStringBuilder database, string fault, string name, string query, (string Name, string Value)[] values, CancellationToken cancellationToken)
    {
        var connection = new DuckDBConnection(database.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "SET TimeZone = 'UTC'";
            await command.ExecuteNonQueryAsync(cancellationToken);
            command.CommandText = $"SELECT column_name FROM (DESCRIBE {query})";
            foreach (var (parameter, value) in values)
            {
                command.Parameters.Add(new DuckDBParameter(parameter, value));
            }

            var header = new List<string>();
            await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                    header.Add(reader.GetString(0));
                }
            }

            return new QueryRows(connection, name, $"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ({query})", values, header);
        }
        catch (DuckDBException unreadable)
        {
            await connection.DisposeAsync();
            throw new UserFaultException(
                $"{fault} Nothing was loaded. The engine says: {unreadable.Message.ReplaceLineEndings(" ")}", unreadable);
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

        long line = 1;
        using var reader = Guarded(() => command.ExecuteChunkReader(cancellationToken));
        while (Guarded(() => reader.Read(cancellationToken)))
        {
            yield return BlockOf(reader.Current, line);
            line += reader.Current.RowCount;
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private RecordBlock BlockOf(DuckDBDataChunk chunk, long line)
    {
        var block = new RecordBlock(Header.Count) { IsTyped = true };
        Span<Slice> record = new Slice[Header.Count];
        for (var row = 0; row < chunk.RowCount; row++)
        {
            for (var field = 0; field < record.Length; field++)
            {
                record[field] = block.Append(chunk[field].GetBytes(row));
            }

            block.Add(record, line + row);
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
