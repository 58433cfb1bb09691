using System.Globalization;
using System.Text.Json;
using Warehouse.DuckDb;

namespace Warehouse.Acceptance;

/// <summary>The ways in to the cubes and out of them, as people run them.</summary>
public class QueryTests
{
    [Fact]
    public async Task AFile_AsksTheSame_AndWhatIsSaidBesideReplacesIt()
    {
        using var shop = await Loaded();
        var file = shop.Write(
            "best.yaml",
            """
            cube: sales
            measures: [lines, net_sales]
            by: date.month
            order: net_sales desc
            limit: 3
            """);
        string[] words = ["query", "sales", "--measures", "lines,net_sales", "--by", "date.month", "--order", "net_sales desc", "--format", "csv"];

        var asked = (await shop.RunAsync("query", "--file", file, "--format", "csv")).Done();
        var next = (await shop.RunAsync("query", "--file", file, "--limit", "2", "--offset", "1", "--format", "csv")).Done();

        Assert.Equal((await shop.RunAsync([.. words, "--limit", "3"])).Done().Output, asked.Output);
        Assert.Equal((await shop.RunAsync([.. words, "--limit", "2", "--offset", "1"])).Done().Output, next.Output);
    }

    [Fact]
    public async Task PivotTables_HaveTheSameNumbersInEachFormat()
    {
        using var shop = await Loaded();
        string[] words = ["query", "sales", "--measures", "net_sales", "--by", "customer.id", "--pivot", "date.quarter", "--totals", "grand", "--where", "customer.id in ('C1', 'C2', 'C30')"];

        var json = JsonDocument.Parse((await shop.RunAsync([.. words, "--format", "json"])).Done().Output).RootElement;
        var csv = (await shop.RunAsync([.. words, "--format", "csv"])).Done().Output.TrimEnd().Split('\n').Select(line => line.TrimEnd('\r').Split(',')).ToArray();
        var table = (await shop.RunAsync(words)).Done().Output;

        var columns = json.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()!).ToArray();
        var rows = json.GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().Select(Text).ToArray()).ToArray();
        Assert.Equal("customer.id", columns[0]);
        Assert.Contains("Total", columns);
        Assert.Equal(4, rows.Length);
        Assert.Equal(columns, csv[0]);
        Assert.Equal(rows, csv[1..]);
        foreach (var value in rows.SelectMany(row => row[1..^1]).Where(value => value.Length > 0))
        {
            Assert.Contains(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture).ToString("0.####", System.Globalization.CultureInfo.InvariantCulture), table, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task PivotTables_AreTheSameInParquetAndArrow()
    {
        using var shop = await Loaded();
        string[] words = ["query", "sales", "--measures", "lines,net_sales", "--by", "customer.id", "--pivot", "date.quarter", "--totals", "grand", "--where", "customer.id in ('C1', 'C2', 'C30')"];
        var (parquet, arrow) = (Path.Combine(shop.Path, "pivot.parquet"), Path.Combine(shop.Path, "pivot.arrow"));
        var json = JsonDocument.Parse((await shop.RunAsync([.. words, "--format", "json"])).Done().Output).RootElement;
        (await shop.RunAsync([.. words, "--format", "parquet", "--out", parquet])).Done();
        (await shop.RunAsync([.. words, "--format", "arrow", "--out", arrow])).Done();
        var names = json.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()!).ToArray();
        var rows = json.GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().Select(Text).ToArray()).ToArray();
        Assert.Contains("2024-Q1 net_sales", names);

        await using var connection = new DuckDBConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM read_parquet('{parquet}')";
        await using var reader = await command.ExecuteReaderAsync();
        Assert.Equal(names, Enumerable.Range(0, reader.FieldCount).Select(reader.GetName));
        for (var row = 0; await reader.ReadAsync(); row++)
        {
            Assert.Equal(rows[row], Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "" : Plain(reader.GetValue(column))));
        }

        var read = (await ReadArrowAsync(shop, arrow)).GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(rows.Length, read.Length);
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < names.Length; column++)
            {
                var value = Text(read[row][column]);
                var isMoney = names[column].EndsWith("net_sales", StringComparison.Ordinal) && value.Length > 0;
                Assert.Equal(rows[row][column], isMoney ? Plain(decimal.Parse(value, CultureInfo.InvariantCulture) / 10_000) : value);
            }
        }
    }

    /// <summary>Facts go to Arrow as the engine gives them, and are held for every other form.</summary>
    [SkippableFact]
    public async Task Details_AreTheSameInArrow_AsInJson()
    {
        using var shop = await Loaded();
        string[] words = ["query", "sales", "--measures", "net_sales", "--by", "customer.id", "--details"];
        var arrow = Path.Combine(shop.Path, "details.arrow");
        var json = JsonDocument.Parse((await shop.RunAsync([.. words, "--format", "json"])).Done().Output).RootElement;
        (await shop.RunAsync([.. words, "--format", "arrow", "--out", arrow])).Done();
        var read = await ReadArrowAsync(shop, arrow);
        var names = json.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()).ToArray();
        var key = Array.IndexOf(names, "customer_key");

        Assert.Equal(names, read.GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("name").GetString()));
        Assert.Equal(
            json.GetProperty("rows").EnumerateArray().Select(row => $"{row[0]} {row[key]}"),
            read.GetProperty("rows").EnumerateArray().Select(row => $"{row[0]} {row[key]}"));
    }

    private static async Task<JsonElement> ReadArrowAsync(SmallShop shop, string path)
    {
        var script = Repository.PathOf("tests", "Warehouse.DuckDb.Tests", "Arrow", "read.mjs");
        Skip.IfNot(Directory.Exists(Repository.PathOf("tests", "Warehouse.DuckDb.Tests", "node_modules", "apache-arrow")), "needs npm's apache-arrow, which 'npm ci' in tests/Warehouse.DuckDb.Tests brings");
        return JsonDocument.Parse((await CommandLine.RunProgramAsync("node", $"\"{script}\" \"{path}\"", shop.Path)).Done().Output).RootElement;
    }

    [Fact]
    public async Task Captions_AreInTheLanguageAskedFor_AndTheNameOfMembersIsTheirs()
    {
        using var shop = await Loaded();
        shop.Write(
            "cubes/named.yaml",
            """
            cube: named
            table: star.fact_sale
            dimensions:
              channel: { table: star.dim_channel, key: channel_key, on: channel_key, caption: { en: Channel, de: Kanal }, attributes: { name: channel } }
            measures:
              lines: { count: rows, caption: { en: Lines, de: Zeilen } }
            """);

        var plain = (await shop.RunAsync("query", "named", "--measures", "lines", "--by", "channel.name")).Done().Output;
        var german = (await shop.RunAsync("query", "named", "--measures", "lines", "--by", "channel.name", "--language", "de-AT")).Done().Output;

        Assert.Contains("Channel", plain, StringComparison.Ordinal);
        Assert.Contains("Lines", plain, StringComparison.Ordinal);
        Assert.Contains("Kanal", german, StringComparison.Ordinal);
        Assert.Contains("Zeilen", german, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ParametersAndComparisons_ComeFromTheCommandLine()
    {
        using var shop = await Loaded();
        shop.Write("cubes/_parameters.yaml", "parameters:\n  who: { type: text, default: C1 }\n");
        string[] words = ["query", "sales", "--measures", "lines", "--format", "json"];

        var compared = (await shop.RunAsync([.. words, "--compare", "customer.id = :who vs rest", "--param", "who=C2"])).Done().Rows[0];
        var own = (await shop.RunAsync([.. words, "--where", "customer.id = 'C2'"])).Done().Rows[0][0].GetInt32();
        var all = (await shop.RunAsync(words)).Done().Rows[0][0].GetInt32();
        var wrong = await shop.RunAsync([.. words, "--param", "whom=C2"]);

        Assert.Equal([own, all - own, (2 * own) - all], compared.EnumerateArray().Take(3).Select(value => value.GetInt32()));
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("Did you mean \"who\"?", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RollupsAreSuggested_ByWhatWasAsked()
    {
        using var shop = await Loaded();
        for (var time = 0; time < 3; time++)
        {
            (await shop.RunAsync("query", "sales", "--measures", "lines", "--by", "date.year")).Done();
        }

        (await shop.RunAsync("query", "sales", "--measures", "lines", "--where", "customer.id = 'a secret'")).Done();

        var suggested = (await shop.RunAsync("query", "--suggest-rollups", "--format", "json")).Done();

        Assert.DoesNotContain("secret", string.Concat(Directory.GetFiles(shop.Path, "*.queries.jsonl").Select(File.ReadAllText)), StringComparison.Ordinal);
        var first = suggested.Rows[0];
        Assert.Equal("sales", first[0].GetString());
        Assert.Equal(3, first[1].GetInt32());
        Assert.Contains("by: [date.year], measures: [lines]", first[5].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Details_AreTheFactsOfACell()
    {
        using var shop = await Loaded();
        string[] words = ["query", "sales", "--measures", "lines", "--by", "date.month", "--totals", "--format", "json"];
        var cells = (await shop.RunAsync(words)).Done().Rows.EnumerateArray().ToArray();

        foreach (var (cell, lines) in new[] { ("2024-03", cells[2][1].GetInt32()), ("*", cells[^1][1].GetInt32()) })
        {
            Assert.Equal(lines, (await shop.RunAsync([.. words, "--details", "--cell", cell])).Done().Rows.GetArrayLength());
        }

        Assert.Equal(5, (await shop.RunAsync([.. words, "--details", "lines", "--limit", "5"])).Done().Rows.GetArrayLength());
        var wrong = await shop.RunAsync([.. words, "--details", "--cell", "2024-33"]);
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("No row is \"2024-33\". Did you mean", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARole_SeesItsOwnFacts()
    {
        using var shop = await Loaded();
        shop.Write("cubes/_roles.yaml", "roles:\n  one:\n    cubes: { sales: customer.id = 'C1' }\n    hidden: [sales.net_sales]\n");
        string[] words = ["query", "sales", "--measures", "lines", "--format", "json"];

        var own = (await shop.RunAsync([.. words, "--role", "one"])).Done().Rows[0][0].GetInt32();
        var filtered = (await shop.RunAsync([.. words, "--where", "customer.id = 'C1'"])).Done().Rows[0][0].GetInt32();
        var hidden = await shop.RunAsync("query", "sales", "--measures", "net_sales", "--role", "one");
        var unknown = await shop.RunAsync([.. words, "--role", "on"]);

        Assert.Equal(filtered, own);
        Assert.Equal(2, hidden.ExitCode);
        Assert.Contains("Did you mean \"one\"?", unknown.Error, StringComparison.Ordinal);
    }

    private static async Task<SmallShop> Loaded()
    {
        var shop = new SmallShop();
        (await shop.RunAsync("load")).Done();
        return shop;
    }

    /// <summary>A decimal without the zeros that its type gives it.</summary>
    private static string Plain(object value) =>
        value is decimal number ? number.ToString("0.####", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
