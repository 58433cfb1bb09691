using System.Diagnostics;
using System.Globalization;
using System.Text;
using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>
/// A load that is killed or stopped in any of its phases, or whose disk is full, leaves the generation before it to its
/// readers and nothing else behind; loading again gives what it would have given.
/// </summary>
public sealed class LoadFaultTests : IDisposable
{
    private const int Lines = 40_000;

    private readonly FreshFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Phases()
    {
        var phases = new TheoryData<string, string>();
        var isLong = Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") == "1";
        foreach (var (place, phase) in new[]
        {
            "crm: reading", "crm: running Conform/customer_record.sql", "crm: running Conform/customer_identity.sql", "crm: running Conform/customer_version.sql",
            "sales: reading", "sales: filling sale", "load: resolving persons", "load: checking", "load: publishing", "load: building rollups",
        }.Index())
        {
            phases.Add(phase, "-KILL");
            if (isLong || place % 3 == 1)
            {
                phases.Add(phase, "-INT");
            }
        }

        return phases;
    }

    [SkippableTheory]
    [MemberData(nameof(Phases))]
    public async Task Load_EndedInAPhase_LeavesTheOldGeneration_AndLoadsAgainExactly(string phase, string signal)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs signals");
        Write(_folder.Path);
        (await AskAsync("load")).Done();
        var before = await TotalsAsync();
        WriteSecond(_folder.Path);
        var whole = await WholeAsync();

        var (exitCode, said) = await EndAsync(phase, signal);
        Assert.Contains(await TotalsAsync(), said.Contains("load: publishing", StringComparison.Ordinal) ? new[] { before, whole } : [before]);
        if (signal == "-INT" && exitCode != 0)
        {
            Assert.Equal(1, exitCode);
            Assert.Contains("Nothing half-done remains", said, StringComparison.Ordinal);
            Assert.Equal(["warehouse.duckdb"], Left());
        }

