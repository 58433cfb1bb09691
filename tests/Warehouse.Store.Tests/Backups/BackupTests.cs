using System.IO.Compression;
using Warehouse.Definitions;
using Warehouse.Store.Backups;
using Warehouse.Testing;

namespace Warehouse.Store.Tests.Backups;

public sealed class BackupTests : IDisposable
{
    private readonly FreshFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Backup_WrittenWhileAnotherPublishes_IsOneGenerationWhole_AndRestoresIntoAnEmptyFolder()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        warehouse.Folder.Write("feeds/orders.yaml", "feed: orders\n");
        warehouse.Folder.Write("access.json", "secret");
        warehouse.Folder.Write("service.json", "secret");
        warehouse.Folder.Write("data/orders.csv", "not a definition");
        warehouse.Folder.Write("exports/list.csv", "not a definition");
        warehouse.Folder.Write("tls/key.pem", "secret");
        await warehouse.RunAsync("CREATE TABLE star.pair_a (n INTEGER); CREATE TABLE star.pair_b (n INTEGER)");
        using var enough = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await warehouse.Database.PublishAsync(
                    "pair",
                    async (publication, stop) =>
                    {
                        await publication.Connection.ExecuteAsync("INSERT INTO star.pair_a VALUES ($n); INSERT INTO star.pair_b VALUES ($n)".Replace("$n", publication.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal), stop);
                        return true;
                    },
                    CancellationToken.None);
            }
        });

        var (file, manifest) = await Backup.WriteAsync(warehouse.Database, Path.Combine(_folder.Path, "out"), TimeProvider.System, CancellationToken.None);
        await enough.CancelAsync();
        await writing;

        Assert.Equal(["database.duckdb", "feeds/orders.yaml", "warehouse.yaml"], manifest.Files.Select(known => known.Path));
        Assert.EndsWith($"-g{manifest.Generation}.zip", file, StringComparison.Ordinal);
        Assert.Equal([file], Directory.EnumerateFiles(Path.Combine(_folder.Path, "out")));
        var restored = Path.Combine(_folder.Path, "empty");
        Assert.Equivalent(manifest, await Restore.RunAsync(file, restored, replaces: false, CancellationToken.None));
        await using var database = await WarehouseDatabase.OpenAsync(Workspace.Open(restored), TimeProvider.System, CancellationToken.None);
        await using var connection = await database.ConnectAsync(CancellationToken.None);
        Assert.Equal(manifest.Generation, (await Generation.CurrentAsync(connection, CancellationToken.None)).Number);
        Assert.Equal(
            (manifest.Generation, manifest.Generation),
            (await connection.RowsAsync("SELECT (SELECT count(*) FROM star.pair_a), (SELECT count(*) FROM star.pair_b)", row => ((int)row.GetInt64(0), (int)row.GetInt64(1)), CancellationToken.None))[0]);
        Assert.Equal(["empty", "out"], Directory.EnumerateDirectories(_folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(["feeds", "warehouse.duckdb", "warehouse.yaml"], Directory.EnumerateFileSystemEntries(restored).Select(Path.GetFileName).Where(name => !name!.EndsWith(".wal", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task Restore_ReplacesAWorkspaceOnlyWhereThatIsSaid()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        var (file, _) = await Backup.WriteAsync(warehouse.Database, Path.Combine(_folder.Path, "b.zip"), TimeProvider.System, CancellationToken.None);
        var there = _folder.Write("there/warehouse.yaml", "name: other\ncurrency: EUR\n");

        var refused = await Assert.ThrowsAsync<UserFaultException>(() => Restore.RunAsync(file, Path.GetDirectoryName(there)!, replaces: false, CancellationToken.None));
        Assert.Contains("--force", refused.Message, StringComparison.Ordinal);
        Assert.Contains("other", await File.ReadAllTextAsync(there), StringComparison.Ordinal);
        await Restore.RunAsync(file, Path.GetDirectoryName(there)!, replaces: true, CancellationToken.None);
        Assert.Contains("name: test", await File.ReadAllTextAsync(there), StringComparison.Ordinal);
    }

    /// <summary>Any byte of any entry, an entry more or less, or a name that leads out of the folder: refused, and nothing is written.</summary>
    [Theory]
    [InlineData("truncated")]
    [InlineData("flipped definition")]
    [InlineData("other rows")]
    [InlineData("name outside")]
    [InlineData("no manifest")]
    [InlineData("newer schema")]
    [InlineData("no zip")]
    public async Task Restore_OfADamagedBackup_IsRefused_AndWritesNothing(string damage)
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        var (file, _) = await Backup.WriteAsync(warehouse.Database, Path.Combine(_folder.Path, "b.zip"), TimeProvider.System, CancellationToken.None);
        Damage(file, damage);
        var target = Path.Combine(_folder.Path, "target");

        await Assert.ThrowsAsync<UserFaultException>(() => Restore.RunAsync(file, target, replaces: true, CancellationToken.None));

        Assert.True(!Directory.Exists(target) || !Directory.EnumerateFileSystemEntries(target).Any());
        Assert.Equal(["b.zip"], Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName));
    }

    private static void Damage(string file, string how)
    {
        switch (how)
        {
            case "truncated":
                using (var stream = File.OpenWrite(file))
                {
                    stream.SetLength(stream.Length / 2);
                }

                break;
            case "no zip":
                File.WriteAllText(file, "PK and nothing else");
                break;
            case "no manifest":
                Change(file, archive => archive.GetEntry("manifest.json")!.Delete());
                break;
            case "flipped definition":
                Change(file, archive => Rewrite(archive, "warehouse.yaml", text => text.Replace("GBP", "EUR", StringComparison.Ordinal)));
                break;
            case "other rows":
                Change(file, archive => Rewrite(archive, "manifest.json", text => text.Replace("\"rows\": 1\n", "\"rows\": 7\n", StringComparison.Ordinal)));
                break;
            case "newer schema":
                Change(file, archive => Rewrite(archive, "manifest.json", text => text.Replace("\"schemaVersion\": ", "\"schemaVersion\": 9", StringComparison.Ordinal)));
                break;
            case "name outside":
                Change(file, archive =>
                {
                    Rewrite(archive, "manifest.json", text => text.Replace("\"warehouse.yaml\"", "\"../outside.yaml\"", StringComparison.Ordinal));
                    archive.CreateEntry("../outside.yaml");
                });
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(how));
        }
    }

    private static void Change(string file, Action<ZipArchive> change)
    {
        using var archive = ZipFile.Open(file, ZipArchiveMode.Update);
        change(archive);
    }

    private static void Rewrite(ZipArchive archive, string name, Func<string, string> change)
    {
        var entry = archive.GetEntry(name)!;
        string text;
        using (var reader = new StreamReader(entry.Open()))
        {
            text = reader.ReadToEnd();
        }

        Assert.NotEqual(text, change(text));
        entry.Delete();
        using var writer = new StreamWriter(archive.CreateEntry(name).Open());
        writer.Write(change(text));
    }
}
