using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Loading;
using Warehouse.Store;
using Warehouse.Testing;

namespace Warehouse.Etl.Tests.Loading;

/// <summary>« Online Retail » gives the same star, row for row, however its lines come: whole, by days, shuffled, or with broken lines among them.</summary>
public sealed class OnlineRetailFilesTests
{
    private const string Name = "online_retail/online_retail.csv.gz";
    private const int Days = 305;
    private const int Seed = 20_101_201;

    /// <summary>What must be the same: the rows themselves, without the keys that the load gives.</summary>
    private static readonly string[] Questions =
        [.. new[] { Star.Sales, Star.Customers, Star.Products }.Select(rows => $"SELECT count(*), sum(hash(said)) FROM ({rows}) AS said")];

    [SkippableFact]
    public async Task DaysInShuffledOrder_AndTwice_GiveTheStarOfTheWholeFile()
    {
        var lines = await LinesAsync();
        await using var whole = await CreateAsync(lines[0], [.. lines.Skip(1)]);
        var days = lines.Skip(1).GroupBy(DayOf).ToArray();
        Assert.Equal(Days, days.Length);
        var random = new Random(Seed);
        await using var shuffled = await CreateAsync(
            lines[0], [.. days.OrderBy(_ => random.Next()).Select(day => string.Concat(day.OrderBy(_ => random.Next()).Select(line => line + "\n")))], areFiles: true);
        await AssertSameAsync(whole, shuffled);
        Assert.Equal(
            ["541909 | 9747747.9340 | 25900 | 4372"],
            await shuffled.RowsAsync("SELECT count(*), sum(net_amount), count(DISTINCT order_id), count(DISTINCT customer_key) FILTER (customer_key >= 0) FROM star.fact_sale"));
        var again = await LoadAsync(shuffled);
        Assert.Null(again.Generation);
        Assert.All(again.Files, file => Assert.True(file.IsKnown));
        await AssertSameAsync(whole, shuffled);
    }

    [SkippableFact]
    public async Task OneLineInAHundredBroken_IsARejectOrHarmless_AndTheRestIsTheSame()
    {
        var lines = await LinesAsync();
        var random = new Random(Seed);
        var broken = new SortedSet<int>();
        var clean = new List<string>();
        var mutated = new List<string>();
        for (var place = 1; place < lines.Count; place++)
        {
            var breakage = random.Next(100) == 0 ? random.Next(7) : -1;
            mutated.Add(breakage < 0 ? lines[place] : Break(lines[place], breakage));
            if (breakage is >= 0 and < 6)
            {
                broken.Add(place + 1);
            }
            else
            {
                clean.Add(lines[place]);
            }
        }

        await using var expected = await CreateAsync(lines[0], clean);
        await using var found = await CreateAsync(lines[0], mutated);
        Assert.True(broken.Count > 4000);
        Assert.Equal(
            broken.Select(line => line.ToString(CultureInfo.InvariantCulture)), await found.RowsAsync("SELECT source_line FROM quality.reject ORDER BY source_line"));
        await AssertSameAsync(expected, found);
    }

    private static string DayOf(string line)
    {
        var at = line.IndexOf(",201", StringComparison.Ordinal);
        while (line[at + 11] != ' ' || line[at + 8] != '-')
        {
            at = line.IndexOf(",201", at + 1, StringComparison.Ordinal);
        }

        return line.Substring(at + 1, 10);
    }

    /// <summary>Breaks a line in one of six ways, or in a seventh that must do no harm.</summary>
    private static string Break(string line, int how)
    {
        var day = "," + DayOf(line);
        var date = line.IndexOf(day, StringComparison.Ordinal);
        var quantity = line.LastIndexOf(',', date - 1) + 1;
        return how switch
        {
            0 => line[..quantity] + "many" + line[date..],
            1 => line.Replace(day, ",2011-13-45", StringComparison.Ordinal),
            2 => line[line.IndexOf(',', StringComparison.Ordinal)..],
            3 => line + ",more",
            4 => line[..date],
            5 => line[..quantity] + line[date..],
            _ => line[..quantity] + " " + line[quantity..date] + "\t" + line[date..],
        };
    }

    private static async Task AssertSameAsync(FreshWarehouse expected, FreshWarehouse found)
    {
        foreach (var question in Questions)
        {
            Assert.Equal(await expected.RowsAsync(question), await found.RowsAsync(question));
        }
    }

    private static async Task<List<string>> LinesAsync()
    {
        var path = SharedData.Find(Name);
        Skip.If(path is null, SharedData.Missing(Name));
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var lines = new List<string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    private static async Task<FreshWarehouse> CreateAsync(string header, IReadOnlyList<string> texts, bool areFiles = false)
    {
        var folder = Path.Combine(SourceFolder(), "sample-data", "online-retail");
        var warehouse = await FreshWarehouse.CreateAsync(definition: await File.ReadAllTextAsync(Path.Combine(folder, Workspace.FileName)));
        var feed = await File.ReadAllTextAsync(Path.Combine(folder, "feeds", "online_retail.yaml"));
        warehouse.Folder.Write("feeds/online_retail.yaml", feed.Replace("data/online_retail.csv*", "data/*.csv", StringComparison.Ordinal));
        if (areFiles)
        {
            foreach (var (text, place) in texts.Select((text, place) => (text, place)))
            {
                warehouse.Folder.Write($"data/{place:000}.csv", header + "\n" + text);
            }
        }
        else
        {
            warehouse.Folder.Write("data/all.csv", header + "\n" + string.Join('\n', texts) + "\n");
        }

        await LoadAsync(warehouse);
        return warehouse;
    }

    private static Task<LoadReport> LoadAsync(FreshWarehouse warehouse) =>
        new Loader(warehouse.Database, TimeProvider.System).LoadAsync(FeedCatalogue.Read(warehouse.Workspace), null, null, CancellationToken.None);

    private static string SourceFolder([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}
