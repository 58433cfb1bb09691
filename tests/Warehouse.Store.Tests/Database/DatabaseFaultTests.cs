using Warehouse.Definitions;
using Warehouse.Testing;

namespace Warehouse.Store.Tests.Database;

/// <summary>What stands where the database should, and is none, is refused in the user's words and left as it is.</summary>
public sealed class DatabaseFaultTests
{
    [Fact]
    public async Task TextFile_IsNoDatabase()
    {
        using var folder = Folder();
        var path = folder.Write("warehouse.duckdb", "This is a note about the warehouse, not the warehouse. " + new string('x', 20_000));
        await AssertRefusedAsync(folder, path, "warehouse.duckdb cannot be opened as a warehouse");
    }

    [Fact]
    public async Task TruncatedDatabase_IsDamaged()
    {
        using var folder = await MadeAsync();
        var path = Path.Combine(folder.Path, "warehouse.duckdb");
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)]);
        await AssertRefusedAsync(folder, path, "it is no DuckDB database, or it is damaged");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(4096)]
    public async Task DatabaseWithAHeaderOverwritten_IsDamaged(int at)
    {
        using var folder = await MadeAsync();
        var path = Path.Combine(folder.Path, "warehouse.duckdb");
        var bytes = await File.ReadAllBytesAsync(path);
        bytes.AsSpan(at, 64).Fill(0xA5);
        if (at == 4096)
        {
            // There are two database headers: the newer one counts.
            bytes.AsSpan(8192, 64).Fill(0xA5);
        }

        await File.WriteAllBytesAsync(path, bytes);
        await AssertRefusedAsync(folder, path, "it is no DuckDB database, or it is damaged");
    }

    [Fact]
    public async Task DatabaseWithItsCatalogueOverwritten_IsDamaged()
    {
        using var folder = await MadeAsync();
        var path = Path.Combine(folder.Path, "warehouse.duckdb");
        var bytes = await File.ReadAllBytesAsync(path);
        bytes.AsSpan(12_288).Fill(0xA5);
        await File.WriteAllBytesAsync(path, bytes);
        await AssertRefusedAsync(folder, path, "it is no DuckDB database, or it is damaged");
    }

    [Fact]
    public async Task Directory_IsNoDatabase()
    {
        using var folder = Folder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "warehouse.duckdb"));
        await AssertRefusedAsync(folder, null, "warehouse.duckdb cannot be made");
    }

    [Fact]
    public async Task FolderOfTheDatabaseThatIsAFile_IsAUserFault()
    {
        using var folder = Folder("database: store/warehouse.duckdb\n");
        folder.Write("store", "a file");
        await AssertRefusedAsync(folder, null, "store/warehouse.duckdb cannot be made");
    }

    [Fact]
    public async Task ReadOnly_WithoutADatabase_SaysHowToMakeIt()
    {
        using var folder = Folder();
        var fault = await Assert.ThrowsAsync<UserFaultException>(() => OpenReadOnlyAsync(folder));
        Assert.Contains("There is no database warehouse.duckdb yet. 'warehouse load' makes it", fault.Message);
        Assert.False(File.Exists(Path.Combine(folder.Path, "warehouse.duckdb")));
    }

    [Fact]
    public async Task ReadOnly_CannotWrite()
    {
        using var folder = await MadeAsync();
        await using var database = await OpenReadOnlyAsync(folder);
        await using var connection = await database.ConnectAsync(CancellationToken.None);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => connection.ExecuteAsync("DELETE FROM ops.generation", CancellationToken.None));
    }

    [Fact]
    public async Task DatabaseInAFolderOfItsOwn_IsMadeThere()
    {
        using var folder = Folder("database: store/deep/warehouse.duckdb\n");
        await using var database = await WarehouseDatabase.OpenAsync(Workspace.Open(folder.Path), TimeProvider.System, CancellationToken.None);
        Assert.True(File.Exists(Path.Combine(folder.Path, "store", "deep", "warehouse.duckdb")));
    }

    private static FreshFolder Folder(string more = "")
    {
        var folder = new FreshFolder();
        folder.Write(Workspace.FileName, "name: test\ncurrency: GBP\ncalendar: {from: 2024-01-01, to: 2025-01-01}\n" + more);
        return folder;
    }

    private static async Task<FreshFolder> MadeAsync()
    {
        var folder = Folder();
        await using var database = await WarehouseDatabase.OpenAsync(Workspace.Open(folder.Path), TimeProvider.System, CancellationToken.None);
        return folder;
    }

    private static Task<WarehouseDatabase> OpenReadOnlyAsync(FreshFolder folder) =>
        WarehouseDatabase.OpenReadOnlyAsync(Workspace.Open(folder.Path), TimeProvider.System, CancellationToken.None);

    private static async Task AssertRefusedAsync(FreshFolder folder, string? path, string words)
    {
        var bytes = path is null ? null : await File.ReadAllBytesAsync(path);
        var fault = await Assert.ThrowsAsync<UserFaultException>(() =>
            WarehouseDatabase.OpenAsync(Workspace.Open(folder.Path), TimeProvider.System, CancellationToken.None));
        Assert.Contains(words, fault.Message);
        Assert.Equal(bytes, path is null ? null : await File.ReadAllBytesAsync(path));
    }
}
