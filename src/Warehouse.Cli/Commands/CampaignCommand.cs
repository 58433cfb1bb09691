using System.CommandLine;

namespace Warehouse.Cli.Commands;

/// <summary><c>warehouse campaign</c>: who gets what, and what it changed.</summary>
internal static class CampaignCommand
{
    public static Command Create(TimeProvider time) => new("campaign", "Say what a campaign changed.")
    {
        CampaignMeasureCommand.Create(time),
    };
}
