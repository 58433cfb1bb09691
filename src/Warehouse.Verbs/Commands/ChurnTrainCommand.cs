using System.CommandLine;
using Warehouse.Models.Churn;
using Warehouse.Models.Churn.Features;
using Warehouse.Models.Churn.Reports;
using Warehouse.Models.Churn.Training;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

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
        var table = new Option<string?>("--table") { Description = "Train on this table of the database instead of the star; needs --label.", HelpName = "TABLE" };
        var file = new FileOption("--file", "Train on this CSV or Parquet file instead of the star; needs --label.");
        var label = new Option<string?>("--label") { Description = "The column of the table that says who left: yes or no, 1 or 0.", HelpName = "COLUMN" };
        var date = new Option<string?>("--date") { Description = "The column of the table that says as of when a row is: the latest fifth tests, out of time. Else cross-validation.", HelpName = "COLUMN" };
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("train", "Learn who leaves from past dates, and test on a later one.")
        {
            model, asOf, horizon, learner, table, file, label, date, workspace, format, path,
        };
        command.Validators.Add(result =>
        {
            var (hasTable, hasFile, hasLabel) = (result.GetResult(table) is not null, result.GetResult(file) is not null, result.GetResult(label) is not null);
            if ((hasTable || hasFile) != hasLabel || (hasTable && hasFile))
            {
                result.AddError("Give --table or --file together with --label.");
            }

            if (result.GetResult(date) is not null && !hasLabel)
            {
                result.AddError("--date goes with --table or --file; the star has dates of its own.");
            }
        });
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            var definition = ChurnArguments.Definition(parsed, place, model, horizon, learner);
            await using var database = await WarehouseDatabase.OpenAsync(place, time, stop);
            var models = new ChurnModels(database, time, parsed.Caller().Name);
            var source = parsed.GetValue(table) ?? file.PathIn(parsed);
            var result = await StepProgress.RunAsync<string, TrainingResult>(parsed.Caller(), "Training", step => step, progress => source is null
                ? models.TrainAsync(definition, CommonOptions.Date(parsed, asOf), progress, stop)
                : models.TrainOnTableAsync(definition, source, parsed.GetValue(table) is null, new FlatColumns(parsed.GetValue(label)!, parsed.GetValue(date)), progress, stop));
            await CommonOptions.Writer(parsed, format, path).WriteAsync(result, ChurnAnswer.OfTraining(result), () => ChurnReports.Of(result), stop, "Churn model");
            parsed.Caller().Tell(ChurnAnswer.Words(result), [.. result.Notes, ChurnAnswer.Verdict(result)]);
            return ExitCode.Done;
        });
        return command;
    }
}
