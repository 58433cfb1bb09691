using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;

namespace Warehouse.Etl.Staging;

/// <summary>
/// The rows that a query of a PostgreSQL database gives in one snapshot, as they come from the server. With a watermark
/// they are those beyond the mark of the load before, up to the highest in the snapshot; where rows with that very mark
/// have come or changed since, those too. A row's line is its number.
/// </summary>
internal sealed class PostgresRows : IRowSource
{
    private const int RowsOfABlock = 2048;

    /// <summary>How many rows there are and what they say, in whatever order.</summary>
    private const string Content = "count(*) || ' ' || coalesce(sum(('x' || left(md5(CAST(said AS text)), 15))::bit(60)::bigint), 0)";

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _snapshot;
    private readonly string _sql;
    private readonly string?[] _marks;

    private PostgresRows(
        NpgsqlConnection connection, NpgsqlTransaction snapshot, SourceFile file, IReadOnlyList<string> header, string sql, params string?[] marks)
    {
        (_connection, _snapshot, File, Header, _sql, _marks) = (connection, snapshot, file, header, sql, marks);
    }

    /// <summary>What is read, as loads know it again.</summary>
    public SourceFile File { get; }

    public IReadOnlyList<string> Header { get; }

    /// <summary>Opens the database in a snapshot.</summary>
    /// <param name="source">The source.</param>
    /// <param name="before">Up to where the load before read; null for the first.</param>
    /// <param name="canRepeat">Whether rows that are read again are recognised.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="UserFaultException">The database is not there, has no such table or column, or its marks cannot tell what is new.</exception>
    public static async Task<PostgresRows> OpenAsync(FeedSource source, Watermark? before, bool canRepeat, CancellationToken cancellationToken)
    {
        var postgres = source.Postgres!;
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(postgres.Connection)
        {
            Options = "-c TimeZone=UTC -c DateStyle=ISO -c default_transaction_read_only=on",
            ApplicationName = "warehouse",
            Pooling = false,
        }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
            return await ReadOutlineAsync(connection, snapshot, source, before, canRepeat, cancellationToken);
        }
        catch (NpgsqlException fault)
        {
            await connection.DisposeAsync();
            throw Fault(NameOf(source), fault);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public IEnumerable<RecordBlock> Read(CancellationToken cancellationToken)
    {
        using var command = Command(_connection, _sql, _marks);
        using var reader = Guarded(command.ExecuteReader);
        var block = new RecordBlock(Header.Count) { IsTyped = true };
        var record = new Slice[Header.Count];
        long line = 0;
        while (Guarded(reader.Read))
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var field = 0; field < record.Length; field++)
            {
                record[field] = reader.IsDBNull(field) ? default : block.Append(reader.GetString(field));
            }

            block.Add(record, ++line);
            if (block.Count == RowsOfABlock)
            {
                yield return block;
                block = new RecordBlock(Header.Count) { IsTyped = true };
            }
        }

