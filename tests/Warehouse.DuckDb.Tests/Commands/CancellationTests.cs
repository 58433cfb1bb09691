using System.Diagnostics;

namespace Warehouse.DuckDb.Tests.Commands;

/// <summary>Each query here would run for hours; that the test ends shows that it was ended.</summary>
public sealed class CancellationTests : Database
{
    private const string Endless = "SELECT count(*) FROM range(1000000000000000) r(i) WHERE nextval('rows_looked_at') + i = -1";

    public CancellationTests() => Connection.Execute("CREATE SEQUENCE rows_looked_at");

    [Fact]
    public async Task Token_WhileRunning_EndsTheQueryAndIsNamed()
    {
        await using var command = new DuckDBCommand(Endless, Connection);
        using var cancellation = new CancellationTokenSource();
        var running = command.ExecuteScalarAsync(cancellation.Token);
        await UntilRunning(running);
        await cancellation.CancelAsync();
        var fault = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(cancellation.Token, fault.CancellationToken);
        Assert.Equal(1, Connection.Scalar("SELECT 1"));
    }

    [Fact]
    public async Task Token_TakesMillisecondsInTheMedian()
    {
        var waits = new List<TimeSpan>();
        for (var round = 0; round < 15; round++)
        {
            await using var command = new DuckDBCommand(Endless, Connection);
            using var cancellation = new CancellationTokenSource();
            var running = command.ExecuteNonQueryAsync(cancellation.Token);
            await UntilRunning(running);
            var began = Stopwatch.GetTimestamp();
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
            waits.Add(Stopwatch.GetElapsedTime(began));
        }

        Assert.True(waits.Order().ElementAt(waits.Count / 2) < TimeSpan.FromMilliseconds(100), string.Join(", ", waits));
    }

    [Fact]
    public async Task Token_CancelledAtAnyMoment_IsNeverLost()
    {
        var random = new Random(7);
        for (var round = 0; round < 100; round++)
        {
            await using var command = new DuckDBCommand(Endless, Connection);
            using var cancellation = new CancellationTokenSource(TimeSpan.FromMicroseconds(random.Next(3000)));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => command.ExecuteScalarAsync(cancellation.Token));
        }

        Assert.Equal(1, Connection.Scalar("SELECT 1"));
    }

    [Fact]
    public async Task Token_CancelledBefore_RunsNothing()
    {
        Connection.Execute("CREATE TABLE t (i INTEGER)");
        await using var command = new DuckDBCommand("INSERT INTO t VALUES (1)", Connection);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => command.ExecuteNonQueryAsync(new CancellationToken(canceled: true)));
        Assert.Equal(0L, Connection.Scalar("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task Token_BetweenTwoReads_EndsTheStream()
    {
        await using var command = new DuckDBCommand("FROM range(1000000000000)", Connection);
        using var cancellation = new CancellationTokenSource();
        await using (var reader = await command.ExecuteReaderAsync(cancellation.Token))
        {
            Assert.True(await reader.ReadAsync(cancellation.Token));
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reader.ReadAsync(cancellation.Token));
        }

        Assert.Equal(1, Connection.Scalar("SELECT 1"));
    }

    [Fact]
    public async Task Token_DuringAFetchThatFindsNothing_EndsIt()
    {
        await using var command = new DuckDBCommand("FROM range(1000000000000) t(i) WHERE i < 1000000 OR i % 1000000000 = 0", Connection);
        using var cancellation = new CancellationTokenSource();
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None);
        Assert.True(await reader.ReadAsync(cancellation.Token));
        cancellation.CancelAfter(200);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await reader.ReadAsync(cancellation.Token))
            {
            }
        });
    }

    [Fact]
    public async Task Cancel_FromAnotherThread_EndsASynchronousExecution()
    {
        using var command = new DuckDBCommand(Endless, Connection);
        var running = Task.Run(command.ExecuteScalar);
        await UntilRunning(running);
        command.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(1, Connection.Scalar("SELECT 1"));
    }

    [Fact]
    public void Cancel_WhenNothingRuns_DoesNothing()
    {
        using var command = new DuckDBCommand("SELECT 1", Connection);
        command.Cancel();
        Assert.Equal(1, command.ExecuteScalar());
        command.Cancel();
        Assert.Equal(1, command.ExecuteScalar());
    }

    [Fact]
    public void CommandTimeout_IsATypedErrorAndTheConnectionStaysUsable()
    {
        using var command = new DuckDBCommand(Endless, Connection) { CommandTimeout = 1 };
        var fault = Assert.Throws<DuckDBException>(command.ExecuteScalar);
        Assert.Equal(DuckDBErrorKind.Timeout, fault.ErrorKind);
        Assert.IsType<TimeoutException>(fault.InnerException);
        Assert.Equal(1, Connection.Scalar("SELECT 1"));
    }

    [Fact]
    public async Task CloseConnection_WhileAnotherThreadWaits_EndsItsQuery()
    {
        var connection = Source.OpenConnection();
        using var command = new DuckDBCommand(Endless, connection);
        var running = Task.Run(command.ExecuteScalar);
        await UntilRunning(running);
        connection.Close();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Token_InATransaction_LeavesItToBeRolledBack()
    {
        Connection.Execute("CREATE TABLE t (i INTEGER)");
        await using (var transaction = Connection.BeginTransaction())
        {
            Connection.Execute("INSERT INTO t VALUES (1)");
            await using var command = new DuckDBCommand(Endless, Connection);
            using var cancellation = new CancellationTokenSource(50);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => command.ExecuteScalarAsync(cancellation.Token));
            await transaction.RollbackAsync();
        }

        Assert.Equal(0L, Connection.Scalar("SELECT count(*) FROM t"));
    }

    /// <summary>Waits until the engine looks at rows, which another connection sees by the sequence.</summary>
    private async Task UntilRunning(Task running)
    {
        await using var other = await Source.OpenConnectionAsync();
        var before = Looked();
        while (Looked() == before)
        {
            Assert.False(running.IsCompleted);
            await Task.Delay(1);
        }

        object? Looked() => other.Scalar("SELECT last_value FROM duckdb_sequences()");
    }
}
