using System.Text;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Loading;

namespace Warehouse.Etl.Tests.Loading;

/// <summary>A file that goes away or changes while a load is under way leaves the warehouse as it was.</summary>
public sealed class VanishingFileTests : EtlTest
{
    [Fact]
    public async Task FileThatGoesBeforeItIsRead_IsNamed_AndNothingIsLoaded()
    {
        Feed("sales", SaleFeed);
        Data("sales1.csv", SaleHeader + "A,1,2026-05-01,C1,P,2,10\n");
        var second = Data("sales2.csv", SaleHeader + "B,1,2026-05-01,C1,P,2,10\n");
        var fault = await Assert.ThrowsAsync<UserFaultException>(() => LoadAsync(step => Do(step, "data/sales2.csv", () => File.Delete(second))));
        Assert.Contains("sales2.csv", fault.Message, StringComparison.Ordinal);
        Assert.Equal("0 | 0", await RowAsync("SELECT (SELECT count(*) FROM star.fact_sale), (SELECT max(generation) FROM ops.generation)"));
        Assert.Equal(1, Assert.Single((await LoadAsync()).Files).RowsLoaded);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FileThatChangesWhileItIsRead_IsLoadedWholeOrNotAtAll(bool isEmptied)
    {
        Feed("sales", SaleFeed);
        var path = Data("sales1.csv", SaleHeader + string.Concat(Enumerable.Range(0, 200_000).Select(line => $"A{line},1,2026-05-01,C1,P,2,10\n")));
        Task change = Task.CompletedTask;
        try
        {
            var report = await LoadAsync(step => Do(step, "data/sales1.csv", () => change = Task.Run(async () =>
            {
                await Task.Delay(60);
                await using var file = new FileStream(path, isEmptied ? FileMode.Truncate : FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
                file.Write(Encoding.UTF8.GetBytes((isEmptied ? SaleHeader : "") + "B,1,2026-05-01,C1,P,2,10\n"));
            })));
            Assert.Equal(FormattableString.Invariant($"{report.Files.Sum(file => file.RowsLoaded)}"), await RowAsync("SELECT count(*) FROM star.fact_sale"));
        }
        catch (UserFaultException fault)
        {
            Assert.Contains("sales1.csv", fault.Message, StringComparison.Ordinal);
            Assert.Equal("0 | 0", await RowAsync("SELECT (SELECT count(*) FROM star.fact_sale), (SELECT max(generation) FROM ops.generation)"));
        }

        await change;
        await LoadAsync();
        Assert.Equal("True", await RowAsync("SELECT sum(rows_read) = sum(rows_loaded + rows_rejected + rows_already_loaded) FROM ops.load"));
    }

    private static void Do(LoadProgress step, string source, Action act)
    {
        if (step.Source == source)
        {
            act();
        }
    }

    private Task<LoadReport> LoadAsync(Action<LoadProgress> act) => new Loader(Warehouse.Database, Time).LoadAsync(
        FeedCatalogue.Read(Warehouse.Workspace), null, new Listener(act), CancellationToken.None);

    private sealed class Listener(Action<LoadProgress> act) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => act(value);
    }
}
