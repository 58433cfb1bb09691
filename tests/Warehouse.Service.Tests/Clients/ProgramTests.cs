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

    private async Task<(int Code, string Said)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
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
