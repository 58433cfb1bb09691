using System.CommandLine;
using Warehouse.Definitions;
using Warehouse.Models.Churn;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

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
        var export = new Option<string?>("--export")
        {
            Description = "Write the promoted version, or that of --version, into this folder: artefact, model card, ONNX.",
            HelpName = "FOLDER",
        };
        var version = ChurnArguments.Version();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("models", "List the models that were trained, promote one, or export one.") { model, promote, why, export, version, workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            await using var database = await WarehouseDatabase.OpenAsync(place, time, stop);
            var models = new ChurnModels(database, time, parsed.Caller().Name);
            if (parsed.GetValue(promote) is { } promoted)
            {
                var reason = parsed.GetValue(why) ?? throw new WrongCommandException("Say why with --because \"…\": the registry keeps it.");
                await models.PromoteAsync(parsed.GetValue(model)!, promoted, reason, stop);
                await LoadCommand.BuildRollupsAsync(parsed.Caller(), database, time, stop);
            }

            var list = await models.ListAsync(stop);
            if (parsed.GetValue(export) is { } folder)
            {
                var name = parsed.GetValue(model)!;
                var wanted = parsed.GetValue(version) ?? list.FirstOrDefault(known => known.Model == name && known.Status == "promoted")?.Version
                    ?? throw new WrongCommandException($"No version of {name} is promoted: name one with --version.");
                foreach (var file in await models.ExportAsync(name, wanted, folder, stop))
                {
                    parsed.Caller().Error.WriteLine(file);
                }
            }

            await CommonOptions.Writer(parsed, format, path).WriteAsync(ChurnAnswer.OfModels(list), stop, "Churn models");
            return ExitCode.Done;
        });
        return command;
    }
}
