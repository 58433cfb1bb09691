using System.IO.Compression;
using System.Text;
using Warehouse.Definitions;
using Warehouse.DuckDb;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Staging;

namespace Warehouse.Etl.Tests.Sources;

/// <summary>The same three order lines, one of them at fault, come to the same star from every kind of file.</summary>
public sealed class SourceTests : EtlTest
{
    private static readonly string[] Sales = ["A | 1 | 2026-01-05 18:30:00+00 | 2.0000 | 9.5000 | 茶 é", "B | 1 | 2026-01-06 00:00:00+00 | -1.0000 | 1234.5000 | b"];

    private static readonly string[] Rejected = ["type quantity"];

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("big5")]
    [InlineData("gb18030")]
    public async Task EncodedText(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = Csv(',');
        text = name == "big5" ? text.Replace(" é", "", StringComparison.Ordinal) : text;
        var encoding = Encoding.GetEncoding(name);
        Warehouse.Folder.Write("data/sales.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
        SourceFeed("data/sales.csv", name == "utf-16" ? "" : $", encoding: {name}");
        await LoadAsync();
        Assert.Equal(Sales[0].Replace(name == "big5" ? " é" : "none", "", StringComparison.Ordinal), (await SalesAsync())[0]);
        Assert.Equal(Rejected, await RulesAsync());
    }

    [Theory]
    [InlineData("utf-8", new byte[] { 0xFF })]
    [InlineData("utf-16", new byte[] { 0, 0xD8 })] // Half of a surrogate pair.
    [InlineData("big5", new byte[] { 0x81, 0x30 })]
    [InlineData("gb18030", new byte[] { 0x81, 0x20 })]
    public async Task BytesThatAreNoCharacterOfTheEncoding_AreSetAside(string name, byte[] wrong)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(name);
        Warehouse.Folder.Write("data/sales.csv", [
            .. encoding.GetBytes("order,line,at,product,quantity,price\nA,1,2026-01-05,p"), .. wrong, .. encoding.GetBytes(",1,2\nB,1,2026-01-05,p,1,2\n")]);
        SourceFeed("data/sales.csv", $", encoding: {name}");
        var report = Assert.Single((await LoadAsync()).Files);
        Assert.Equal((2, 1, 1), (report.RowsRead, report.RowsLoaded, report.RowsRejected));
        Assert.Equal(["encoding"], await RulesAsync());
    }

    [Fact]
    public async Task Tsv()
    {
        Data("sales.tsv", Csv('\t'));
        SourceFeed("data/sales.tsv");
        await AssertSameAsync();
    }

    [Fact]
    public async Task Gzip()
    {
        Warehouse.Folder.Write("data/sales.csv.gz", Zipped(Encoding.UTF8.GetBytes(Csv(','))));
        SourceFeed("data/sales.csv.gz");
        await AssertSameAsync();
    }

    [Fact]
    public async Task GzipBomb_IsRefused()
    {
        Warehouse.Folder.Write("data/sales.csv.gz", Zipped([.. "order,line,at,product,quantity,price\n"u8, .. Enumerable.Repeat((byte)'\n', (int)BoundedStream.AlwaysAllowed * 2)]));
        SourceFeed("data/sales.csv.gz");
        var refused = await Assert.ThrowsAsync<UserFaultException>(() => LoadAsync());
        Assert.Contains("unpacks to more than", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sales.json", "{0}", "")]
    [InlineData("sales.json", "{{\"meta\": 1, \"data\": {{\"lines\": {0}}}}}", ", path: data.lines")]
    public async Task Json(string name, string around, string source)
    {
        Data(name, string.Format(System.Globalization.CultureInfo.InvariantCulture, around, $"[{string.Join(",\n", JsonRows)}]"));
        SourceFeed("data/" + name, source, "order.id");
        await AssertSameAsync("order.id");
    }

    [Theory]
    [InlineData("{\"rows\": []}", "Say which by \"path\": rows")]
    [InlineData("[1, 2", "is no JSON")]
    [InlineData("[]", "is empty")]
    public async Task JsonWithoutRows_IsRefused(string text, string said)
    {
        Data("sales.json", text);
        SourceFeed("data/sales.json");
        Assert.Contains(said, (await Assert.ThrowsAsync<UserFaultException>(() => LoadAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JsonLines_WithLinesThatAreNone_SetsThemAside()
    {
        Data("sales.jsonl", string.Join("\n\n", JsonRows) + "\n{\"order\": \n[1]\n");
        SourceFeed("data/sales.jsonl", "", "order.id");
        var report = Assert.Single((await LoadAsync()).Files);
        Assert.Equal((5, 2, 3), (report.RowsRead, report.RowsLoaded, report.RowsRejected));
        Assert.Equal(Sales, await SalesAsync());
        Assert.Equal(["3 type", "6 json", "7 json"], (await RowsAsync("SELECT source_line || ' ' || rule FROM quality.reject ORDER BY source_line")).Select(line => line.Replace("5 type", "3 type", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task JsonWithHalfASurrogatePair_IsSetAside()
    {
        Data("sales.json", $"[{JsonRows[0]}, {JsonRows[1].Replace("\"b\"", "\"\\ud800\"", StringComparison.Ordinal)}]");
        SourceFeed("data/sales.json", "", "order.id");
        var report = Assert.Single((await LoadAsync()).Files);
        Assert.Equal((2, 1, 1), (report.RowsRead, report.RowsLoaded, report.RowsRejected));
    }

    [Fact]
    public async Task JsonThatSaysANameTwice_OrHasBytesThatAreNoCharacters_IsSetAside()
    {
        Data("sales.jsonl", string.Join('\n', JsonRows[..2]) + "\n" + JsonRows[0].Replace("\"line\"", "\"quantity\": 7, \"line\"", StringComparison.Ordinal) + "\n");
        File.AppendAllText(Path.Combine(Warehouse.Workspace.Folder, "data/sales.jsonl"), JsonRows[1].Replace("\"b\"", "\"b\u00e9\"", StringComparison.Ordinal) + "\n", Encoding.Latin1);
        SourceFeed("data/sales.jsonl", "", "order.id");
        var report = Assert.Single((await LoadAsync()).Files);
        Assert.Equal((4, 2, 2), (report.RowsRead, report.RowsLoaded, report.RowsRejected));
        Assert.Equal(Sales, await SalesAsync());
        Assert.Equal(["json", "encoding"], await RowsAsync("SELECT rule FROM quality.reject ORDER BY source_line"));
    }

    [Fact]
    public async Task Excel_OfHiddenSheetsAndErrors_TakesNeither()
    {
        string[] header = ["order", "line", "at", "product", "quantity", "price"];
        Warehouse.Folder.Write("data/sales.xlsx", Workbook.Of(
            ["Old"],
            ("Old", [header, ["X", 1, "2026-01-05", "x", 1, 1]]),
            ("New", [
                header,
                ["A", 1, new DateTime(2026, 1, 5, 18, 30, 0, DateTimeKind.Unspecified), new Workbook.Formula("str", "茶 é"), 2, 9.5],
                ["B", 1, "2026-01-06", "b", -1, 1234.5],
                ["C", 1, "2026-01-06", "c", new Workbook.Formula("e", "#DIV/0!"), 1],
            ])));
        SourceFeed("data/sales.xlsx", "");
        Assert.Equal(2, Assert.Single((await LoadAsync()).Files).RowsLoaded);
        Assert.Equal(Sales, await SalesAsync());
        Assert.Equal(["4 required"], await RowsAsync("SELECT source_line || ' ' || rule FROM quality.reject"));
    }

    [Theory]
    [InlineData("data/a*.csv", "a[1] b.csv a[2].csv")]
    [InlineData("data/a[1] b.csv", "a[1] b.csv")]
    [InlineData("data", "a[1] b.csv a[2].csv ")]
    [InlineData("data/**/*.csv", "a[1] b.csv a[2].csv deep/a.csv")]
    [InlineData("data/*/a.csv", "deep/a.csv")]
    [InlineData("data/.*.csv", ".a.csv")]
    public void Patterns_FindWhatTheyName_OnceEach_AndNothingThatIsHidden(string pattern, string names)
    {
        foreach (var name in new[] { "a[1] b.csv", "a[2].csv", ".a.csv", "deep/a.csv", ".git/a.csv" })
        {
            Data(name, "x\n");
        }

        // A link that leads back to where it stands.
        Directory.CreateSymbolicLink(Path.Combine(Warehouse.Workspace.Folder, "data/deep/loop"), Path.Combine(Warehouse.Workspace.Folder, "data"));
        Feed("f", $"source: {{files: \"{pattern}\"}}\ninto: location\ncolumns: {{id: x}}\n");

        var found = SourceFinder.Find(Warehouse.Workspace, Assert.Single(FeedCatalogue.Read(Warehouse.Workspace)));

        Assert.Equal(names.Trim(), string.Join(' ', found.Select(path => Path.GetRelativePath(Path.Combine(Warehouse.Workspace.Folder, "data"), path))));
    }

    [Fact]
    public async Task Excel_WithTypedCells()
    {
        Warehouse.Folder.Write("data/sales.xlsx", Workbook.Of(
            ("Notes", [["nothing"]]),
            ("Lines", [
                ["Sales of the week"],
                [],
                ["order", "line", "at", "product", "quantity", "price"],
                ["A", 1, new DateTime(2026, 1, 5, 18, 30, 0, DateTimeKind.Unspecified), "茶 é", 2, 9.5],
                [],
                ["B", 1.0, new DateTime(2026, 1, 6, 0, 0, 0, DateTimeKind.Unspecified), "b", -1, 1234.5],
                ["C", 1, "2026-01-06", "c", "many", 1],
            ])));
        SourceFeed("data/sales.xlsx", ", sheet: Lines, header_row: 3");
        await AssertSameAsync();
        Assert.Equal(["7"], await RowsAsync("SELECT source_line FROM quality.reject"));
    }

    [Fact]
    public async Task ExcelWithoutTheSheet_NamesTheSheets()
    {
        Warehouse.Folder.Write("data/sales.xlsx", Workbook.Of(("Lines", [["a"]])));
        SourceFeed("data/sales.xlsx", ", sheet: Lined");
        Assert.Contains("Lines", (await Assert.ThrowsAsync<UserFaultException>(() => LoadAsync())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(", table: main.lines")]
    [InlineData(", query: \"SELECT * FROM lines ORDER BY 1;\"")]
    public async Task DuckDbFile(string source)
    {
        await using (var other = new DuckDBConnection($"Data Source={Path.Combine(Warehouse.Folder.Path, "other.duckdb")}"))
        {
            await other.OpenAsync();
            await using var command = other.CreateCommand();
            command.CommandText =
                """
                CREATE TABLE lines ("order" VARCHAR, line INTEGER, "at" TIMESTAMP, product VARCHAR, quantity VARCHAR, price DECIMAL(9,2));
                INSERT INTO lines VALUES ('A', 1, '2026-01-05 18:30:00', '茶 é', '2', 9.5), ('B', 1, '2026-01-06', 'b', '-1', 1234.5), ('C', 1, '2026-01-06', 'c', 'many', 1)
                """;
            await command.ExecuteNonQueryAsync();
        }

        SourceFeed("other.duckdb", source);
        await AssertSameAsync();
    }

    [SkippableTheory]
    [InlineData("call_centre/call_centre.csv")]
    [InlineData("call_centre/call_centre.xlsx")]
    public async Task CallCentre_LoadsToItsTotalsFromEachFormat(string name)
    {
        var path = SharedDataOrSkip(name);
        Feed("calls", """
            source: {files: data/none.csv}
            into: contact
            columns:
              contact_id: Call Id
              opened_at: {expr: "concat(Date, ' ', Time)"}
              channel: {value: phone}
              topic: Topic
              agent: Agent
              is_answered: Answered (Y/N)
              is_resolved: Resolved
              waiting_seconds: Speed of answer in seconds
              talk_seconds: AvgTalkDuration
              satisfaction: {from: Satisfaction rating, min: 1, max: 5}
            """);
        var report = Assert.Single((await LoadFileAsync(path, "calls")).Files);
        Assert.Equal((5000, 5000, 0), (report.RowsRead, report.RowsLoaded, report.RowsRejected));
        Assert.Equal(
            ["4054 | 3646 | 273729 | 911837 | 13798 | 2021-01-01 09:12:58+00 | 2021-03-31 17:39:50+00"],
            await RowsAsync(
                """
                SELECT count(*) FILTER (is_answered), count(*) FILTER (is_resolved), sum(waiting_seconds), sum(talk_seconds), sum(satisfaction),
                    CAST(min(opened_at) AS VARCHAR), CAST(max(opened_at) AS VARCHAR)
                FROM star.fact_contact
                """));
    }

    private static string SharedDataOrSkip(string name)
    {
        var path = Testing.SharedData.Find(name);
        Skip.If(path is null, Testing.SharedData.Missing(name));
        return path;
    }

    private static readonly string[] JsonRows =
    [
        "{\"order\": {\"id\": \"A\"}, \"line\": 1, \"at\": \"2026-01-05T18:30:00Z\", \"product\": \"茶 \\u00e9\", \"quantity\": 2, \"price\": 9.5}",
        "{\"order\": {\"id\": \"B\"}, \"line\": 1, \"at\": \"2026-01-06\", \"product\": \"b\", \"quantity\": -1, \"price\": 1234.50, \"tags\": [1]}",
        "{\"order\": {\"id\": \"C\"}, \"line\": 1, \"at\": \"2026-01-06\", \"product\": \"c\", \"quantity\": \"many\", \"price\": null}",
    ];

    private static string Csv(char delimiter) =>
        "order,line,at,product,quantity,price\nA,1,2026-01-05 18:30:00,茶 é,2,9.5\nB,1,2026-01-06,b,-1,1234.50\nC,1,2026-01-06,c,many,1\n".Replace(',', delimiter);

    private static byte[] Zipped(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.SmallestSize))
        {
            gzip.Write(bytes);
        }

        return zipped.ToArray();
    }

    private void SourceFeed(string file, string source = "", string order = "order") => Feed("sales", $$"""
        source: {files: {{file}}{{source}}}
        into: sale
        columns: {order_id: {{order}}, line_id: line, ordered_at: at, product: product, quantity: quantity, unit_price: price}
        """);

    private async Task AssertSameAsync(string order = "order")
    {
        var report = Assert.Single((await LoadAsync()).Files);
        Assert.Equal((3, 2, 1), (report.RowsRead, report.RowsLoaded, report.RowsRejected));
        Assert.Equal(Sales, await SalesAsync());
        Assert.Equal(Rejected, await RulesAsync());
        Assert.Contains($"\"{order}\":\"C\"", await RowAsync("SELECT raw FROM quality.reject"), StringComparison.Ordinal);
        Assert.All((await LoadAsync()).Files, again => Assert.True(again.IsKnown));
    }

    private Task<IReadOnlyList<string>> SalesAsync() => RowsAsync(
        "SELECT order_id, line_id, CAST(ordered_at AS VARCHAR), quantity, unit_price, product_id FROM star.fact_sale JOIN star.dim_product USING (product_version_key) ORDER BY 1");

    private Task<IReadOnlyList<string>> RulesAsync() => RowsAsync("SELECT rule || coalesce(' ' || column_name, '') FROM quality.reject ORDER BY source_line");
}
