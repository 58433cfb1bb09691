using System.Data;

namespace Warehouse.DuckDb.Tests.Commands;

public sealed class CommandTests : Database
{
    [Fact]
    public void ExecuteScalar_TellsNoRowFromNull()
    {
        Assert.Null(Connection.Scalar("SELECT 1 WHERE false"));
        Assert.Equal(DBNull.Value, Connection.Scalar("SELECT NULL"));
        Assert.Null(Connection.Scalar("CREATE TABLE t (i INTEGER)"));
    }

    [Fact]
    public void ExecuteNonQuery_CountsRowsChangedByAllStatements()
    {
        Assert.Equal(-1, Connection.Execute("CREATE TABLE t (i INTEGER)"));
        Assert.Equal(5, Connection.Execute("INSERT INTO t VALUES (1), (2), (3); DELETE FROM t WHERE i < 3"));
        Assert.Equal(0, Connection.Execute("UPDATE t SET i = 9 WHERE false"));
        Assert.Equal(2, Connection.Execute("INSERT INTO t VALUES (4), (5) RETURNING i"));
        Assert.Equal(-1, Connection.Execute("SELECT * FROM t"));
        Assert.Equal(3, Connection.Execute("MERGE INTO t USING (SELECT 3 AS i) s USING (i) WHEN MATCHED THEN UPDATE SET i = 0 WHEN NOT MATCHED BY SOURCE THEN DELETE"));
    }

    [Fact]
    public void ExecuteNonQuery_OfASelect_RunsItToItsEnd()
    {
        Connection.Execute("SET threads = 1"); // With several, the engine now and then loses the reason.
        Assert.Equal(
            DuckDBErrorKind.InvalidInput,
            Assert.Throws<DuckDBException>(() => Connection.Execute("SELECT CASE WHEN i = 5000000 THEN error('late') ELSE i::VARCHAR END FROM range(5000001) t(i)")).ErrorKind);
    }

