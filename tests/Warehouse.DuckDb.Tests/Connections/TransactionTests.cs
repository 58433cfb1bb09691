using System.Data;

namespace Warehouse.DuckDb.Tests.Connections;

public sealed class TransactionTests : IDisposable
{
    private readonly DuckDBDataSource _source = new("Data Source=:memory:");

    public TransactionTests()
    {
        using var connection = _source.OpenConnection();
        connection.Execute("CREATE TABLE account (id INTEGER PRIMARY KEY, balance INTEGER); INSERT INTO account VALUES (1, 10)");
    }

    public void Dispose() => _source.Dispose();

    [Fact]
    public void Commit_MakesChangesVisibleToOthers()
    {
        using var writer = _source.OpenConnection();
        using var reader = _source.OpenConnection();
        using var transaction = writer.BeginTransaction();
        writer.Execute("UPDATE account SET balance = 20");
        Assert.Equal(10, reader.Scalar("SELECT balance FROM account"));
        transaction.Commit();
        Assert.Equal(20, reader.Scalar("SELECT balance FROM account"));
    }

    [Fact]
    public void Dispose_WithoutCommit_RollsBack()
    {
        using var connection = _source.OpenConnection();
        using (connection.BeginTransaction())
        {
            connection.Execute("DELETE FROM account");
        }

        Assert.Equal(1L, connection.Scalar("SELECT count(*) FROM account"));
    }

    [Fact]
    public void Dispose_WithReaderOpen_ClosesItAndRollsBack()
    {
        using var connection = _source.OpenConnection();
        using var command = new DuckDBCommand("DELETE FROM account; FROM range(1000000)", connection);
        using (connection.BeginTransaction())
        {
            var reader = command.ExecuteReader();
            Assert.True(reader.Read());
        }

        Assert.Equal(1L, connection.Scalar("SELECT count(*) FROM account"));
    }

    [Fact]
    public void Commit_OnWriteConflict_IsTransientErrorAndConnectionStaysUsable()
    {
        using var first = _source.OpenConnection();
        using var second = _source.OpenConnection();
        using var one = first.BeginTransaction();
        using var two = second.BeginTransaction();
        first.Execute("UPDATE account SET balance = 1");
        var fault = Assert.Throws<DuckDBException>(() => second.Execute("UPDATE account SET balance = 2"));
        Assert.Equal(DuckDBErrorKind.Transaction, fault.ErrorKind);
        Assert.True(fault.IsTransient);
        one.Commit();
        two.Rollback();
        second.Execute("UPDATE account SET balance = 2");
        Assert.Equal(2, first.Scalar("SELECT balance FROM account"));
    }

    [Fact]
    public void Statement_AfterFailureInTransaction_IsRefusedUntilRollback()
    {
        using var connection = _source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        Assert.Equal(
            DuckDBErrorKind.Constraint,
            Assert.Throws<DuckDBException>(() => connection.Execute("INSERT INTO account VALUES (1, 1)")).ErrorKind);
        Assert.Equal(
            DuckDBErrorKind.Transaction,
            Assert.Throws<DuckDBException>(() => connection.Scalar("SELECT 1")).ErrorKind);
        Assert.Equal(DuckDBErrorKind.Transaction, Assert.Throws<DuckDBException>(transaction.Commit).ErrorKind);
        Assert.Equal(10, connection.Scalar("SELECT balance FROM account"));
    }

    [Fact]
    public void BeginTransaction_Nested_IsRefused()
    {
        using var connection = _source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        Assert.Throws<InvalidOperationException>(() => connection.BeginTransaction());
    }

    [Theory]
    [InlineData(IsolationLevel.ReadCommitted)]
    [InlineData(IsolationLevel.ReadUncommitted)]
    [InlineData(IsolationLevel.RepeatableRead)]
    [InlineData(IsolationLevel.Chaos)]
    public void BeginTransaction_OtherIsolation_IsRefused(IsolationLevel level)
    {
        using var connection = _source.OpenConnection();
        Assert.Throws<NotSupportedException>(() => connection.BeginTransaction(level));
    }

    [Fact]
    public void Transaction_AfterItsEnd_RefusesEverything()
    {
        using var connection = _source.OpenConnection();
        var transaction = connection.BeginTransaction(IsolationLevel.Serializable);
        transaction.Commit();
        Assert.Throws<InvalidOperationException>(transaction.Commit);
        Assert.Throws<InvalidOperationException>(transaction.Rollback);
        using var command = new DuckDBCommand("SELECT 1", connection) { Transaction = transaction };
        Assert.Throws<InvalidOperationException>(command.ExecuteScalar);
        transaction.Dispose();
    }

    [Fact]
    public void Dispose_AfterCallersOwnCommit_IsQuiet()
    {
        using var connection = _source.OpenConnection();
        using (connection.BeginTransaction())
        {
            connection.Execute("DELETE FROM account");
            connection.Execute("COMMIT");
        }

        Assert.Equal(0L, connection.Scalar("SELECT count(*) FROM account"));
    }

    [Fact]
    public void CloseConnection_WithTransactionOpen_RollsBack()
    {
        var connection = _source.OpenConnection();
        var transaction = connection.BeginTransaction();
        connection.Execute("DELETE FROM account");
        connection.Close();
        Assert.Null(transaction.Connection);
        connection.Open();
        Assert.Equal(1L, connection.Scalar("SELECT count(*) FROM account"));
        connection.Dispose();
    }
}
