using System.CommandLine;
using Warehouse.Models.Churn;
using Warehouse.Models.Churn.Reports;
using Warehouse.Models.Churn.Retraining;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse churn retrain</c>: whether the model that scores should be trained again, and, where asked for, doing it. A scheduler calls it.</summary>
internal static class ChurnRetrainCommand
{
    public static Command Create(TimeProvider time)
    {
        var model = ChurnArguments.Model();
        var horizon = ChurnArguments.Horizon();
        var isDone = new Option<bool>("--do") { Description = "Train again where a limit is crossed; else only where the definition says 'retrain: automatic'." };
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("retrain", "Look whether the model that scores should be trained again, and propose or do it. Call it weekly.")
        {
            model, horizon, isDone, workspace, format, path,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            var definition = ChurnArguments.Definition(parsed, place, model, horizon);
            await using var database = await WarehouseDatabase.OpenAsync(place, time, stop);
            var models = new ChurnModels(database, time, parsed.Caller().Name);
            var result = await StepProgress.RunAsync<string, RetrainingResult>(
                parsed.Caller(), "Looking", step => step, progress => models.RetrainAsync(definition, parsed.GetValue(isDone), progress, stop));
            await LoadCommand.BuildRollupsAsync(parsed.Caller(), database, time, stop);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(result, ChurnAnswer.OfRetraining(result), () => ChurnReports.Of(result), stop, "Whether to train again");
            parsed.Caller().Tell(result.Decision, [.. result.Reasons, .. result.Notes]);
            return ExitCode.Done;
        });
        return command;
    }
}
