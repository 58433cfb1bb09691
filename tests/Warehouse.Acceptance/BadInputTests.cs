using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>What goes wrong is said clearly, with what to do, and changes nothing.</summary>
public class BadInputTests
{
    [Fact]
    public async Task Load_MissingFile_IsSaid()
    {
        using var shop = new SmallShop();

        var result = await shop.RunAsync("load", "orders", "--file", "nowhere.csv");

        Requires(result, 1, "There is no file", "nowhere.csv", "Nothing was loaded");
    }

    [Fact]
    public async Task Load_FeedFindsNoFile_NamesThePattern()
    {
        using var shop = new SmallShop();
        File.Delete(Path.Combine(shop.Path, "data", "orders.csv"));

        Requires(await shop.RunAsync("load"), 1, "data/orders*.csv", "matches nothing");
    }

    [Fact]
    public async Task Load_MissingColumn_GivesNearName_AndChangesNothing()
    {
        using var shop = new SmallShop();
        (await shop.RunAsync("load")).Done();
        var before = await shop.TotalsAsync();
        var file = shop.Write("other.csv", SmallShop.Orders(10, 1000).Replace("quantity", "qantity", StringComparison.Ordinal));

        Requires(await shop.RunAsync("load", "orders", "--file", file), 1, "has no column \"quantity\"", "Did you mean \"qantity\"?");

        Assert.Equal(before, await shop.TotalsAsync());
    }

    [Fact]
    public async Task Load_WrongMapping_IsSaidWithItsPlace()
    {
        using var shop = new SmallShop();
        shop.Write("feeds/orders.yaml", SmallShop.FeedText.Replace("unit_price: price", "unit_prise: price", StringComparison.Ordinal));

        Requires(
            await shop.RunAsync("load"),
            1,
            "feeds/orders.yaml:13:3: \"unit_prise\" is no column of sale. Did you mean \"unit_price\"?",
            "\"unit_price\" is missing");
    }

    [Fact]
    public async Task Load_BrokenYaml_IsSaidWithItsPlace()
    {
        using var shop = new SmallShop();
        shop.Write("feeds/orders.yaml", "feed: orders\nsource: {files: [a, b\n");

        Requires(await shop.RunAsync("load"), 1, "feeds/orders.yaml:", "not well-formed YAML");
    }

    [Fact]
    public async Task Load_UnknownFeed_IsAWrongCommand()
    {
        using var shop = new SmallShop();

        Requires(await shop.RunAsync("load", "order"), 2, "There is no feed \"order\". Did you mean \"orders\"?");
    }

    [Fact]
    public async Task Load_FileIsNoDatabase_IsSaid_AndLeftAsItIs()
    {
        const string Text = "This is a text and no database. It is long enough to be looked at as one, or so we hope at least.";
        using var shop = new SmallShop();
        await File.WriteAllTextAsync(shop.DatabasePath, Text);

        Requires(await shop.RunAsync("load"), 1, "no DuckDB database, or it is damaged");

        Assert.Equal(Text, await File.ReadAllTextAsync(shop.DatabasePath));
    }

    [Fact]
    public async Task Load_EmptyFileAsDatabase_IsANewDatabase()
    {
        using var shop = new SmallShop();
        await File.WriteAllTextAsync(shop.DatabasePath, "");

        (await shop.RunAsync("load")).Done();
    }

    [Fact]
    public async Task Load_CorruptDatabase_IsSaid_AndLeftAsItIs()
    {
        using var shop = new SmallShop(3000);
        (await shop.RunAsync("load")).Done();
        var bytes = await File.ReadAllBytesAsync(shop.DatabasePath);
        Array.Fill<byte>(bytes, 0xA5, 0, 8192);
        await File.WriteAllBytesAsync(shop.DatabasePath, bytes);

        Requires(await shop.RunAsync("load"), 1, "damaged");

        Assert.Equal(bytes, await File.ReadAllBytesAsync(shop.DatabasePath));
    }

    [Fact]
    public async Task Load_DatabaseOfAnotherProgram_IsSaid_AndLeftAsItIs()
    {
        using var shop = new SmallShop();
        await using (var other = new DuckDb.DuckDBConnection($"Data Source={shop.DatabasePath}"))
        {
            await other.OpenAsync();
            await using var command = other.CreateCommand();
            command.CommandText = "CREATE TABLE theirs AS SELECT 42 AS answer";
            await command.ExecuteNonQueryAsync();
        }

        var before = await File.ReadAllBytesAsync(shop.DatabasePath);

        Requires(await shop.RunAsync("load"), 1, "a database of another program", "Nothing was changed");
        Requires(await shop.RunAsync("query", "sales", "--measures", "lines"), 1, "a database of another program");

        Assert.Equal(before, await File.ReadAllBytesAsync(shop.DatabasePath));
    }

    [Fact]
    public async Task AnyCommand_WhileAnotherProcessWrites_NamesTheProcess()
    {
        using var shop = new SmallShop();
        (await shop.RunAsync("load")).Done();
        await using var holder = new DuckDb.DuckDBConnection($"Data Source={shop.DatabasePath}");
        await holder.OpenAsync();

        var words = $"in use by process {Environment.ProcessId}";
        Requires(await shop.RunAsync("load"), 1, words, "Nothing was changed");
        Requires(await shop.RunAsync("query", "sales", "--measures", "lines"), 1, words);
    }

    [Fact]
    public async Task Load_MoreRejectsThanAllowed_IsDoneWithReserve()
    {
        using var shop = new SmallShop(10);
        shop.Write("data/orders.csv", SmallShop.Orders(10).Replace("P3,", ",", StringComparison.Ordinal).Replace("P4,", ",", StringComparison.Ordinal));

        var result = await shop.RunAsync("load");

        Requires(result, 3, "More rows were rejected than orders allows", "warehouse quality --rejects orders");
        Assert.Contains("Expected a value", (await shop.RunAsync("quality", "--rejects", "orders")).Done().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no cube \"sale\". Did you mean \"sales\"?", "query", "sale", "--measures", "lines")]
    [InlineData("The cube \"sales\" has no measure \"line\"", "query", "sales", "--measures", "line")]
    [InlineData("\"yesterday\" is no date", "rfm", "--as-of", "yesterday")]
    [InlineData("Option '--measures' is required", "query", "sales")]
    [InlineData("There is no segment \"best\"", "segment", "preview", "best")]
    public async Task WrongCommand_IsSaid(string words, params string[] arguments)
    {
        using var shop = new SmallShop();
        (await shop.RunAsync("load")).Done();

        Requires(await shop.RunAsync(arguments), 2, words);
    }

    [Fact]
    public async Task AnyCommand_OutsideOfAWorkspace_SaysHowToMakeOne()
    {
        using var folder = new FreshFolder();

        Requires(await CommandLine.RunAsync("load", "-w", folder.Path), 1, "is no workspace", "warehouse init");
        Requires(await CommandLine.RunAsync("load", "-w", Path.Combine(folder.Path, "none")), 1, "There is no folder");
    }

    [Fact]
    public async Task Query_BeforeAnythingIsLoaded_SaysToLoad()
    {
        using var shop = new SmallShop();

        Requires(await shop.RunAsync("query", "sales", "--measures", "lines"), 1, "There is no database", "warehouse load");
    }

    private static void Requires(CommandResult result, int exitCode, params string[] words)
    {
        Assert.All(words, part => Assert.Contains(part, result.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode, result.ExitCode);
    }
}
