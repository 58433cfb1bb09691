using Warehouse.Etl.Loading;

namespace Warehouse.Etl.Tests.Loading;

/// <summary>By what a file that was loaded before is known again.</summary>
public sealed class KnownFileTests : EtlTest
{
    [Fact]
    public async Task FileThatWasNotTouchedSince_IsKnownWithoutBeingRead()
    {
        var path = Written("A", Time.GetUtcNow().AddMinutes(-1));
        Assert.Equal(1, (await ReportAsync()).RowsLoaded);
        await using var locked = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.True((await ReportAsync()).IsKnown);
    }

    [Theory]
    [InlineData("AB", -1)]
    [InlineData("B", -0.5)]
    public async Task FileOfAnotherSizeOrTime_IsReadAgain(string order, double minutes)
    {
        Written("A", Time.GetUtcNow().AddMinutes(-1));
        await LoadAsync();
        Written(order, Time.GetUtcNow().AddMinutes(minutes));
        Assert.Equal(1, (await ReportAsync()).RowsLoaded);
    }

    [Fact]
    public async Task FileWrittenJustBeforeItsLoad_IsKnownByItsContentAlone()
    {
        var now = Time.GetUtcNow();
        Written("A", now.AddSeconds(-1));
        await LoadAsync();
        Written("B", now.AddSeconds(-1));
        Assert.Equal(1, (await ReportAsync()).RowsLoaded);
    }

    [Fact]
    public async Task SameContentUnderAnotherTime_IsKnown()
    {
        Written("A", Time.GetUtcNow().AddMinutes(-1));
        await LoadAsync();
        Written("A", Time.GetUtcNow());
        Assert.True((await ReportAsync()).IsKnown);
    }

    private string Written(string order, DateTimeOffset at)
    {
        Feed("sales", SaleFeed);
        var path = Data("sales.csv", SaleHeader + $"{order},1,2026-01-05,,p,1,2\n");
        File.SetLastWriteTimeUtc(path, at.UtcDateTime);
        return path;
    }

    private async Task<FileReport> ReportAsync() => Assert.Single((await LoadAsync()).Files);
}
