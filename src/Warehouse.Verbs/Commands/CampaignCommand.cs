using System.CommandLine;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse campaign</c>: who gets what, and what it changed.</summary>
internal static class CampaignCommand
{
    public static Command Create(TimeProvider time) => new("campaign", "Plan, launch and export a campaign, and say what it changed.")
    {
        CampaignListCommand.List(time),
        CampaignListCommand.Show(time),
        CampaignPlanCommand.Plan(time),
        CampaignListCommand.Save(time),
        CampaignPlanCommand.Launch(time),
        CampaignExportCommand.Create(time),
        CampaignRefreshCommand.Create(time),
        CampaignMeasureCommand.Create(time),
    };
}
