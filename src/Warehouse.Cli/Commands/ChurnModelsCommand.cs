using System.CommandLine;
using Warehouse.Cli.Output;
using Warehouse.Definitions;
using Warehouse.Models.Churn;
using Warehouse.Store;

namespace Warehouse.Cli.Commands;

/// <summary><c>warehouse churn models</c>: the registry; another version is made to score with <c>--promote</c>.</summary>
internal static class ChurnModelsCommand
{
    public static Command Create(TimeProvider time)
    {
        var model = ChurnArguments.Model();
        var promote = new Option<int?>("--promote")
        {
            Description = "Make this version score from now on: a newer one, or an earlier one again.",
            HelpName = "VERSION",
        };
        var why = new Option<string?>("--because") { Description = "Why, for the registry; needed with --promote.", HelpName = "WORDS" };
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("models", "List the models that were trained, or promote one.") { model, promote, why, workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            await using var database = await WarehouseDatabase.OpenAsync(place, time, stop);
            var models = new ChurnModels(database, time, Environment.UserName);
            if (parsed.GetValue(promote) is { } version)
            {
                var reason = parsed.GetValue(why) ?? throw new WrongCommandException("Say why with --because \"…\": the registry keeps it.");
                await models.PromoteAsync(parsed.GetValue(model)!, version, reason, stop);
            }

            var list = await models.ListAsync(stop);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(ChurnAnswer.OfModels(list), stop, "Churn models");
            return ExitCode.Done;
        });
        return command;
    }
}
