using System.IO.Compression;
using System.Text;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Loading;
using Warehouse.Store;
using Warehouse.Testing;

namespace Warehouse.Etl.Tests.Loading;

/// <summary>The public data set « Online Retail » (Chen, 2015) loads to its published control totals, by the definitions of the repository.</summary>
public sealed class OnlineRetailTests
{
    private const string Name = "online_retail/online_retail.csv.gz";

    [SkippableFact]
    public async Task WholeFile_GivesTheControlTotals()
    {
        var path = SharedData.Find(Name);
        Skip.If(path is null, SharedData.Missing(Name));
        await using var warehouse = await CreateAsync();
        var report = await LoadAsync(warehouse, path);
        Assert.Equal((541_909, 541_909, 0, 0), (report.RowsRead, report.RowsLoaded, report.RowsRejected, report.RowsAlreadyLoaded));
        Assert.Equal(
            ["541909 | 9747747.9340 | 25900 | 4372 | 135080 | 10624 | 2517"],
            await warehouse.RowsAsync(
                """
                SELECT count(*), sum(net_amount), count(DISTINCT order_id), count(DISTINCT customer_key) FILTER (customer_key >= 0),
                    count(*) FILTER (customer_key = -1), count(*) FILTER (quantity < 0), count(*) FILTER (unit_price <= 0)
                FROM star.fact_sale
                """));
        Assert.Equal(["0"], await warehouse.RowsAsync(Star.StrayVersions));
        Assert.Equal(541_909, (await LoadAsync(warehouse, path)).RowsAlreadyLoaded);
    }

    /// <summary>What the lines say of customers and products must not depend on the order in which the days arrive.</summary>
    [SkippableFact]
    public async Task DaysInAnyOrder_GiveTheSameStar()
    {
        const int Days = 12;
        var path = SharedData.Find(Name);
        Skip.If(path is null, SharedData.Missing(Name));
        var (header, days) = await DaysAsync(path, Days);
        await using var forwards = await CreateAsync();
        await using var shuffled = await CreateAsync();
        await using var whole = await CreateAsync();
        await LoadAsync(whole, whole.Folder.Write("data/all.csv", header + string.Concat(days)));
        int[] order = [.. Enumerable.Range(0, Days)];
        new Random(7).Shuffle(order);
        for (var place = 0; place < Days; place++)
        {
            await LoadAsync(forwards, forwards.Folder.Write($"data/{place}.csv", header + days[place]));
            await LoadAsync(shuffled, shuffled.Folder.Write($"data/{place}.csv", header + days[order[place]]));
        }

        foreach (var question in new[] { Star.Sales, Star.Customers, Star.Products })
        {
            var expected = await whole.RowsAsync(question);
            Assert.NotEmpty(expected);
            Assert.Equal(expected, await forwards.RowsAsync(question));
            Assert.Equal(expected, await shuffled.RowsAsync(question));
        }
    }

    private static async Task<FreshWarehouse> CreateAsync()
    {
        var folder = Path.Combine(SourceFolder(), "sample-data", "online-retail");
        var warehouse = await FreshWarehouse.CreateAsync(definition: await File.ReadAllTextAsync(Path.Combine(folder, Workspace.FileName)));
        warehouse.Folder.Write("feeds/online_retail.yaml", await File.ReadAllTextAsync(Path.Combine(folder, "feeds", "online_retail.yaml")));
        return warehouse;
    }

    private static async Task<FileReport> LoadAsync(FreshWarehouse warehouse, string path)
    {
        var loader = new Loader(warehouse.Database, TimeProvider.System);
        return Assert.Single((await loader.LoadAsync(FeedCatalogue.Read(warehouse.Workspace), path, null, CancellationToken.None)).Files);
    }

    /// <summary>The lines of the first days on which there were any, a text for each day.</summary>
    private static async Task<(string Header, string[] Days)> DaysAsync(string path, int count)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
        var header = await reader.ReadLineAsync() + "\n";
        var days = new Dictionary<string, StringBuilder>();
        while (await reader.ReadLineAsync() is { } line)
        {
            var day = System.Text.RegularExpressions.Regex.Match(line, @",(201\d-\d\d-\d\d) \d", System.Text.RegularExpressions.RegexOptions.ExplicitCapture | System.Text.RegularExpressions.RegexOptions.NonBacktracking, TimeSpan.FromSeconds(1)).Value;
            if (!days.TryGetValue(day, out var lines))
            {
                if (days.Count == count)
                {
                    break;
                }

                days[day] = lines = new StringBuilder();
            }

            lines.Append(line).Append('\n');
        }

        return (header, [.. days.Values.Select(lines => lines.ToString())]);
    }

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}
