using System.Globalization;
using System.IO.Compression;
using System.Text;
using Warehouse.Definitions;
using Warehouse.Etl.Loading;
using Warehouse.Etl.Tests.Sources;

namespace Warehouse.Etl.Tests.Robustness;

/// <summary>
/// Files that were damaged in every way that a seed can think of are loaded with every row accounted for, or refused as
/// the user's fault with nothing loaded; never is it a bug, a crash or a wait without end.
/// </summary>
public sealed class MutatedFileTests : EtlTest
{
    private const int Usual = 150;
    private const int All = 10_000;

    private static readonly string[] Endings = [".csv", ".csv.gz", ".json", ".jsonl", ".xlsx", ".tsv"];

    [Fact]
    public async Task EveryRowIsAccountedForOrTheFileRefused()
    {
        var files = Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") == "1" ? All : Usual;
        Feed("sales", """
            source: {files: data/none.csv, "null": [NULL]}
            identity: shop
            into: sale
            duplicates: reject
            columns: {order_id: order, line_id: line, ordered_at: at, customer: {from: customer, clean: [lower, blanks]}, product: product, quantity: quantity, unit_price: price}
            """);
        var loaded = 0;
        var refused = 0;
        for (var seed = 0; seed < files; seed++)
        {
            var random = new Random(seed);
            var ending = Endings[seed % Endings.Length];
            var path = Warehouse.Folder.Write($"data/{seed}{ending}", Mutated(Written(ending, random), ending, random));
            try
            {
                var report = Assert.Single((await LoadFileAsync(path)).Files);
                Assert.True(
                    report.RowsRead == report.RowsLoaded + report.RowsRejected + report.RowsAlreadyLoaded,
                    string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: {report}"));
                await AssertAccountedAsync(seed, report);
                loaded++;
            }
            catch (UserFaultException)
            {
                refused++;
            }
            catch (Exception bug) when (bug is not Xunit.Sdk.XunitException)
            {
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"Seed {seed}: {bug}"));
            }

            File.Delete(path);
        }

        Assert.True(loaded > files / 5, $"Only {loaded} files were loaded.");
        Assert.True(refused > files / 20, $"Only {refused} files were refused.");
    }

    /// <summary>What the report says is what the warehouse holds.</summary>
    private async Task AssertAccountedAsync(int seed, FileReport report)
    {
        if (!report.IsKnown)
        {
            var key = $"(SELECT load_key FROM ops.load WHERE source LIKE '%/{seed.ToString(CultureInfo.InvariantCulture)}.%')";
            Assert.Equal(
                $"{report.RowsLoaded} | {report.RowsRejected}",
                await RowAsync($"SELECT (SELECT count(*) FROM star.fact_sale WHERE load_key = {key}), (SELECT count(*) FROM quality.reject WHERE load_key = {key})"));
        }
    }

    private static byte[] Written(string ending, Random random)
    {
        const string Header = "order,line,at,customer,product,quantity,price";
        var rows = Enumerable.Range(0, random.Next(1, 60)).Select(line => string.Create(
            CultureInfo.InvariantCulture,
            $"O{line / 3},{line % 3},2026-01-{(line % 28) + 1:00} 10:00:00,\"C {line % 5}, é\",p{line % 7},{random.Next(1, 9)},{random.Next(1, 9999) / 100m}")).ToArray();
        var cells = rows.Select(row => Header.Split(',').Zip(row.Replace("\"", "", StringComparison.Ordinal).Replace(", é", " é", StringComparison.Ordinal).Split(','))).ToArray();
        return ending switch
        {
            ".json" => Encoding.UTF8.GetBytes($"[{string.Join(",\n", cells.Select(Json))}]"),
            ".jsonl" => Encoding.UTF8.GetBytes(string.Concat(cells.Select(row => Json(row) + "\n"))),
            ".xlsx" => Workbook.Of(("Sales", [Header.Split(','), .. cells.Select(row => row.Select(pair => (object?)pair.Second).ToArray())])),
            ".tsv" => Encoding.UTF8.GetBytes(string.Concat(cells.Select(row => string.Join('\t', row.Select(pair => pair.Second)) + "\n").Prepend(Header.Replace(',', '\t') + "\n"))),
            ".csv.gz" => Zipped(Encoding.UTF8.GetBytes(Header + "\n" + string.Join("\r\n", rows))),
            _ => Encoding.UTF8.GetBytes(Header + "\n" + string.Join('\n', rows) + "\n"),
        };
    }

    private static string Json(IEnumerable<(string First, string Second)> row) =>
        $"{{{string.Join(", ", row.Select(pair => $"\"{pair.First}\": \"{pair.Second}\""))}}}";

    private static byte[] Mutated(byte[] bytes, string ending, Random random)
    {
        for (var times = random.Next(2); times >= 0; times--)
        {
            bytes = random.Next(14) switch
            {
                0 => bytes[..random.Next(bytes.Length + 1)],
                1 => [.. bytes.Select(sign => random.Next(100) == 0 ? (byte)random.Next(256) : sign)],
                2 => [.. Enumerable.Range(0, random.Next(2000)).Select(_ => (byte)random.Next(256))],
                3 => Inserted(bytes, random, Encoding.UTF8.GetBytes(new string('x', random.Next(1, 300_000)))),
                4 => Encoding.Unicode.GetBytes(Encoding.Latin1.GetString(bytes)),
                5 => Inserted(bytes, random, "\""u8.ToArray()),
                6 => Inserted(bytes, random, [0]),
                7 => Inserted(bytes, random, "\n"u8.ToArray()),
                8 => Inserted(bytes, random, "\r"u8.ToArray()),
                9 when ending is ".csv" => Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 10_000).Select(column => $"c{column}")) + "\n" + new string(',', 9_999) + "\n"),
                10 when ending is ".csv" => [.. "order,order,at,customer,product,quantity,price\n"u8, .. bytes],
                11 => [.. bytes, .. bytes],
                12 => Inserted(bytes, random, ",,,,"u8.ToArray()),
                13 => [],
                _ => Zipped(bytes),
            };
        }

        return bytes;
    }

    private static byte[] Inserted(byte[] bytes, Random random, byte[] what)
    {
        var at = random.Next(bytes.Length + 1);
        return [.. bytes[..at], .. what, .. bytes[at..]];
    }

    private static byte[] Zipped(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return zipped.ToArray();
    }
}
