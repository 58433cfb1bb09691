using System.Data;

namespace Warehouse.DuckDb.Tests.Connections;

/// <summary>Whatever is disposed when: nothing crashes, nothing blocks, and the connection is free.</summary>
public sealed class DisposeTests : Database
{
    [Fact]
    public void Everything_DisposedTwice_IsFine()
    {
        var connection = Source.OpenConnection();
        var command = new DuckDBCommand("SELECT 1; SELECT 2", connection);
        var transaction = connection.BeginTransaction();
        var reader = command.ExecuteReader();
        Connection.Execute("CREATE TABLE t (i INTEGER)");
        reader.Dispose();
        reader.Dispose();
        transaction.Dispose();
        transaction.Dispose();
        var appender = connection.CreateAppender("t");
        appender.Dispose();
        appender.Dispose();
        var chunks = command.ExecuteChunkReader();
        chunks.Dispose();
        chunks.Dispose();
        command.Dispose();
        command.Dispose();
        connection.Dispose();
        connection.Dispose();
        var source = new DuckDBDataSource("Data Source=:memory:");
        source.Dispose();
        source.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2048)]
    [InlineData(5000)]
    [InlineData(100_000)]
    public void Reader_DisposedAfterSomeRows_FreesTheConnection(int rows)
    {
        using (var command = new DuckDBCommand("SELECT i, repeat('x', 200) FROM range(100000) t(i)", Connection))
        {
            using var reader = command.ExecuteReader();
            for (var row = 0; row < rows; row++)
            {
                Assert.True(reader.Read());
            }
        }

        Assert.Equal(1, Connection.Scalar("SELECT 1"));
    }

    [Fact]
    public void Command_DisposedBeforeItsReader_LetsItReadOn()
    {
        var command = new DuckDBCommand("FROM range(10000)", Connection);
        using var reader = command.ExecuteReader();
        command.Dispose();
        var rows = 0;
        while (reader.Read())
        {
            rows++;
        }

        Assert.Equal(10_000, rows);
    }

    [Fact]
    public void Connection_DisposedBeforeItsReader_ClosesIt()
    {
        var connection = Source.OpenConnection();
        var command = new DuckDBCommand("FROM range(1000000)", connection);
        var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        connection.Dispose();
        Assert.True(reader.IsClosed);
        Assert.Throws<ObjectDisposedException>(() => reader.Read());
        reader.Dispose();
        command.Dispose();
    }

    [Fact]
    public void Source_DisposedBeforeItsConnections_LeavesThem()
    {
        var source = new DuckDBDataSource("Data Source=:memory:");
        using var connection = source.OpenConnection();
        using var command = new DuckDBCommand("FROM range(1000000)", connection);
        using var reader = command.ExecuteReader();
        source.Dispose();
        Assert.True(reader.Read());
    }

    [Fact]
    public void Connection_DisposedMidTransaction_RollsBack()
    {
        using (var connection = Source.OpenConnection())
        {
            connection.Execute("CREATE TABLE t (i INTEGER)");
            _ = connection.BeginTransaction();
            connection.Execute("INSERT INTO t VALUES (1)");
        }

        Assert.Equal(0L, Connection.Scalar("SELECT count(*) FROM t"));
    }

    [Fact]
    public void Connection_ReopenedAfterClose_Works()
    {
        using var connection = Source.OpenConnection();
        using var command = new DuckDBCommand("SELECT 42", connection);
        Assert.Equal(42, command.ExecuteScalar());
        connection.Close();
        Assert.Equal(ConnectionState.Closed, connection.State);
        connection.Open();
        Assert.Equal(42, command.ExecuteScalar());
    }

    [Fact]
    public void Forgotten_ObjectsAreFreedByTheirFinalizers()
    {
        for (var round = 0; round < 50; round++)
        {
            Forget(Source);
        }

        Collect();
        Assert.Equal(1, Connection.Scalar("SELECT 1"));
    }

    [Fact]
    public async Task Reader_DisposedWhileAnotherThreadReads_EndsThatOrIsRefused()
    {
        for (var round = 0; round < 20; round++)
        {
            await using var connection = await Source.OpenConnectionAsync();
            await using var command = new DuckDBCommand("SELECT i, repeat('x', 200) FROM range(1000000000) t(i)", connection);
            await using var reader = await command.ExecuteChunkReaderAsync();
            var reading = Task.Run(() =>
            {
                while (reader.Read())
                {
                }
            });
            await Task.Delay(5);
            connection.Close();
            var fault = await Record.ExceptionAsync(() => reading);
            Assert.True(fault is OperationCanceledException or ObjectDisposedException or InvalidOperationException, $"{fault}");
        }
    }

    internal static void Collect()
    {
        for (var round = 0; round < 3; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static void Forget(DuckDBDataSource source)
    {
        var connection = source.OpenConnection();
        var reader = new DuckDBCommand("FROM range(100000)", connection).ExecuteReader();
        Assert.True(reader.Read());
        var other = new DuckDBConnection("Data Source=:memory:");
        other.Open();
        other.Execute("CREATE TABLE t (i INTEGER)");
        other.CreateAppender("t").CreateRow().AppendValue(1).EndRow();
        other.BeginTransaction();
    }
}
