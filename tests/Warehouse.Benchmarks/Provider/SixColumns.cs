using Warehouse.DuckDb;

namespace Warehouse.Benchmarks.Provider;

/// <summary>The table that the provider is measured on: a number, a key, a share, an amount of money, a day and a text.</summary>
internal sealed class SixColumns : IDisposable
{
    public const string Select = "SELECT id, customer, share, amount, day, name FROM six";

    private const string Columns = "(id BIGINT, customer INTEGER, share DOUBLE, amount DECIMAL(18,4), day DATE, name VARCHAR)";

    private readonly DuckDBDataSource _source;

    /// <param name="file">Where the database is; null for memory.</param>
    /// <param name="rows">How many rows; every fiftieth amount is NULL, names have 6 to 21 bytes.</param>
    public SixColumns(string? file, long rows)
    {
        _source = new DuckDBDataSource($"Data Source={file ?? DuckDBConnectionStringBuilder.InMemory};threads=1");
        Connection = _source.OpenConnection();
        Execute(
            $"""
            CREATE TABLE six {Columns};
            INSERT INTO six
            SELECT i, (hash(i) % 1000000)::INTEGER, i / 7, CASE WHEN i % 50 <> 0 THEN (i % 1000000) / 100 END,
                DATE '2020-01-01' + (i % 1500)::INTEGER, CASE WHEN i % 2 = 0 THEN 'name ' || i % 1000 ELSE 'a longer name ' || i END
            FROM range({rows}) t(i);
            CHECKPOINT
            """);
    }

    /// <summary>One connection, to an engine of one thread.</summary>
    public DuckDBConnection Connection { get; }

    /// <summary>An empty table of the same columns.</summary>
    public string NewTarget()
    {
        Execute($"CREATE OR REPLACE TABLE target {Columns}");
        return "target";
    }

    public void Execute(string sql)
    {
        using var command = new DuckDBCommand(sql, Connection);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        Connection.Dispose();
        _source.Dispose();
    }
}
