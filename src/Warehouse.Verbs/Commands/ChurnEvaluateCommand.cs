using System.CommandLine;
using Warehouse.Models.Churn;
using Warehouse.Models.Churn.Reports;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse churn evaluate</c>: how good a registered model is as of a date whose horizon has passed.</summary>
internal static class ChurnEvaluateCommand
{
    public static Command Create(TimeProvider time)
    {
        var model = ChurnArguments.Model();
        var asOf = ChurnArguments.AsOf();
        var horizon = ChurnArguments.Horizon();
        var version = ChurnArguments.Version();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("evaluate", "Judge a registered model as of a date whose horizon has passed.")
        {
            model, asOf, horizon, version, workspace, format, path,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            var definition = ChurnArguments.Definition(parsed, place, model, horizon);
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
            var result = await new ChurnModels(database, time, parsed.Caller().Name).EvaluateAsync(
                definition, CommonOptions.Date(parsed, asOf), parsed.GetValue(version), stop);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(result, ChurnAnswer.OfEvaluation(result), () => ChurnReports.Of(result), stop, "Churn model");
            parsed.Caller().Tell(ChurnAnswer.Words(result), result.Notes);
            return ExitCode.Done;
        });
        return command;
    }
}
