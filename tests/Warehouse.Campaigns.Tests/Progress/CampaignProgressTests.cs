using Warehouse.Campaigns.Progress;
using Warehouse.Testing;

namespace Warehouse.Campaigns.Tests.Progress;

public class CampaignProgressTests
{
    [Fact]
    public async Task Refresh_CountsWhatCameSoFar_UntilTheWindowHasClosed()
    {
        await using var warehouse = await MailingShop.OpenAsync(2000);
        await MailingShop.LaunchAsync(warehouse, MailingShop.PlanOf("a"));
        await warehouse.RunAsync("UPDATE star.fact_touch SET delivered_at = assigned_at, replied_at = CASE WHEN customer_key % 10 = 0 THEN assigned_at END WHERE arm = 'treated'");
        var replies = await warehouse.RowsAsync("SELECT count(*) FROM star.fact_touch WHERE arm = 'treated' AND customer_key % 10 = 0");
        await warehouse.AddSalesAsync(Enumerable.Range(1, 2000).Where(key => key % 4 == 0).Select(key => new Sale(key, new DateOnly(2025, 7, 3), $"W{key}", 20)));
        var treated = await warehouse.RowsAsync("SELECT count(*), count(*) FILTER (customer_key % 4 = 0) FROM star.fact_touch WHERE arm = 'treated'");

        Assert.Empty(await CampaignProgress.RefreshAsync(warehouse.Database, new DateOnly(2025, 6, 30), CancellationToken.None));
        var early = await CampaignProgress.RefreshAsync(warehouse.Database, new DateOnly(2025, 7, 2), CancellationToken.None);
        var open = await CampaignProgress.RefreshAsync(warehouse.Database, new DateOnly(2025, 7, 4), CancellationToken.None);
        var final = await CampaignProgress.RefreshAsync(warehouse.Database, new DateOnly(2025, 7, 15), CancellationToken.None);

        Assert.Equal(["control", "treated"], early.Select(arm => arm.Arm));
        Assert.Equal(0, early.Sum(arm => arm.Buyers));
        Assert.Equal(treated, [$"{open[1].Delivered} | {open[1].Buyers}"]);
        Assert.Equal(20 * open[1].Buyers, open[1].Spend);
        Assert.Equal(0, open[0].Delivered);
        Assert.Equal(replies, [$"{open[1].Replied}"]);
        Assert.Equal(0, open[0].Replied);
        Assert.Equal(((double)open[1].Buyers / open[1].Customers) - ((double)open[0].Buyers / open[0].Customers), open[1].Conversion!.Value, 12);
        Assert.True(open[1].ConversionInterval!.Value.Holds(0));
        Assert.False(open[1].IsFinal);
        Assert.All(final, arm => Assert.True(arm.IsFinal));
        Assert.Empty(await CampaignProgress.RefreshAsync(warehouse.Database, new DateOnly(2025, 7, 16), CancellationToken.None));
        Assert.Equal(replies, await warehouse.RowsAsync("SELECT DISTINCT replied FROM mart.campaign_progress WHERE arm = 'treated'"));
        Assert.Equal(["6"], await warehouse.RowsAsync("SELECT count(*) FROM mart.campaign_progress"));
    }
}
