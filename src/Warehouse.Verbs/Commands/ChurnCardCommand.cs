using System.CommandLine;
using Warehouse.Models.Churn;
using Warehouse.Models.Churn.Reports;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse churn card</c>: all that is known of one version of a model.</summary>
internal static class ChurnCardCommand
{
    public static Command Create(TimeProvider time)
    {
        var model = ChurnArguments.Model();
        var version = ChurnArguments.Version();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("card", "Show what a version is, how it did in its test, what it has scored and what became of that.") { model, version, workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
            var card = await new ChurnModels(database, time, parsed.Caller().Name).CardAsync(
                parsed.GetValue(model)!, parsed.GetValue(version), stop);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(card, ChurnAnswer.OfTraining(card.Training), () => ModelCard.Of(card), stop, "Churn model");
            return ExitCode.Done;
        });
        return command;
    }
}
