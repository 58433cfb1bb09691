using Warehouse.Campaigns.Destinations;
using Warehouse.Campaigns.Exports;
using Warehouse.Campaigns.Plans;
using Warehouse.Testing;

namespace Warehouse.Campaigns.Tests.Exports;

/// <summary>Exports of the mailing shop.</summary>
internal static class Lists
{
    public static Destination Destination(string text, string name = "there") => DestinationReader.Read(text, $"destinations/{name}.yaml", name);

    public static Task<Export?> ExportEverybodyAsync(FreshWarehouse warehouse, Destination destination) =>
        new ListExport(warehouse.Database, TimeProvider.System).RunAsync(
            new SegmentSource(MailingShop.Segments[0], MailingShop.Segments, MailingShop.Options), destination, new ExportReason("ann", "spring letter"), CancellationToken.None);

    public static async Task<Export?> ExportCampaignAsync(FreshWarehouse warehouse, CampaignPlan plan, Destination destination)
    {
        var (launch, _) = await MailingShop.LaunchAsync(warehouse, plan);
        return await new ListExport(warehouse.Database, TimeProvider.System).RunAsync(
            new CampaignSource(plan, launch, MailingShop.Options.AsOf.Date), destination, new ExportReason("ann", null), CancellationToken.None);
    }
}
