namespace Warehouse.DuckDb.Tests.Connections;

public sealed class BadFileTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FileOfAnotherSort_IsRefusedAndUnchanged()
    {
        var file = _folder["letter.txt"];
        File.WriteAllText(file, new string('x', 10_000));
        Assert.Equal(DuckDBErrorKind.IO, OpenFault(file).ErrorKind);
        Assert.Equal(new string('x', 10_000), File.ReadAllText(file));
    }

    [Fact]
    public void DamagedDatabase_IsRefused()
    {
        var file = Filled("a.duckdb");
        using (var stream = File.Open(file, FileMode.Open))
        {
            stream.Position = 8192;
            stream.Write(new byte[4096]);
        }

        Assert.Contains(OpenFault(file).ErrorKind, new[] { DuckDBErrorKind.IO, DuckDBErrorKind.Serialization, DuckDBErrorKind.Fatal });
    }

    [Fact]
    public void CutOffDatabase_IsRefused()
    {
        var file = Filled("a.duckdb");
        using (var stream = File.Open(file, FileMode.Open))
        {
            stream.SetLength(5000);
        }

        Assert.Equal(DuckDBErrorKind.IO, OpenFault(file).ErrorKind);
    }

    [Fact]
    public void MissingFolder_IsRefused() => Assert.Equal(DuckDBErrorKind.IO, OpenFault(Path.Combine(_folder["nowhere"], "a.duckdb")).ErrorKind);

    [Fact]
    public void Folder_IsRefused()
    {
        Directory.CreateDirectory(_folder["folder"]);
        Assert.Equal(DuckDBErrorKind.IO, OpenFault(_folder["folder"]).ErrorKind);
    }

    [Fact]
    public void MissingFile_OpenedForReading_IsRefusedAndNotMade()
    {
        var file = _folder["none.duckdb"];
        Assert.Equal(DuckDBErrorKind.IO, OpenFault(file, ";Access Mode=read_only").ErrorKind);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void PathWithQuotesAndSpaces_IsAPath()
    {
        var file = _folder["it's; a \"file\" ünï.duckdb"];
        using var connection = new DuckDBConnection(new DuckDBConnectionStringBuilder { DataSource = file }.ConnectionString);
        connection.Open();
        connection.Execute("CREATE TABLE t (i INTEGER)");
        Assert.True(File.Exists(file));
    }

    private static DuckDBException OpenFault(string file, string options = "")
    {
        using var connection = new DuckDBConnection($"Data Source={file}{options}");
        var fault = Assert.Throws<DuckDBException>(connection.Open);
        Assert.Null(fault.LockHolderProcessId);
        return fault;
    }

    private string Filled(string name)
    {
        using var connection = new DuckDBConnection($"Data Source={_folder[name]}");
        connection.Open();
        connection.Execute("CREATE TABLE t AS SELECT i, i::VARCHAR AS s FROM range(100000) r(i); CHECKPOINT");
        return _folder[name];
    }
}
