using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>A workspace into one file while it is served, and back; and what is in the way of its work.</summary>
public class BackupTests
{
    [Fact]
    public async Task Backup_OfAServedWorkspace_RestoresToTheSameAnswers()
    {
        using var shop = new SmallShop();
        using var elsewhere = new FreshFolder();
        (await shop.RunAsync("load")).Done();
        var totals = await shop.TotalsAsync();
        var file = Path.Combine(elsewhere.Path, "b.zip");
        using (var service = CommandLine.Start("serve", "--urls", "http://127.0.0.1:0", "-w", shop.Path))
        {
            Assert.Contains("is served", await service.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
            (await shop.RunAsync("backup", "--out", file)).Done();
            var held = await shop.RunAsync("restore", file, "--force");
            Assert.Equal(1, held.ExitCode);
            Assert.Contains("A service owns this workspace.", held.Error, StringComparison.Ordinal);
            Assert.Equal("ok", StateOf((await shop.RunAsync("doctor", "--format", "json")).Done(), "service"));
            service.Kill(entireProcessTree: true);
            await service.WaitForExitAsync();
        }

        var restored = Path.Combine(elsewhere.Path, "restored");
        (await CommandLine.RunAsync("restore", file, "-w", restored)).Done();

        Assert.Equal(totals.Split(' '), (await CommandLine.RunAsync("query", "sales", "--measures", "lines,net_sales", "--format", "json", "-w", restored)).Done()
            .Rows[0].EnumerateArray().Select(value => value.ToString()));
        Assert.False(File.Exists(Path.Combine(restored, "service.json")));
        Assert.Equal("warn", StateOf(await shop.RunAsync("doctor", "--format", "json"), "service"));
    }

    [Fact]
    public async Task Doctor_TellsWhatFails_WithExitCode3()
    {
        using var shop = new SmallShop();
        (await shop.RunAsync("load")).Done();
        Assert.Equal("ok", StateOf((await shop.RunAsync("doctor", "--format", "json")).Done(), "database"));
        shop.Write("cubes/broken.yaml", "cube: broken\ntabel: star.fact_sale\n");
        shop.Write("access.json", "{}");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(shop.Path, "access.json"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        }

        var found = await shop.RunAsync("doctor", "--format", "json");

        Assert.Equal(3, found.ExitCode);
        Assert.Equal("fail", StateOf(found, "cubes"));
        Assert.Contains("broken.yaml:2:1", found.Output, StringComparison.Ordinal);
        Assert.Equal(OperatingSystem.IsWindows() ? "ok" : "fail", StateOf(found, "secrets"));
        shop.Write("warehouse.yaml", "nome: shop\ncurrency: GBP\n");
        var whole = await shop.RunAsync("doctor", "--format", "json");
        Assert.Equal((3, "fail"), (whole.ExitCode, StateOf(whole, "workspace")));
    }

    private static string StateOf(CommandResult result, string check) =>
        result.Rows.EnumerateArray().Single(row => row[0].GetString() == check)[1].GetString()!;
}
