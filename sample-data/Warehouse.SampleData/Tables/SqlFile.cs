using Warehouse.DuckDb;

namespace Warehouse.SampleData.Tables;

/// <summary>The SQL that the assembly holds, and how it is run.</summary>
internal static class SqlFile
{
    public static string Read(string name)
    {
        using var stream = typeof(SqlFile).Assembly.GetManifestResourceStream($"Tables/Sql/{name}.sql")
            ?? throw new InvalidOperationException($"The assembly holds no SQL file '{name}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public static void Execute(this DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Writes the rows of a view, in its order, to a Parquet file; makes the folder where there is none.</summary>
    public static void Copy(this DuckDBConnection connection, string view, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var quoting = new DuckDBCommandBuilder();
        using var command = connection.CreateCommand();
        command.CommandText = $"COPY (FROM {quoting.QuoteIdentifier(view)}) TO $1 (FORMAT parquet, COMPRESSION zstd)";
        command.Parameters.Add(new DuckDBParameter { Value = path });
        command.ExecuteNonQuery();
    }
}
