using System.CommandLine;
using Warehouse.Analysis.Populations;
using Warehouse.Analysis.ValueTiers;
using Warehouse.Cli.Output;
using Warehouse.Store;

namespace Warehouse.Cli.Commands;

/// <summary><c>warehouse tiers</c>: how value is spread over customers, the 80/20 question.</summary>
internal static class TiersCommand
{
    public static Command Create(TimeProvider time)
    {
        var by = new Option<string>("--by") { Description = "What tiers are shares of: value or customers.", DefaultValueFactory = _ => "value" };
        by.AcceptOnlyFromAmong("value", "customers");
        var zero = new Option<string>("--zero-spenders")
        {
            Description = "Whether customers whose value is zero or less belong to the population: in or out.",
            DefaultValueFactory = _ => "out",
        };
        zero.AcceptOnlyFromAmong("in", "out");
        var population = new PopulationArguments();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("tiers", "Show how value is spread over customers: tiers, the best 20 %, who makes 80 %.")
        {
            by, zero, workspace, format, path,
        };
        population.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(CommonOptions.Open(parsed, workspace), time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var options = new TierOptions(await population.ReadAsync(parsed, connection, database.Workspace, time, stop))
            {
                Rule = parsed.GetValue(by) == "value" ? TierRule.ByValue : TierRule.ByCustomers,
                ZeroSpenders = parsed.GetValue(zero) == "in" ? Counting.Counted : Counting.LeftOut,
            };
            var result = await TierAnalysis.RunAsync(connection, options, stop);
            var writer = CommonOptions.Writer(parsed, format, path);
            if (writer.Format == AnswerFormat.Html)
            {
                await writer.WriteAsync(TierCharts.Of(result), stop);
            }
            else
            {
                await writer.WriteAsync(result, TierAnswer.Of(result), stop, "Value tiers");
            }

            if (writer is { Format: AnswerFormat.Table, Path: null } && result.Concentration is { } concentration)
            {
                Console.Out.WriteLine(TierAnswer.Sentences(concentration));
            }

            Notes.Tell(result.Words, result.Notes);
            return ExitCode.Done;
        });
        return command;
    }
}
