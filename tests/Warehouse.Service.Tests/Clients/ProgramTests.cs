using System.Diagnostics;
using System.Text.RegularExpressions;
using Warehouse.DuckDb;

namespace Warehouse.Service.Tests.Clients;

/// <summary>The programs of others that the documentation shows, as it shows them.</summary>
public partial class ProgramTests(ServedShop shop) : IClassFixture<ServedShop>
{
    [SkippableTheory]
    [InlineData("python", "python3", "import os, pandas", "pandas")]
    [InlineData("python", "python3", "import io, os, polars", "polars")]
    [InlineData("python", "python3", "import csv")]
    [InlineData("r", "Rscript", "address <-")]
    public async Task AProgramOfTheDocumentation_ReadsTheAnswer(string language, string interpreter, string beginning, string? module = null)
    {
        var text = Blocks(language).Single(block => block.StartsWith(beginning, StringComparison.Ordinal));
        Skip.IfNot(await RunsAsync(interpreter, "--version"), $"{interpreter} is not installed.");
        Skip.If(module is not null && !await RunsAsync(interpreter, "-c", $"import {module}"), $"{module} is not installed for {interpreter}.");
        var path = Path.Combine(shop.Folder.Path, $"program.{language}");
        await File.WriteAllTextAsync(path, text);
        var (code, said) = await RunAsync(interpreter, path);

        Assert.True(code == 0, said);
        Assert.Contains("2024-01", said, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task TheProgramInCSharp_IsCompiledAndRun_AsItIsShown()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var root = Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
        var sdks = Path.Combine(root, "sdk");
        var compiler = Directory.Exists(sdks) ? Directory.EnumerateFiles(sdks, "csc.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault() : null;
        Skip.If(compiler is null, "There is no SDK beside the runtime.");
        shop.Folder.Write("cubes/sales.yaml", Cube);
        var folder = Directory.CreateDirectory(Path.Combine(shop.Folder.Path, "program")).FullName;
        var text = Blocks("csharp").Single(block => block.Contains("new WarehouseClient(", StringComparison.Ordinal)).Replace("GARDEN", "P1", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), text);
        await File.WriteAllTextAsync(Path.Combine(folder, "Usings.cs"), "global using System; global using System.IO; global using System.Linq; global using System.Threading.Tasks;");
        await File.WriteAllTextAsync(Path.Combine(folder, "may.csv"), ServedShop.Orders(30, firstOrder: 300_000));
        await File.WriteAllTextAsync(Path.Combine(folder, "program.runtimeconfig.json"), $$$"""{"runtimeOptions": {"framework": {"name": "Microsoft.NETCore.App", "version": "{{{Environment.Version}}}"} } }""");
        File.Copy(typeof(Warehouse.Client.WarehouseClient).Assembly.Location, Path.Combine(folder, "Warehouse.Client.dll"));
        var lines = await LinesAsync();

        var host = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        var compiled = await RunInAsync(
            folder, host,
            [
                "exec", compiler, "-nologo", "-nullable:enable", "-warnaserror", "-out:program.dll", "-r:Warehouse.Client.dll",
                .. Directory.EnumerateFiles(runtime, "System.*.dll").Select(reference => $"-r:{reference}"), $"-r:{Path.Combine(runtime, "netstandard.dll")}", "Program.cs", "Usings.cs",
            ]);
        Assert.True(compiled.Code == 0, compiled.Said);
        var (code, said) = await RunInAsync(folder, host, "exec", "program.dll");

        Assert.True(code == 0, said);
        Assert.Contains("2024-01-01 ", said, StringComparison.Ordinal);
        Assert.Equal("PAR1"u8.ToArray(), (await File.ReadAllBytesAsync(Path.Combine(folder, "sales.parquet")))[..4]);
        Assert.Equal(lines + 30, await LinesAsync());
    }

    [SkippableFact]
    public async Task DuckDb_ReadsTheAnswerOverHttp()
    {
        await using var database = new DuckDBDataSource("Data Source=:memory:");
        await using var connection = await database.OpenConnectionAsync();
        try
        {
            await using var load = connection.CreateCommand();
            load.CommandText = "LOAD httpfs";
            await load.ExecuteNonQueryAsync();
        }
        catch (DuckDBException absent)
        {
            Skip.If(true, $"The extension httpfs is not installed: {absent.Message.Split('\n')[0]}");
        }

        foreach (var statement in Blocks("sql").Single().Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement.Replace("$URL", Address, StringComparison.Ordinal).Replace("$KEY", shop.Owner.Token, StringComparison.Ordinal);
            await using var reader = await command.ExecuteReaderAsync();
            Assert.True(await reader.ReadAsync());
        }
    }

    private const string Cube =
        """
        cube: sales
        table: star.fact_sale
        dimensions:
          date: { table: star.dim_date, key: date_key, on: date_key, unknown: 0001-01-01, time: true }
          product: { table: star.dim_product, key: product_key, on: product_key, unknown: -1, versions: { key: product_version_key, from: valid_from, to: valid_to, current: is_current }, attributes: { category: product_id } }
          customer: { table: star.dim_customer, key: customer_key, on: customer_key, unknown: -1, versions: { key: customer_version_key, from: valid_from, to: valid_to, current: is_current }, attributes: { id: customer_id } }
        measures:
          net_sales: { sum: net_amount }
          lines: { count: rows }
          orders: { count_distinct: order_id }
        """;

    private async Task<long> LinesAsync()
    {
        using var client = new Warehouse.Client.WarehouseClient(shop.Url, shop.Owner.Token);
        return (long)(await client.QueryAsync(new Warehouse.Client.Question("sales", "lines"))).Rows[0][0]!;
    }

    private string Address => shop.Url.ToString().TrimEnd('/');

    private static IEnumerable<string> Blocks(string language)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Warehouse.sln")))
        {
            folder = folder.Parent;
        }

        var page = File.ReadAllText(Path.Combine(folder.FullName, "docs", "service.md"));
        return CodeBlocks().Matches(page).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["text"].Value);
    }

    private async Task<bool> RunsAsync(string program, params string[] arguments)
    {
        try
        {
            return (await RunAsync(program, arguments)).Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private Task<(int Code, string Said)> RunAsync(string program, params string[] arguments) => RunInAsync(shop.Folder.Path, program, arguments);

    private async Task<(int Code, string Said)> RunInAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["URL"] = Address;
        start.Environment["KEY"] = shop.Owner.Token;
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(said));
    }

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex CodeBlocks();
}
