using System.CommandLine;
using Warehouse.Campaigns.Exports;
using Warehouse.Campaigns.Launches;
using Warehouse.Campaigns.Plans;
using Warehouse.Definitions;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse campaign export NAME --to DESTINATION</c>: sends the treated customers of a launched wave.</summary>
internal static class CampaignExportCommand
{
    public static Command Create(TimeProvider time)
    {
        var name = new Argument<string>("campaign") { Description = "The plan, a file of campaigns/." };
        var wave = new Option<int?>("--wave") { Description = "Which wave of the campaign.", HelpName = "N" };
        var export = new ExportArguments();
        var workspace = CommonOptions.Workspace();
        var command = new Command("export", "Send the treated customers of a launched wave to a destination.") { name, wave, workspace };
        export.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            var plan = CampaignPlan.Find(place, parsed.GetValue(name)!);
            var chosen = plan.Wave(parsed.GetValue(wave));
            if (parsed.GetValue(export.To) is null)
            {
                throw new WrongCommandException("Say where it goes with '--to NAME', a file of destinations/.");
            }

            await using var database = await DatabaseTurn.TakeAsync(place, time, stop);
            await export.RunAsync(parsed, database, await SourceAsync(database, plan, chosen, stop), time, stop);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<CampaignSource> SourceAsync(WarehouseDatabase database, CampaignPlan plan, PlannedWave wave, CancellationToken stop)
    {
        await using var connection = await database.ConnectAsync(stop);
        var launch = await CampaignLaunch.FindAsync(connection, plan.Name, wave.Number, stop)
            ?? throw new UserFaultException(FormattableString.Invariant($"Wave {wave.Number} of \"{plan.Name}\" was not launched: 'warehouse campaign launch' draws its customers."));
        return new CampaignSource(plan, launch, DateOnly.FromDateTime(launch.LaunchedAt.UtcDateTime));
    }
}
