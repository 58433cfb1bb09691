namespace Warehouse.DuckDb.Tests.Connections;

public sealed class TwoProcessesTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void File_HeldByAnotherProcess_IsRefusedWithItsId()
    {
        var text = $"Data Source={_folder["a.duckdb"]}";
        using var connection = new DuckDBConnection(text);
        using (var holder = new HeldDatabase(text))
        {
            var fault = Assert.Throws<DuckDBException>(connection.Open);
            Assert.Equal(DuckDBErrorKind.IO, fault.ErrorKind);
            Assert.Equal(holder.ProcessId, fault.LockHolderProcessId);
            using var reader = new DuckDBConnection(text + ";Access Mode=read_only");
            Assert.Equal(holder.ProcessId, Assert.Throws<DuckDBException>(reader.Open).LockHolderProcessId);
        }

        connection.Open();
        connection.Execute("CREATE TABLE t (i INTEGER)");
    }

    [Fact]
    public void File_ReadByAnotherProcess_CanBeRead()
    {
        var file = _folder["a.duckdb"];
        using (var writer = new DuckDBConnection($"Data Source={file}"))
        {
            writer.Open();
            writer.Execute("CREATE TABLE t AS SELECT 42 AS i");
        }

        using var holder = new HeldDatabase($"Data Source={file};Access Mode=read_only");
        using var reader = new DuckDBConnection($"Data Source={file};Access Mode=read_only");
        reader.Open();
        Assert.Equal(42, reader.Scalar("SELECT i FROM t"));
    }
}
