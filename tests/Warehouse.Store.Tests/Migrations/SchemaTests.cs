using Warehouse.Definitions;
using Warehouse.DuckDb;
using Warehouse.Store.Migrations;
using Warehouse.Testing;

namespace Warehouse.Store.Tests.Migrations;

public sealed class SchemaTests
{
    private static readonly Migration Notes = new(2, "notes", "CREATE TABLE ops.note (note VARCHAR); INSERT INTO ops.note VALUES ('kept')");
    private static readonly Migration Authors = new(3, "authors", "ALTER TABLE ops.note ADD COLUMN author VARCHAR");

    [Fact]
    public async Task NewDatabase_HasTheColumnsOfEveryTableFile()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        var files = SqlFile.Below(typeof(WarehouseDatabase), "Tables").Where(path => path.Count(letter => letter == '/') == 2).ToArray();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var table = $"{file.Split('/')[1]}.{Path.GetFileNameWithoutExtension(file)}";
            var sql = SqlFile.Read(typeof(WarehouseDatabase), file);
            Assert.StartsWith("-- Grain: ", sql);
            Assert.Contains($"CREATE TABLE {table} (", sql);
            var declared = sql.Split('\n')
                .Where(line => line.StartsWith("    ", StringComparison.Ordinal) && !line.Contains("KEY ("))
                .Select(line => line.Trim().Split(' ')[0]);
            var columns = await warehouse.RowsAsync(
                "SELECT column_name FROM duckdb_columns() WHERE schema_name || '.' || table_name = $table ORDER BY column_index", ("table", table));
            Assert.Equal(declared, columns);
        }

        Assert.Equal(
            [$"{files.Length}"], await warehouse.RowsAsync("SELECT count(*) FROM duckdb_tables() WHERE NOT temporary"));
    }

    [Fact]
    public async Task NewDatabase_HasAnUnknownMemberInEveryDimension()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        var dimensions = await warehouse.RowsAsync(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'star' AND table_name LIKE 'dim\\_%' ESCAPE '\\' AND table_name <> 'dim_date'");
        Assert.NotEmpty(dimensions);
        foreach (var dimension in dimensions)
        {
            Assert.Equal(["1 | -1"], await warehouse.RowsAsync($"SELECT count(*), max({dimension[4..]}_key) FROM star.{dimension}"));
        }
    }

    [Fact]
    public async Task NewDatabase_IsGenerationZeroOfTheNewestVersion()
    {
        using var folder = Folder();
        await using (var database = await OpenAsync(folder, [Notes, Authors]))
        {
            Assert.Equal(["3 | new"], await RowsAsync(database, "SELECT version, name FROM ops.schema_version"));
            Assert.Equal(["0 | initial"], await RowsAsync(database, "SELECT generation, reason FROM ops.generation"));
        }
    }

    [Fact]
    public async Task OlderDatabase_IsBroughtUpByTheStepsThatItHasNotSeen()
    {
        using var folder = Folder();
        await using (await OpenAsync(folder, []))
        {
        }

        await using (var database = await OpenAsync(folder, [Notes]))
        {
            Assert.Equal(["1 | new", "2 | notes"], await RowsAsync(database, "SELECT version, name FROM ops.schema_version ORDER BY 1"));
        }

        await using (var database = await OpenAsync(folder, [Notes, Authors]))
        {
            Assert.Equal(["1", "2", "3"], await RowsAsync(database, "SELECT CAST(version AS VARCHAR) FROM ops.schema_version ORDER BY 1"));
            Assert.Equal(["kept"], await RowsAsync(database, "SELECT note FROM ops.note WHERE author IS NULL"));
        }

        Assert.Equal(
            ["warehouse.duckdb.v1", "warehouse.duckdb.v2"],
            Directory.EnumerateFiles(folder.Path, "warehouse.duckdb.v*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await using var kept = new DuckDBConnection($"Data Source={DatabaseOf(folder)}.v2");
        await kept.OpenAsync();
        Assert.Equal(("kept", 2), (await kept.RowsAsync(
            "SELECT note, (SELECT max(version) FROM ops.schema_version) FROM ops.note", row => (row.GetString(0), row.GetInt32(1)), CancellationToken.None))[0]);
    }

    [Fact]
    public async Task FailingStep_LeavesTheOldVersionWhole()
    {
        using var folder = Folder();
        await using (await OpenAsync(folder, []))
        {
        }

        var broken = new Migration(3, "broken", "CREATE TABLE ops.half (a INTEGER); SELECT no_such_column FROM ops.half");
        await Assert.ThrowsAsync<DuckDBException>(() => OpenAsync(folder, [Notes, broken]));
        await using var database = await OpenAsync(folder, []);
        Assert.Equal(["1"], await RowsAsync(database, "SELECT CAST(version AS VARCHAR) FROM ops.schema_version"));
        Assert.Equal(["0"], await RowsAsync(database, "SELECT CAST(count(*) AS VARCHAR) FROM duckdb_tables() WHERE table_name IN ('note', 'half')"));
    }

    [Fact]
    public async Task NewerDatabase_IsRefusedAndUnchanged()
    {
        using var folder = Folder();
        await using (await OpenAsync(folder, [Notes with { Version = 999 }]))
        {
        }

        var bytes = await File.ReadAllBytesAsync(DatabaseOf(folder));
        var fault = await Assert.ThrowsAsync<UserFaultException>(() => OpenAsync(folder, []));
        Assert.Contains("warehouse.duckdb was made by a newer version of this program: its schema version is 999, and this program knows up to 1.", fault.Message);
        await Assert.ThrowsAsync<UserFaultException>(() =>
            WarehouseDatabase.OpenReadOnlyAsync(Workspace.Open(folder.Path), TimeProvider.System, CancellationToken.None));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(DatabaseOf(folder)));
        Assert.False(File.Exists(DatabaseOf(folder) + ".wal"));
    }

    [Fact]
    public void Steps_HaveEachANumberOfTheirOwn() =>
        Assert.Equal(Enumerable.Range(Migration.First + 1, Migration.All.Count), Migration.All.Select(step => step.Version));

    /// <summary>What the first version of the schema had not yet is taken away, and the database opened again.</summary>
    [Fact]
    public async Task DatabaseOfTheFirstVersion_BecomesWhatANewOneIs()
    {
        using var folder = Folder();
        List<string> expected;
        await using (var database = await OpenAsync(folder, Migration.All))
        {
            expected = await RowsAsync(database, Shape);
            await using var connection = await database.ConnectAsync(CancellationToken.None);
            await connection.ExecuteAsync(SqlFile.Read(typeof(SchemaTests), "Migrations/back_to_version_1.sql"), CancellationToken.None);
        }

        await using var upgraded = await OpenAsync(folder, Migration.All);
        Assert.Equal(expected, await RowsAsync(upgraded, Shape));
        Assert.Equal(["crm | C1 | 0 | 7", "crm | C2 | 1 | 8", "web | W2 | 2 | 8"], await RowsAsync(
            upgraded, "SELECT source, source_id, identity_key, home_key FROM star.customer_identity ORDER BY identity_key"));
        Assert.Equal(["7 | 0", "8 | -1"], await RowsAsync(upgraded, "SELECT customer_key, identity_key FROM star.sale_version ORDER BY 1"));
    }

    /// <summary>Before every scoring was kept, the snapshots held the last one of each date.</summary>
    [Fact]
    public async Task ChurnScoresOfTheSnapshots_AreKeptByTheUpgrade()
    {
        using var folder = Folder();
        var step = Migration.All.Single(known => known.Name == "churn scores");
        await using (var database = await OpenAsync(folder, Migration.All))
        {
            await using var connection = await database.ConnectAsync(CancellationToken.None);
            await connection.ExecuteAsync(
                """
                INSERT INTO ops.churn_scoring VALUES ('2024-05-01', 'churn', 1, 4, 1, 0.5, '[]', now()), ('2024-05-01', 'churn', 2, 5, 2, 0.4, '[]', now());
                INSERT INTO mart.customer_snapshot (as_of, customer_key, churn_model, churn_version, churn_probability, churn_score, churn_band, churn_expected_loss, churn_reasons)
                VALUES ('2024-05-01', 7, 'churn', 2, 0.25, -1.1, 'low', 12.5, '[]'), ('2024-05-01', 8, 'churn', 2, 0.55, 0.2, 'medium', 1, NULL);
                INSERT INTO mart.customer_snapshot (as_of, customer_key, lifecycle_stage) VALUES ('2024-05-01', 9, 'new');
                DROP TABLE mart.churn_score;
                """,
                CancellationToken.None);
            await connection.ExecuteAsync("UPDATE ops.schema_version SET version = $before", CancellationToken.None, ("before", step.Version - 1));
        }

        await using var upgraded = await OpenAsync(folder, [.. Migration.All.Where(known => known.Version <= step.Version)]);
        Assert.Equal(
            ["churn | 2 | 5 | 7 | 0.25 | -1.1 | low | 12.5000 | []", "churn | 2 | 5 | 8 | 0.55 | 0.2 | medium | 1.0000 | "],
            await RowsAsync(upgraded, "SELECT model, version, generation, customer_key, probability, score, band, expected_loss, reasons FROM mart.churn_score ORDER BY customer_key"));
    }

    private const string Shape =
        """
        SELECT schema_name || '.' || table_name, column_name, data_type, is_nullable::VARCHAR
        FROM duckdb_columns() WHERE schema_name IN ('staging', 'quality', 'star', 'mart', 'ops') ORDER BY ALL
        """;

    [Fact]
    public async Task DatabaseOfAnotherProgram_IsRefusedAndUnchanged()
    {
        using var folder = Folder();
        await using (var connection = new DuckDBConnection($"Data Source={DatabaseOf(folder)}"))
        {
            await connection.OpenAsync();
            await connection.ExecuteAsync("CREATE TABLE theirs (a INTEGER)", CancellationToken.None);
        }

        var bytes = await File.ReadAllBytesAsync(DatabaseOf(folder));
        var fault = await Assert.ThrowsAsync<UserFaultException>(() => OpenAsync(folder, []));
        Assert.Contains("warehouse.duckdb is a database of another program", fault.Message);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(DatabaseOf(folder)));
    }

    [Theory]
    [InlineData("CREATE TABLE ops.schema_version (revision INTEGER)")]
    [InlineData("CREATE TABLE ops.schema_version (version INTEGER)")]
    [InlineData("CREATE TABLE ops.schema_version (version VARCHAR); INSERT INTO ops.schema_version VALUES ('v1')")]
    public async Task DatabaseWithAnotherVersionTable_IsAnotherPrograms(string theirs)
    {
        using var folder = Folder();
        await using (var connection = new DuckDBConnection($"Data Source={DatabaseOf(folder)}"))
        {
            await connection.OpenAsync();
            await connection.ExecuteAsync($"CREATE SCHEMA ops; {theirs}", CancellationToken.None);
        }

        Assert.Contains("another program", (await Assert.ThrowsAsync<UserFaultException>(() => OpenAsync(folder, []))).Message);
    }

    [Fact]
    public async Task CancelledCreation_LeavesADatabaseThatCanBeMade()
    {
        using var folder = Folder();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WarehouseDatabase.OpenAsync(
            Workspace.Open(folder.Path), TimeProvider.System, new CancellationToken(canceled: true)));
        await using var database = await OpenAsync(folder, []);
        Assert.Equal(["1"], await RowsAsync(database, "SELECT CAST(version AS VARCHAR) FROM ops.schema_version"));
    }

    private static FreshFolder Folder()
    {
        var folder = new FreshFolder();
        folder.Write(Workspace.FileName, "name: test\ncurrency: GBP\ncalendar: {from: 2024-01-01, to: 2025-01-01}\n");
        return folder;
    }

    private static string DatabaseOf(FreshFolder folder) => Path.Combine(folder.Path, "warehouse.duckdb");

    private static Task<WarehouseDatabase> OpenAsync(FreshFolder folder, IReadOnlyList<Migration> migrations) =>
        WarehouseDatabase.OpenAsync(Workspace.Open(folder.Path), TimeProvider.System, migrations, CancellationToken.None);

    private static async Task<List<string>> RowsAsync(WarehouseDatabase database, string sql)
    {
        await using var connection = await database.ConnectAsync(CancellationToken.None);
        return await connection.RowsAsync(sql, row => string.Join(" | ", Enumerable.Range(0, row.FieldCount).Select(row.GetValue)), CancellationToken.None);
    }
}