    [Fact]
    public void Command_RunAgainWithOtherValues_NeedsNoNewPlan()
    {
        Connection.Execute("CREATE TABLE t (i INTEGER)");
        using var command = new DuckDBCommand("INSERT INTO t VALUES ($i)", Connection);
        command.Prepare();
        var parameter = command.Parameters.AddWithValue("i", 0);
        for (var i = 1; i <= 100; i++)
        {
            parameter.Value = i;
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        Assert.Equal(5050L, Connection.Scalar("SELECT sum(i)::BIGINT FROM t"));
    }

    [Fact]
    public void Command_RunAgainWithAnotherType_TakesIt()
    {
        using var command = Connection.Command("SELECT typeof($1)", 1);
        Assert.Equal("INTEGER", command.ExecuteScalar());
        command.Parameters[0].Value = "a";
        Assert.Equal("VARCHAR", command.ExecuteScalar());
        command.Parameters[0].Value = null;
        Assert.Equal("\"NULL\"", command.ExecuteScalar());
    }

    [Fact]
    public void Command_RunAgainAfterItsTableChanged_SeesTheChange()
    {
        Connection.Execute("CREATE TABLE t AS SELECT 1 AS a");
        using var command = new DuckDBCommand("SELECT * FROM t", Connection);
        Assert.Equal(1, command.ExecuteScalar());
        Connection.Execute("DROP TABLE t; CREATE TABLE t AS SELECT 'text' AS b, 2 AS c");
        using var reader = command.ExecuteReader();
        Assert.Equal(2, reader.FieldCount);
        Assert.True(reader.Read());
        Assert.Equal("text", reader.GetString(0));
    }

    [Fact]
    public void Command_AfterAFault_RunsWhenTheFaultIsGone()
    {
        using var command = new DuckDBCommand("SELECT i FROM later", Connection);
        Assert.Equal(DuckDBErrorKind.Catalog, Assert.Throws<DuckDBException>(command.ExecuteScalar).ErrorKind);
        Connection.Execute("CREATE TABLE later AS SELECT 42 AS i");
        Assert.Equal(42, command.ExecuteScalar());
    }

    [Fact]
    public void Command_MovedToAnotherConnection_RunsThere()
    {
        using var other = new DuckDBConnection("Data Source=:memory:");
        other.Open();
        other.Execute("CREATE TABLE t AS SELECT 'there' AS i");
        Connection.Execute("CREATE TABLE t AS SELECT 'here' AS i");
        using var command = new DuckDBCommand("SELECT i FROM t", Connection);
        Assert.Equal("here", command.ExecuteScalar());
        command.Connection = other;
        Assert.Equal("there", command.ExecuteScalar());
    }

    [Theory]
    [InlineData("SELEC 1", DuckDBErrorKind.Parser)]
    [InlineData("SELECT nope", DuckDBErrorKind.Binder)]
    [InlineData("FROM nope", DuckDBErrorKind.Catalog)]
    [InlineData("SELECT 'x'::INTEGER", DuckDBErrorKind.Conversion)]
    [InlineData("SELECT 1::UTINYINT - 2::UTINYINT", DuckDBErrorKind.OutOfRange)]
    [InlineData("SELECT error('mine')", DuckDBErrorKind.InvalidInput)]
    [InlineData("FROM '/no/such/file.parquet'", DuckDBErrorKind.IO)]
    [InlineData("COMMIT", DuckDBErrorKind.Transaction)]
    [InlineData("SET nonsense = 1", DuckDBErrorKind.Catalog)]
    public void Fault_HasItsKind(string sql, DuckDBErrorKind kind)
    {
        var fault = Assert.Throws<DuckDBException>(() => Connection.Scalar(sql));
        Assert.True(kind == fault.ErrorKind, $"{fault.ErrorKind}: {fault.Message}");
        Assert.Equal(kind == DuckDBErrorKind.Transaction, fault.IsTransient);
    }

    [Fact]
    public void Fault_InTheSecondStatement_LeavesTheFirstDone()
    {
        Assert.Throws<DuckDBException>(() => Connection.Execute("CREATE TABLE t (i INTEGER); INSERT INTO nope VALUES (1)"));
        Assert.Equal(0L, Connection.Scalar("SELECT count(*) FROM t"));
    }

    [Fact]
    public void Fault_InTheSecondStatementsText_LeavesNothingDone()
    {
        Assert.Throws<DuckDBException>(() => Connection.Execute("CREATE TABLE t (i INTEGER); SELEC 1"));
        Assert.Equal(0L, Connection.Scalar("SELECT count(*) FROM duckdb_tables()"));
    }

    [Fact]
    public void Text_WithNul_IsRefusedNotCutOff()
    {
        Connection.Execute("CREATE TABLE t AS SELECT 1 AS i");
        Assert.Throws<ArgumentException>(() => Connection.Execute("DELETE FROM t \0 WHERE false"));
        Assert.Equal(1L, Connection.Scalar("SELECT count(*) FROM t"));
    }

    [Fact]
    public void Command_WithoutWhatItNeeds_SaysSo()
    {
        using var noConnection = new DuckDBCommand("SELECT 1");
        Assert.Throws<InvalidOperationException>(noConnection.ExecuteScalar);
        using var noText = new DuckDBCommand(" ", Connection);
        Assert.Throws<InvalidOperationException>(noText.ExecuteScalar);
        using var closed = new DuckDBConnection("Data Source=:memory:");
        using var notOpen = new DuckDBCommand("SELECT 1", closed);
        Assert.Throws<InvalidOperationException>(notOpen.ExecuteScalar);
        Assert.Throws<NotSupportedException>(() => noText.CommandType = CommandType.StoredProcedure);
    }

    [Theory]
    [InlineData("-- nothing but a comment")]
    [InlineData(";")]
    public void TextWithoutStatements_DoesNothing(string sql)
    {
        Assert.Equal(-1, Connection.Execute(sql));
        using var command = new DuckDBCommand(sql, Connection);
        using var reader = command.ExecuteReader();
        Assert.Equal(0, reader.FieldCount);
        Assert.False(reader.Read());
        Assert.False(reader.NextResult());
    }

    [Fact]
    public async Task Asynchronous_DoesWhatSynchronousDoes()
    {
        await using var command = new DuckDBCommand("CREATE TABLE t AS FROM range(5000) r(i); FROM t; INSERT INTO t VALUES (1)", Connection);
        await command.PrepareAsync();
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.Default);
        long sum = 0;
        while (await reader.ReadAsync())
        {
            sum += await reader.GetFieldValueAsync<long>(0);
            Assert.False(await reader.IsDBNullAsync(0));
        }

        Assert.Equal(5000L * 4999 / 2, sum);
        Assert.False(await reader.NextResultAsync());
        await reader.CloseAsync();
        Assert.Equal(5001L, await Connection.Command("SELECT count(*) FROM t").ExecuteScalarAsync());
    }
}
