using Warehouse.DuckDb;

namespace Warehouse.Benchmarks.Provider;

/// <summary>The table that the provider is measured on: a number, a key, a share, an amount of money, a day and a text.</summary>
internal sealed class SixColumns : IDisposable
{
    public const string Definition = "(id BIGINT, customer INTEGER, share DOUBLE, amount DECIMAL(18,4), day DATE, name VARCHAR)";

    public const string Select = "SELECT id, customer, share, amount, day, name FROM six";

    private readonly DuckDBDataSource _source;

    /// <param name="rows">How many rows; every fiftieth amount is NULL, names have 6 to 21 bytes.</param>
    /// <param name="threads">How many threads the engine may use.</param>
    public SixColumns(long rows, int threads)
    {
        _source = new DuckDBDataSource($"Data Source=:memory:;threads={threads}");
        Connection = _source.OpenConnection();
        using var command = new DuckDBCommand(
            $"""
            CREATE TABLE six {Definition};
            INSERT INTO six
            SELECT i, (hash(i) % 1000000)::INTEGER, i / 7, CASE WHEN i % 50 <> 0 THEN (i % 1000000) / 100 END,
                DATE '2020-01-01' + (i % 1500)::INTEGER, CASE WHEN i % 2 = 0 THEN 'name ' || i % 1000 ELSE 'a longer name ' || i END
            FROM range({rows}) t(i)
            """,
            Connection);
        command.ExecuteNonQuery();
    }

    public DuckDBConnection Connection { get; }

    public void Dispose()
    {
        Connection.Dispose();
        _source.Dispose();
    }
}
