using System.Diagnostics;
using Warehouse.Service.Access;
using Warehouse.Service.Api.Writes;
using Warehouse.Store;
using Warehouse.Testing;

namespace Warehouse.Service.Tests.Access;

/// <summary>What a history of a workspace's definitions keeps, as git sees it.</summary>
public sealed class IgnoredFilesTests(ServedShop shop) : IClassFixture<ServedShop>
{
    [SkippableFact]
    public async Task ANewWorkspace_KeepsSecretsAndDataOutOfItsHistory_AndItsDefinitionsIn()
    {
        using var folder = new FreshFolder();
        Skip.IfNot(await HasGitAsync(folder.Path), "git is not installed.");
        var (code, words) = await shop.RunAsync("init", folder.Path);
        Assert.True(code == 0, words);
        string[] secret =
        [
            AccessFile.Name, AccessFile.Name + ".lock", AccessJournal.Name, AccessJournal.Name + ".taken", OwnerToken.FileName, Path.Combine(KeptWrites.FolderName, "one"),
            "warehouse.duckdb", "warehouse.duckdb.wal", "warehouse.duckdb.v19", "warehouse.queries.jsonl", "exports/list.csv", "data/orders.csv", "backups/one/warehouse.duckdb",
        ];
        foreach (var name in secret)
        {
            folder.Write(name, "x");
        }

        folder.Write("segments/best.yaml", "segment: best");
        var seen = await GitAsync(folder.Path, "status", "--porcelain", "--untracked-files=all");

        Assert.All(secret, name => Assert.DoesNotContain(name, seen, StringComparison.Ordinal));
        Assert.Contains(Workspace.FileName, seen, StringComparison.Ordinal);
        Assert.Contains("segments/best.yaml", seen, StringComparison.Ordinal);
        Assert.Contains("cubes/", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHistoryThatIsThere_KeepsItsOwnRules()
    {
        using var folder = new FreshFolder();
        folder.Write(".gitignore", "mine\n");

        var (code, words) = await shop.RunAsync("init", folder.Path);

        Assert.True(code == 0, words);
        Assert.Equal("mine\n", await File.ReadAllTextAsync(Path.Combine(folder.Path, ".gitignore")));
    }

    private static async Task<bool> HasGitAsync(string folder)
    {
        try
        {
            await GitAsync(folder, "init", "--quiet");
            return true;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static async Task<string> GitAsync(string folder, params string[] words)
    {
        using var git = Process.Start(new ProcessStartInfo("git", words) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        return said;
    }
}