        yield return block;
    }

    public async ValueTask DisposeAsync()
    {
        await _snapshot.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static string NameOf(FeedSource source) => $"postgres:{source.Part.Table ?? "query"}";

    private static UserFaultException Fault(string name, Exception fault) =>
        new($"{name} cannot be read. Nothing was loaded. The server or the way to it says: {fault.Message}", fault);

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params string?[] values)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values.Where(value => value is not null))
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        }

        return command;
    }

    private static async Task<PostgresRows> ReadOutlineAsync(
        NpgsqlConnection connection, NpgsqlTransaction snapshot, FeedSource source, Watermark? before, bool canRepeat, CancellationToken cancellationToken)
    {
        using var builder = new NpgsqlCommandBuilder();
        var query = source.Part.Query?.TrimEnd().TrimEnd(';')
            ?? $"SELECT * FROM {string.Join('.', source.Part.Table!.Split('.').Select(builder.QuoteIdentifier))}";
        var columns = await ColumnsAsync(connection, query, cancellationToken);
        var header = columns.Select(column => column.Name).ToArray();
        var texts = string.Join(", ", header.Select(name => $"CAST({builder.QuoteIdentifier(name)} AS text)"));
        if (source.Postgres!.Watermark is not { } watermark)
        {
            var all = await ScalarAsync(connection, $"SELECT {Content} FROM ({query}) AS said", cancellationToken);
            return new PostgresRows(
                connection, snapshot, FileOf(source, $"{query} {all}", null), header, $"SELECT {texts} FROM ({query}) AS said");
        }

        var type = columns.FirstOrDefault(column => column.Name == watermark).Type
            ?? throw new UserFaultException($"{NameOf(source)} has no column \"{watermark}\" for a watermark. Nothing was loaded. {NearNames.Hint(watermark, header, "columns")}");
        var column = builder.QuoteIdentifier(watermark);
        var without = await ScalarAsync(connection, $"SELECT CAST(count(*) AS text) FROM ({query}) AS said WHERE {column} IS NULL", cancellationToken);
        if (without != "0")
        {
            throw new UserFaultException(
                $"{NameOf(source)} has {without} rows whose watermark \"{watermark}\" is NULL: no load would ever read them. Nothing was loaded.");
        }

        if (type.StartsWith("timestamp", StringComparison.Ordinal) || type == "date")
        {
            var future = await ScalarAsync(connection, $"SELECT CAST(count(*) AS text) FROM ({query}) AS said WHERE {column} > now() + interval '1 day'", cancellationToken);
            if (future != "0")
            {
                throw new UserFaultException(
                    $"{NameOf(source)} has {future} rows whose watermark \"{watermark}\" lies in the future: what is changed until then would never be read. Nothing was loaded.");
            }
        }

        var mark = before?.Mark;
        var highest = await ScalarAsync(connection, $"SELECT CAST(max({column}) AS text) FROM ({query}) AS said", cancellationToken);
        if ((highest ?? mark) is not { } until)
        {
            return new PostgresRows(connection, snapshot, FileOf(source, query, null), header, $"SELECT {texts} FROM ({query}) AS said WHERE false");
        }

        Task<string?> ContentAsync(string at) => ScalarAsync(connection, $"SELECT {Content} FROM ({query}) AS said WHERE {column} = CAST($1 AS {type})", cancellationToken, at);
        var isRepeated = before?.Content is { } then && await ContentAsync(before.Mark) != then;
        if (isRepeated && !canRepeat)
        {
            throw new UserFaultException(
                $"{NameOf(source)} has rows whose watermark \"{watermark}\" is {mark}, like that of the last row of the load before, and that have come or changed since: which of them are new cannot be told. Nothing was loaded. Let rows that are read again be recognised (« changes: correct » with the columns that name them), or take a watermark that no two commits share.");
        }

        var beyond = mark is null ? "" : $"{column} {(isRepeated ? ">=" : ">")} CAST($2 AS {type}) AND ";
        var content = await ContentAsync(until);
        return new PostgresRows(
            connection,
            snapshot,
            FileOf(source, $"{query} {mark} {until} {content}", until) with { RemoteVersion = content },
            header,
            $"SELECT {texts} FROM ({query}) AS said WHERE {beyond}{column} <= CAST($1 AS {type}) ORDER BY {column}",
            until,
            mark);
    }

    private static SourceFile FileOf(FeedSource source, string content, string? watermark) => new(
        "", NameOf(source), 0, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))), null, watermark);

    private static async Task<List<(string Name, string Type)>> ColumnsAsync(NpgsqlConnection connection, string query, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, $"SELECT * FROM ({query}) AS said LIMIT 0");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(field => (reader.GetName(field), reader.GetDataTypeName(field)))];
    }

    private static async Task<string?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params string?[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException)
        {
            throw Fault(File.Name, fault);
        }
    }
}
