using System.CommandLine;
using Warehouse.Cli.Output;
using Warehouse.Models.Churn;
using Warehouse.Models.Churn.Training;
using Warehouse.Store;

namespace Warehouse.Cli.Commands;

/// <summary><c>warehouse churn train</c>: learns from past dates, tests on a later one, and registers the model.</summary>
internal static class ChurnTrainCommand
{
    public static Command Create(TimeProvider time)
    {
        var model = ChurnArguments.Model();
        var asOf = CommonOptions.AsOf();
        asOf.Description = "The date to test at: its horizon has passed, and nothing later than the date is learned. Else the last such date.";
        var horizon = ChurnArguments.Horizon();
        var learner = new Option<string?>("--learner") { Description = "auto, logistic or boosting; else as the definition says." };
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("train", "Learn who leaves from past dates, and test on a later one.")
        {
            model, asOf, horizon, learner, workspace, format, path,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            var definition = ChurnArguments.Definition(parsed, place, model, horizon, learner);
            await using var database = await WarehouseDatabase.OpenAsync(place, time, stop);
            var result = await StepProgress.RunAsync<string, TrainingResult>(
                "Training",
                step => step,
                progress => new ChurnModels(database, time, Environment.UserName).TrainAsync(
                    definition, CommonOptions.Date(parsed, asOf), progress, stop));
            await CommonOptions.Writer(parsed, format, path).WriteAsync(result, ChurnAnswer.OfTraining(result), stop, "Churn model");
            Notes.Tell(ChurnAnswer.Words(result), [.. result.Notes, ChurnAnswer.Verdict(result)]);
            return ExitCode.Done;
        });
        return command;
    }
}