        (await AskAsync("load")).Done();
        Assert.Equal(whole, await TotalsAsync());
        Assert.Equal(["warehouse.duckdb"], Left());
    }

    [SkippableFact]
    public async Task Load_WhileTheDiskIsFull_LeavesTheOldGeneration_AndLoadsWhenThereIsRoom()
    {
        await using var disk = await SmallDisk.MountAsync(Path.Combine(_folder.Path, "disk"), "24m");
        Write(disk.Path);
        var definition = Path.Combine(disk.Path, "warehouse.yaml");
        (await CommandLine.RunAsync("load", "-w", disk.Path)).Done();
        var before = await TotalsAsync(disk.Path);
        WriteSecond(disk.Path);
        await using (var filler = new FileStream(Path.Combine(disk.Path, "filler"), FileMode.Create))
        {
            var left = new DriveInfo(disk.Path).AvailableFreeSpace;
            filler.Write(new byte[Math.Max(0, left - 300_000)]);
        }

        var full = await CommandLine.RunAsync("load", "-w", disk.Path);
        Assert.Equal(1, full.ExitCode);
        Assert.Contains("Nothing was changed", full.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", full.Error, StringComparison.Ordinal);
        Assert.Equal(before, await TotalsAsync(disk.Path));
        File.Delete(Path.Combine(disk.Path, "filler"));
        (await CommandLine.RunAsync("load", "-w", disk.Path)).Done();
        Assert.NotEqual(before, await TotalsAsync(disk.Path));
        Assert.True(File.Exists(definition));
    }

    [SkippableFact]
    public async Task Load_WhoseSpillFindsNoRoom_SaysSo_AndLeavesNothingOfIt()
    {
        await using var disk = await SmallDisk.MountAsync(Path.Combine(_folder.Path, "disk"), "40m");
        foreach (var (name, text) in new[]
        {
            ("warehouse.yaml", "name: shop\ncurrency: GBP\ncalendar: {from: 2020-01-01, to: 2030-01-01}\nlimits: {memory: 370MB, threads: 1}\n"),
            ("feeds/sales.yaml", SmallShop.FeedText.Replace("data/orders*.csv", Path.Combine(_folder.Path, "orders*.csv"), StringComparison.Ordinal) + "\nchanges: correct\n"),
            ("cubes/sales.yaml", SmallShop.CubeText + "\n  customers: { count_distinct: customer }\n"),
        })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(disk.Path, name))!);
            await File.WriteAllTextAsync(Path.Combine(disk.Path, name), text);
        }

        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "orders1.csv"), SmallShop.Orders(1000));
        (await CommandLine.RunAsync("load", "-w", disk.Path)).Done();
        var before = await TotalsAsync(disk.Path);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "orders2.csv"), SmallShop.Orders(400_000, 500));

        var full = await CommandLine.RunAsync("load", "-w", disk.Path);

        Assert.Equal(1, full.ExitCode);
        Assert.Contains("There is not enough memory, nor room to spill", full.Error, StringComparison.Ordinal);
        Assert.Equal(before, await TotalsAsync(disk.Path));
        Assert.Equal("warehouse.duckdb", Path.GetFileName(Assert.Single(Directory.EnumerateFileSystemEntries(disk.Path, "warehouse.duckdb*"))));
    }

    private static void Write(string folder)
    {
        foreach (var (name, text) in new[]
        {
            ("warehouse.yaml", "name: shop\ncurrency: GBP\ncalendar: {from: 2020-01-01, to: 2030-01-01}\n"),
            ("feeds/crm.yaml", "source: {files: data/crm*.csv}\nidentity: crm\ninto: customer\ncolumns: {id: id, email: email, city: city}\n"),
            ("feeds/sales.yaml", SmallShop.FeedText.Replace("feed: orders", "feed: sales", StringComparison.Ordinal).Replace("identity: shop", "identity: crm", StringComparison.Ordinal) + "\nchanges: correct\n"),
            ("identity.yaml", "rules:\n- match: email\n"),
            ("checks/sales.yaml", "table: star.fact_sale\nchecks:\n- {unique: [order_id, line_id], severity: stop}\n- {column: quantity, min: 1}\n"),
            ("cubes/sales.yaml", SmallShop.CubeText + "\n  customers: { count_distinct: customer }\nrollups:\n  by_month:\n    table: mart.sales_by_month\n    by: [date.month]\n    measures: [net_sales, lines]\n"),
            ("data/crm1.csv", Customers(0, 3000)),
            ("data/orders1.csv", SmallShop.Orders(2000)),
        })
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }

    private static void WriteSecond(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "data", "crm2.csv"), Customers(1000, 6000));
        File.WriteAllText(Path.Combine(folder, "data", "orders2.csv"), SmallShop.Orders(Lines, 300));
    }

    private static string Customers(int first, int count)
    {
        var text = new StringBuilder("id,email,city\n");
        for (var number = first; number < first + count; number++)
        {
            text.Append(CultureInfo.InvariantCulture, $"C{number},{number / 2}@example.com,City {(number + first) % 50}\n");
        }

        return text.ToString();
    }

    /// <summary>What the second load gives where nothing ends it, from a copy of the workspace.</summary>
    private async Task<string> WholeAsync()
    {
        using var copy = new FreshFolder();
        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy.Path, Path.GetRelativePath(_folder.Path, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        (await CommandLine.RunAsync("load", "-w", copy.Path)).Done();
        return await TotalsAsync(copy.Path);
    }

    /// <summary>
    /// Starts a load and ends it as soon as it says that it is in a phase; the load goes on until the signal arrives, so what it said
    /// until then tells how far it came.
    /// </summary>
    private async Task<(int ExitCode, string Said)> EndAsync(string phase, string signal)
    {
        using var load = CommandLine.Start("load", "--verbose", "-w", _folder.Path);
        var output = load.StandardOutput.ReadToEndAsync();
        var said = new StringBuilder();
        while (await load.StandardError.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            if (line.StartsWith(phase, StringComparison.Ordinal))
            {
                if (signal == "-KILL")
                {
                    load.Kill();
                }
                else
                {
                    using var interrupt = Process.Start("kill", [signal, load.Id.ToString(CultureInfo.InvariantCulture)]);
                    await interrupt.WaitForExitAsync();
                }

                said.Append(await load.StandardError.ReadToEndAsync());
            }
        }

        await load.WaitForExitAsync();
        await output;
        Assert.Contains(phase, said.ToString(), StringComparison.Ordinal);
        return (load.ExitCode, said.ToString());
    }

    private string[] Left() => [.. Directory.EnumerateFileSystemEntries(_folder.Path, "warehouse.duckdb*").Select(path => Path.GetFileName(path)!)];

    private Task<CommandResult> AskAsync(params string[] arguments) => CommandLine.RunAsync([.. arguments, "-w", _folder.Path]);

    private Task<string> TotalsAsync() => TotalsAsync(_folder.Path);

    private static async Task<string> TotalsAsync(string folder) =>
        string.Join(" ", (await CommandLine.RunAsync("query", "sales", "--measures", "lines,net_sales,customers", "--format", "json", "-w", folder)).Done().Rows[0].EnumerateArray())
        + " " + (await CommandLine.RunAsync("status", "--format", "json", "-w", folder)).Done().Rows[0][0];
}
