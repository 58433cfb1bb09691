using Warehouse.Etl.Loading;
using Warehouse.Etl.Proposals;

namespace Warehouse.Etl.Tests.Proposals;

/// <summary>A warehouse whose feeds are those that are proposed for the files in its folder of data.</summary>
public abstract class ProposalTest : EtlTest
{
    /// <summary>The order lines: how many, of how many orders and customers, pieces and money.</summary>
    protected const string Lines = "SELECT count(*), count(DISTINCT order_id), count(DISTINCT customer_key), sum(quantity), sum(net_amount) FROM star.fact_sale";

    /// <summary>Loads by the feeds that are proposed; no row is rejected.</summary>
    protected async Task<IReadOnlyDictionary<string, ProposedFeed>> ProposeAndLoadAsync()
    {
        var (feeds, report) = await ProposeAndTryAsync();
        Assert.All(report.Files, file => Assert.Equal(0, file.RowsRejected));
        return feeds;
    }

    /// <summary>Loads by the feeds that are proposed.</summary>
    protected async Task<(IReadOnlyDictionary<string, ProposedFeed> Feeds, LoadReport Report)> ProposeAndTryAsync()
    {
        var feeds = await ProposeAsync();
        return (feeds, await LoadAsync());
    }

    /// <summary>Writes the feeds that are proposed.</summary>
    protected async Task<IReadOnlyDictionary<string, ProposedFeed>> ProposeAsync()
    {
        var proposal = await FeedProposals.OfAsync([Path.Combine(Warehouse.Folder.Path, "data")], Warehouse.Workspace.NameOf, CancellationToken.None);
        foreach (var feed in proposal.Feeds)
        {
            Feed(feed.Name, feed.Yaml);
        }

        return proposal.Feeds.ToDictionary(feed => feed.Name, StringComparer.Ordinal);
    }
}
