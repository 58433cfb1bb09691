using System.Security.Cryptography;
using Warehouse.Testing;

namespace Warehouse.SampleData.Tests;

[Collection(SmallSampleTests.Name)]
public sealed class GeneratorTests(SmallSample sample)
{
    [Fact]
    public async Task SameOptions_GenerateTheSame()
    {
        using var folder = new FreshFolder();
        var again = new SampleFolder(folder.Path);
        await RetailGenerator.GenerateAsync(SmallSample.Options, again.Data, again.Truth);

        Assert.Equal(TextHashes(sample.Folder), TextHashes(again));
        foreach (var table in Tables(sample.Folder))
        {
            var (one, two) = (Path.Combine(sample.Folder.Data, "..", table), Path.Combine(again.Data, "..", table));
            var differences = sample.Folder.Rows($"""
                (SELECT file_row_number, COLUMNS(* EXCLUDE file_row_number) FROM read_parquet('{one}', file_row_number = true)
                 EXCEPT SELECT file_row_number, COLUMNS(* EXCLUDE file_row_number) FROM read_parquet('{two}', file_row_number = true))
                UNION ALL
                (SELECT file_row_number, COLUMNS(* EXCLUDE file_row_number) FROM read_parquet('{two}', file_row_number = true)
                 EXCEPT SELECT file_row_number, COLUMNS(* EXCLUDE file_row_number) FROM read_parquet('{one}', file_row_number = true))
                """);
            Assert.True(differences.Count == 0, table);
        }
    }

    [Fact]
    public async Task AnotherSeed_GeneratesOtherOrders()
    {
        using var folder = new FreshFolder();
        var other = new SampleFolder(folder.Path);
        await RetailGenerator.GenerateAsync(SmallSample.Options with { Seed = 8 }, other.Data, other.Truth);

        var (one, two) = (TextHashes(sample.Folder), TextHashes(other));
        Assert.Equal(one.Keys, two.Keys);
        Assert.All(one.Keys.Where(file => !file.Contains("holidays", StringComparison.Ordinal) && !file.Contains("stores", StringComparison.Ordinal) && !file.Contains("campaigns", StringComparison.Ordinal) && !file.Contains("parameters", StringComparison.Ordinal)), file => Assert.NotEqual(one[file], two[file]));
    }

    [Fact]
    public async Task Size_IsLinearInCustomers()
    {
        using var folder = new FreshFolder();
        var half = new SampleFolder(folder.Path);
        var totals = await RetailGenerator.GenerateAsync(SmallSample.Options with { Customers = 1_000 }, half.Data, half.Truth);

        foreach (var kind in new[] { "orders/", "contacts/", "customers/", "consents/" })
        {
            var ratio = (double)Rows(sample.Totals, kind) / Rows(totals, kind);
            Assert.InRange(ratio, 1.85, 2.15);
        }

        Assert.InRange((double)Rows(sample.Totals, "orders/") / SmallSample.Options.Customers, 18, 22);
    }

    [Fact]
    public async Task AnotherWindow_HasItsOwnFiles()
    {
        using var folder = new FreshFolder();
        var year = new SampleFolder(folder.Path);
        var totals = await RetailGenerator.GenerateAsync(
            new RetailOptions { Customers = 1_000, From = new(2020, 3, 15), To = new(2021, 3, 15) }, year.Data, year.Truth);

        Assert.Equal(
            ["orders/orders-2020H1.csv.gz", "orders/orders-2020H2.csv.gz", "orders/orders-2021H1.csv.gz"],
            totals.Files.Where(file => file.Sales is not null).Select(file => file.File));
        Assert.Empty(year.Rows("SELECT * FROM '{truth}/customers.parquet' WHERE left_on >= '2021-03-15'"));
    }

    [Fact]
    public async Task Cancelled_Stops()
    {
        using var folder = new FreshFolder();
        using var cancellation = new CancellationTokenSource();
        var progress = new Reports(report => cancellation.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RetailGenerator.GenerateAsync(
            SmallSample.Options, folder.Path, folder.Path, progress, cancellation.Token));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Progress_ReachesTheEndOfEachStage()
    {
        using var folder = new FreshFolder();
        var last = new Dictionary<RetailStage, RetailProgress>();
        var gate = new Lock();
        await RetailGenerator.GenerateAsync(
            new RetailOptions { Customers = 1_000 }, folder.Path, folder.Path,
            new Reports(report =>
            {
                lock (gate)
                {
                    if (!last.TryGetValue(report.Stage, out var before) || report.Done > before.Done)
                    {
                        last[report.Stage] = report;
                    }
                }
            }));
        Assert.Equal(3, last.Count);
        Assert.All(last.Values, report => Assert.Equal(report.Total, report.Done));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void Customers_OutOfRange_AreRefused(int customers) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetailOptions { Customers = customers });

    [Theory]
    [InlineData("2026-01-01")]
    [InlineData("2020-01-01")]
    [InlineData("2040-01-01")]
    public async Task Window_TooShortOrTooLong_IsRefused(string to)
    {
        var options = new RetailOptions { From = new(2025, 6, 1), To = DateOnly.Parse(to) };
        await Assert.ThrowsAsync<ArgumentException>(() => RetailGenerator.GenerateAsync(options, "nowhere", "nowhere"));
        Assert.False(Directory.Exists("nowhere"));
    }

    private static long Rows(RetailTotals totals, string folder) =>
        totals.Files.Where(file => file.File.StartsWith(folder, StringComparison.Ordinal)).Sum(file => file.Rows);

    private static IEnumerable<string> Tables(SampleFolder folder) =>
        Files(folder).Where(file => file.EndsWith(".parquet", StringComparison.Ordinal));

    private static SortedDictionary<string, string> TextHashes(SampleFolder folder) =>
        new(Files(folder)
            .Where(file => !file.EndsWith(".parquet", StringComparison.Ordinal))
            .ToDictionary(file => file, file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder.Data, "..", file))))));

    private static IEnumerable<string> Files(SampleFolder folder)
    {
        var root = Path.GetFullPath(Path.Combine(folder.Data, ".."));
        return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path))
            .Order(StringComparer.Ordinal);
    }

    private sealed class Reports(Action<RetailProgress> report) : IProgress<RetailProgress>
    {
        public void Report(RetailProgress value) => report(value);
    }
}
