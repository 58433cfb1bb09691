namespace Warehouse.DuckDb.Tests;

/// <summary>A database in memory for one test, with a connection to it.</summary>
public abstract class Database : IDisposable
{
    protected Database(string connectionString = "Data Source=:memory:")
    {
        Source = new DuckDBDataSource(connectionString);
        Connection = Source.OpenConnection();
    }

    protected DuckDBDataSource Source { get; }

    protected DuckDBConnection Connection { get; }

    public void Dispose()
    {
        Connection.Dispose();
        Source.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>A folder for one test, removed after it.</summary>
internal sealed class Folder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("warehouse-duckdb-");

    public string this[string file] => Path.Combine(_folder.FullName, file);

    public void Dispose() => _folder.Delete(recursive: true);
}
