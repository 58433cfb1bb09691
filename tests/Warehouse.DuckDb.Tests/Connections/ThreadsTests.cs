namespace Warehouse.DuckDb.Tests.Connections;

public sealed class ThreadsTests : Database
{
    private const int Workers = 12;

    [Fact]
    public async Task ManyConnections_WriteAndReadAtOnce()
    {
        const int rounds = 40;
        Connection.Execute("CREATE TABLE t (worker INTEGER, round INTEGER)");
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            for (var round = 0; round < rounds; round++)
            {
                await using var connection = await Source.OpenConnectionAsync();
                await using var command = connection.Command("INSERT INTO t VALUES (?, ?)", worker, round);
                Assert.Equal(1, await command.ExecuteNonQueryAsync());
                Assert.Equal(round + 1L, connection.Scalar("SELECT count(*) FROM t WHERE worker = ?", worker));
                await using var read = new DuckDBCommand("FROM range(5000)", connection);
                await using var reader = await read.ExecuteReaderAsync();
                var rows = 0;
                while (await reader.ReadAsync())
                {
                    rows++;
                }

                Assert.Equal(5000, rows);
            }
        })));
        Assert.Equal((long)Workers * rounds, Connection.Scalar("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task ManyAppenders_FillOneTable()
    {
        const int rows = 20_000;
        Connection.Execute("CREATE TABLE t (worker INTEGER, i INTEGER, s VARCHAR)");
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() =>
        {
            using var connection = Source.OpenConnection();
            using var appender = connection.CreateAppender("t");
            for (var i = 0; i < rows; i++)
            {
                appender.CreateRow().AppendValue(worker).AppendValue(i).AppendValue($"worker {worker} row {i}").EndRow();
            }

            appender.Close();
        })));
        Assert.Equal((long)Workers * rows, Connection.Scalar("SELECT count(*) FROM t WHERE s = 'worker ' || worker || ' row ' || i"));
    }

    [Fact]
    public async Task OneConnection_UsedByManyThreads_RefusesAndNeverBreaks()
    {
        var done = 0;
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() =>
        {
            for (var round = 0; round < 200; round++)
            {
                try
                {
                    using var command = new DuckDBCommand("SELECT sum(i) FROM range(1000) t(i)", Connection);
                    Assert.Equal(499_500, Convert.ToInt32(command.ExecuteScalar()!.ToString(), System.Globalization.CultureInfo.InvariantCulture));
                    Interlocked.Increment(ref done);
                }
                catch (InvalidOperationException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        })));
        Assert.Equal(Workers * 200, done + refused);
        Assert.True(done > 0);
        Assert.Equal(1, Connection.Scalar("SELECT 1"));
    }

    [Fact]
    public async Task Opening_AtOnce_MakesOneInstance()
    {
        using var folder = new Folder();
        var text = $"Data Source={folder["a.duckdb"]}";
        await Task.WhenAll(Enumerable.Range(0, 50).Select(worker => Task.Run(() =>
        {
            using var connection = new DuckDBConnection(text);
            connection.Open();
            connection.Execute($"CREATE TABLE t{worker} (i INTEGER)");
        })));
        await using var last = new DuckDBConnection(text);
        await last.OpenAsync();
        Assert.Equal(50L, last.Scalar("SELECT count(*) FROM duckdb_tables()"));
    }
}
