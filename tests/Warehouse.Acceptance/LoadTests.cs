using System.Globalization;
using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>Loading, mending and asking where things come from, from the command line.</summary>
public sealed class LoadTests : IDisposable
{
    private const string Header = "order,line,at,customer,product,quantity,price\n";

    private readonly FreshFolder _folder = new();

    public LoadTests()
    {
        _folder.Write("warehouse.yaml", "name: shop\ncurrency: GBP\ncalendar: {from: 2020-01-01, to: 2030-01-01}\n");
        _folder.Write("feeds/orders.yaml", SmallShop.FeedText.Replace("reject_limit: 10%", "changes: correct", StringComparison.Ordinal));
        _folder.Write("data/orders1.csv", Header + "A,1,2024-05-01,C1,P,2,10\nA,2,2024-05-01,C1,P,x,5\nB,1,2024-05-01,C2,P,1,1\n");
    }

    private string Database => Path.Combine(_folder.Path, "warehouse.duckdb");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DryRun_SaysWhatTheLoadSays_AndChangesNoByte()
    {
        var first = (await AskAsync("load", "--dry-run")).Done();
        Assert.False(File.Exists(Database));
        Assert.Equal(Counts(first), Counts((await AskAsync("load")).Done()));
        _folder.Write("data/orders2.csv", Header + "A,1,2024-05-01,C1,P,3,10\nB,1,2024-05-01,C2,P,1,1\nC,1,2024-05-01,C3,P,1,1\nC,2,bad,C3,P,1,1\n");
        var before = await File.ReadAllBytesAsync(Database);
        var trial = (await AskAsync("load", "--dry-run")).Done();
        Assert.Equal(before, await File.ReadAllBytesAsync(Database));
        Assert.Equal(["warehouse.duckdb"], Directory.EnumerateFileSystemEntries(_folder.Path, "warehouse.duckdb*").Select(Path.GetFileName));
        Assert.Equal("data/orders2.csv 4 1 1 0 1 1 0 0 at type 1", Counts(trial)[1]);
        Assert.Equal(Counts(trial), Counts((await AskAsync("load")).Done()));
    }

    [Fact]
    public async Task RejectedRows_AreShown_Mended_AndLoaded()
    {
        (await AskAsync("load")).Done();
        Assert.Equal("data/orders1.csv 3 quantity type", Row((await AskAsync("quality", "--rejects", "orders")).Done(), 0, 4));
        var mend = Path.Combine(_folder.Path, "mend.csv");
        (await CommandLine.RunAsync("quality", "--rejects", "orders", "--mend", "--format", "csv", "--out", mend, "-w", _folder.Path)).Done();
        await File.WriteAllTextAsync(mend, (await File.ReadAllTextAsync(mend)).Replace(",x,", ",7,", StringComparison.Ordinal));
        Assert.Equal("orders mend.csv 1 1 0 0 0 0 0", Row((await AskAsync("load", "orders", "--mended", mend)).Done(), 0, 9));
        Assert.Equal(0, (await AskAsync("quality", "--rejects", "orders")).Done().Rows.GetArrayLength());
        Assert.Equal("7.0000", await QuantityAsync());
        Assert.Equal(2, (await AskAsync("load", "--mended", mend, "orders", "nothing")).ExitCode);
    }

