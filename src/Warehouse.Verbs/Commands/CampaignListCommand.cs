using System.CommandLine;
using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Campaigns.Plans;
using Warehouse.Campaigns.Progress;
using Warehouse.Campaigns.Saving;
using Warehouse.Definitions;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse campaign list | show | save</c>: which campaigns there are, how one stands, and putting a plan into the workspace.</summary>
internal static class CampaignListCommand
{
    public static Command List(TimeProvider time)
    {
        var asOf = CommonOptions.AsOf();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("list", "List the waves of all campaigns, planned or known from feeds, and how they stand.") { asOf, workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var today = await TodayAsync(CommonOptions.Date(parsed, asOf), connection, place, time, stop);
            var waves = await CampaignStanding.AllAsync(connection, CampaignPlan.ReadAll(place), today, stop);
            var generation = (await Generation.CurrentAsync(connection, stop)).Number;
            await CommonOptions.Writer(parsed, format, path).WriteAsync(CampaignListAnswer.Of(waves, generation, today), stop, "Campaigns");
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Show(TimeProvider time)
    {
        var name = new Argument<string>("campaign") { Description = "The campaign." };
        var asOf = CommonOptions.AsOf();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("show", "Show a campaign's plan, how its waves stand, and what came of them at every look.") { name, asOf, workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            var campaign = parsed.GetValue(name)!;
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var today = await TodayAsync(CommonOptions.Date(parsed, asOf), connection, place, time, stop);
            var all = await CampaignStanding.AllAsync(connection, CampaignPlan.ReadAll(place), today, stop);
            var waves = all.Where(wave => wave.Campaign == campaign).ToArray();
            if (waves.Length == 0)
            {
                throw new WrongCommandException($"There is no campaign \"{campaign}\". {NearNames.Hint(campaign, all.Select(wave => wave.Campaign).Distinct(StringComparer.Ordinal), "campaigns")}");
            }

            var file = CampaignPlan.FileOf(place, campaign);
            var text = file is null ? null : await TextFile.ReadAsync(place.PathOf(file), file, stop);
            var shown = new ShownCampaign(
                campaign, file, text is null ? null : SavedDefinition.HashOf(text), text, waves, await StoredProgress.OfAsync(connection, campaign, stop));
            var generation = (await Generation.CurrentAsync(connection, stop)).Number;
            await CommonOptions.Writer(parsed, format, path).WriteAsync(
                shown, CampaignListAnswer.Of(waves, generation, today), () => CampaignListAnswer.Of(shown, generation, today), stop, campaign);
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Save(TimeProvider time)
    {
        var name = new Argument<string>("campaign") { Description = "What the campaign is called." };
        var arguments = new SaveArguments();
        var command = new Command("save", "Put the plan of a campaign into the workspace, when it is right.") { name };
        arguments.AddTo(command);
        command.SetAction((parsed, stop) =>
        {
            var own = parsed.GetValue(name)!;
            return arguments.SaveAsync(
                parsed,
                CampaignPlan.Folder,
                own,
                (place, path) =>
                {
                    CampaignPlan.ReadDraft(path, own);
                    return CampaignPlan.FileOf(place, own);
                },
                time,
                stop);
        });
        return command;
    }

    /// <summary>The date at which campaigns stand: that which was given, else that of the last sale.</summary>
    private static async Task<DateOnly> TodayAsync(DateOnly? given, DbConnection connection, Workspace workspace, TimeProvider time, CancellationToken stop) =>
        given ?? (await AsOf.LatestAsync(connection, workspace.Definition.TimeZone, time, stop)).Date;
}
