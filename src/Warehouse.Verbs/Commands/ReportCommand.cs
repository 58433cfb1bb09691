using System.CommandLine;
using Warehouse.Analysis.ValueTiers;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse report tiers</c>: the pages that a clock writes to <c>exports/reports</c>.</summary>
internal static class ReportCommand
{
    public static Command Create(TimeProvider time) => new("report", "Write a report as a page into exports/reports, as a clock does each morning.") { Tiers(time) };

    private static Command Tiers(TimeProvider time)
    {
        var population = new PopulationArguments(canExpect: true);
        var workspace = CommonOptions.Workspace();
        var command = new Command("tiers", "Write how value is spread over customers.") { workspace };
        population.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var options = new TierOptions(await population.ReadAsync(parsed, connection, place, time, stop));
            await using var tiers = await TierAnalysis.AssignAsync(connection, options, stop);
            var file = place.PathOf(FormattableString.Invariant($"exports/reports/tiers-{options.Population.AsOf.Date:yyyy-MM-dd}.html"));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await new AnswerWriter(parsed.Caller(), AnswerFormat.Html, file).WriteAsync(TierCharts.Of(tiers.Result), stop);
            parsed.Caller().Output.WriteLine(place.NameOf(file));
            return ExitCode.Done;
        });
        return command;
    }
}
