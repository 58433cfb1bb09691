using System.Data;

namespace Warehouse.DuckDb.Tests.Connections;

/// <summary>Which connections see the same database.</summary>
public sealed class InstanceTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Memory_OfAConnection_IsItsOwn()
    {
        using var first = Open("Data Source=:memory:");
        using var second = Open("Data Source=:memory:");
        first.Execute("CREATE TABLE t (i INTEGER)");
        Assert.Equal(0L, second.Scalar("SELECT count(*) FROM duckdb_tables()"));
    }

    [Fact]
    public void Memory_OfADataSource_IsSharedByItsConnections()
    {
        using var source = new DuckDBDataSource("Data Source=:memory:");
        using (var first = source.OpenConnection())
        {
            first.Execute("CREATE TABLE t AS SELECT 42 AS i");
        }

        using var second = source.OpenConnection();
        Assert.Equal(42, second.Scalar("SELECT i FROM t"));
    }

    [Fact]
    public void Memory_OfOneName_IsSharedAsLongAsAnyoneHasIt()
    {
        var name = $"Data Source=:memory:{Guid.NewGuid():N}";
        using (var first = Open(name))
        {
            first.Execute("CREATE TABLE t AS SELECT 42 AS i");
            using var second = Open(name);
            Assert.Equal(42, second.Scalar("SELECT i FROM t"));
        }

        using var third = Open(name);
        Assert.Equal(0L, third.Scalar("SELECT count(*) FROM duckdb_tables()"));
    }

    [Fact]
    public void File_IsOneInstanceHoweverItIsNamed()
    {
        var file = _folder["a.duckdb"];
        Directory.CreateDirectory(_folder["sub"]);
        var link = _folder["link.duckdb"];
        var linkedFolder = _folder["linked"];
        using var first = Open($"Data Source={file}");
        File.CreateSymbolicLink(link, file);
        Directory.CreateSymbolicLink(linkedFolder, Path.GetDirectoryName(file)!);
        first.Execute("CREATE TABLE t (i INTEGER)");
        string[] names = [file, Path.Combine(_folder["sub"], "..", "a.duckdb"), link, Path.Combine(linkedFolder, "a.duckdb"), Path.GetRelativePath(Environment.CurrentDirectory, file)];
        foreach (var name in names)
        {
            using var other = Open($"Data Source={name}");
            other.Execute("INSERT INTO t VALUES (1)");
        }

        Assert.Equal((long)names.Length, first.Scalar("SELECT count(*) FROM t"));
    }

    [Fact]
    public void File_OpenedWithOtherOptions_IsRefused()
    {
        var file = _folder["a.duckdb"];
        using var first = Open($"Data Source={file};threads=1");
        using var second = new DuckDBConnection($"Data Source={file};threads=2");
        var fault = Assert.Throws<DuckDBException>(second.Open);
        Assert.Equal(DuckDBErrorKind.Connection, fault.ErrorKind);
        Assert.Contains("threads=2", fault.Message, StringComparison.Ordinal);
        Assert.Equal(ConnectionState.Closed, second.State);
    }

    [Fact]
    public void File_Reopened_HasWhatWasCommitted()
    {
        var text = $"Data Source={_folder["a.duckdb"]}";
        for (var round = 0; round < 5; round++)
        {
            using var connection = Open(text);
            connection.Execute("CREATE TABLE IF NOT EXISTS t (i INTEGER); INSERT INTO t VALUES (1)");
            Assert.Equal(round + 1L, connection.Scalar("SELECT count(*) FROM t"));
        }
    }

    [Fact]
    public void File_IsFreeOnceItsLastConnectionIsClosed_EvenIfCommandsAreLeft()
    {
        var file = _folder["a.duckdb"];
        var connection = Open($"Data Source={file}");
        var command = connection.Command("SELECT 1");
        command.ExecuteScalar();
        var reader = connection.Command("FROM range(100000)").ExecuteReader();
        Assert.True(reader.Read());
        connection.Close();
        new HeldDatabase($"Data Source={file}").Dispose();
        Assert.Throws<InvalidOperationException>(command.ExecuteScalar);
        Assert.Throws<ObjectDisposedException>(() => reader.Read());
    }

    [Fact]
    public void DataSource_Disposed_LeavesItsConnectionsButGivesNoMore()
    {
        var file = _folder["a.duckdb"];
        var source = new DuckDBDataSource($"Data Source={file}");
        using var connection = source.OpenConnection();
        connection.Execute("CREATE TABLE t AS SELECT 42 AS i");
        source.Dispose();
        Assert.Equal(42, connection.Scalar("SELECT i FROM t"));
        Assert.Throws<ObjectDisposedException>(() => source.OpenConnection());
        using var other = Open($"Data Source={file}");
        Assert.Equal(42, other.Scalar("SELECT i FROM t"));
    }

    [Fact]
    public void ReadOnly_RefusesWrites()
    {
        var file = _folder["a.duckdb"];
        using (var writer = Open($"Data Source={file}"))
        {
            writer.Execute("CREATE TABLE t AS SELECT 42 AS i");
        }

        using var reader = Open($"Data Source={file};Access Mode=read_only");
        Assert.Equal(42, reader.Scalar("SELECT i FROM t"));
        Assert.Equal(DuckDBErrorKind.InvalidInput, Assert.Throws<DuckDBException>(() => reader.Execute("DELETE FROM t")).ErrorKind);
        Assert.Throws<DuckDBException>(() => reader.CreateAppender("t"));
    }

    private static DuckDBConnection Open(string connectionString)
    {
        var connection = new DuckDBConnection(connectionString);
        connection.Open();
        return connection;
    }
}