    [Fact]
    public async Task WhatChanged_AndWhereItComesFrom_AreTold()
    {
        (await AskAsync("load")).Done();
        _folder.Write("data/orders2.csv", Header + "A,1,2024-05-01,C1,P,3,10\nC,1,2024-05-01,C3,P,1,1\n");
        (await AskAsync("load")).Done();
        var changed = (await AskAsync("status", "--changed", "1", "2")).Done().Rows.EnumerateArray().Single(row => row[0].GetString() == "star.fact_sale");
        Assert.Equal("1 1 0 2 3 net_amount 21 32", string.Join(' ', changed.EnumerateArray().Skip(1)));
        Assert.Equal(2, (await AskAsync("status", "--changed", "2", "1")).ExitCode);
        Assert.Equal(2, (await AskAsync("status", "--changed", "7")).ExitCode);
        Assert.Contains("quantity: quantity; unit_price: price", await LineageAsync("fact_sale.net_amount", null), StringComparison.Ordinal);
        var row = await LineageAsync("fact_sale", "0");
        Assert.Contains("data/orders2.csv 2", row, StringComparison.Ordinal);
        Assert.Contains("data/orders1.csv 2", row, StringComparison.Ordinal);
        Assert.Equal(2, (await AskAsync("status", "--lineage", "fact_sales")).ExitCode);
        Assert.Equal(1, (await AskAsync("status", "--lineage", "fact_sale", "--row", "99")).ExitCode);
    }

    [Theory]
    [InlineData("warn", 0, 1)]
    [InlineData("error", 3, 1)]
    [InlineData("stop", 3, 0)]
    public async Task BrokenCheck_DoesWhatItsSeveritySays(string severity, int exitCode, int published)
    {
        _folder.Write("checks/sales.yaml", $"table: star.fact_sale\nchecks:\n- {{column: quantity, max: 1, severity: {severity}}}\n");
        var load = await AskAsync("load");
        Assert.Equal(exitCode, load.ExitCode);
        Assert.Contains("quantity is within its range: 1 of 2 offend, such as 2.0000", load.Error, StringComparison.Ordinal);
        Assert.Equal(published == 0, load.Error.Contains("Nothing was published", StringComparison.Ordinal));
        Assert.Equal(published, (await AskAsync("status")).Done().Rows[0][0].GetInt32());
    }

    [Fact]
    public async Task Quality_IsAPage_AndAListOfProfilesToAskFor()
    {
        _folder.Write("feeds/crm.yaml", "source: {files: data/crm.csv}\nidentity: crm\ninto: customer\ncolumns: {id: id, valid_from: since, occupation: occupation}\n");
        _folder.Write("data/crm.csv", "id,since,occupation\nC1,2011-06-01,student\nC2,2025-06-01,nurse\n");
        (await AskAsync("load")).Done();
        Assert.Equal(["C1 occupation student"], (await AskAsync("quality", "--profile")).Done().Rows.EnumerateArray().Select(row => $"{row[0]} {row[2]} {row[3]}"));
        var page = Path.Combine(_folder.Path, "page.html");
        (await CommandLine.RunAsync("quality", "--format", "html", "--out", page, "-w", _folder.Path)).Done();
        var html = await File.ReadAllTextAsync(page);
        Assert.StartsWith("<!doctype html>", html, StringComparison.Ordinal);
        Assert.Contains("Profiles to ask for an update", html, StringComparison.Ordinal);
        Assert.Equal(2, (await AskAsync("quality", "--rejects", "order")).ExitCode);
    }

    private static string[] Counts(CommandResult load) =>
        [.. load.Rows.EnumerateArray().Select(row => string.Join(' ', row.EnumerateArray().Skip(1)).Trim())];

    private static string Row(CommandResult answer, int row, int columns) => string.Join(' ', answer.Rows[row].EnumerateArray().Take(columns));

    private async Task<string> LineageAsync(string table, string? row)
    {
        string[] key = row is null ? [] : ["--row", row];
        return string.Join('\n', (await AskAsync(["status", "--lineage", table, .. key])).Done().Rows.EnumerateArray().Select(line => string.Join(' ', line.EnumerateArray())));
    }

    private async Task<string> QuantityAsync()
    {
        await using var connection = new DuckDb.DuckDBConnection($"Data Source={Database};access_mode=read_only");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT CAST(quantity AS VARCHAR) FROM star.fact_sale WHERE order_id = 'A' AND line_id = '2'";
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture)!;
    }

    private Task<CommandResult> AskAsync(params string[] arguments) => CommandLine.RunAsync([.. arguments, "--format", "json", "-w", _folder.Path]);
}
