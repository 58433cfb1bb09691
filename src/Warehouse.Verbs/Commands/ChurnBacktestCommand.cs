using System.CommandLine;
using Warehouse.Models.Churn;
using Warehouse.Models.Churn.Reports;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse churn backtest</c>: past scorings against what happened since.</summary>
internal static class ChurnBacktestCommand
{
    public static Command Create(TimeProvider time)
    {
        var model = ChurnArguments.Model();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("backtest", "Hold past scorings against what happened since; raise alerts where they were worse than tested.")
        {
            model, workspace, format, path,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            await using var database = await WarehouseDatabase.OpenAsync(place, time, stop);
            var result = await new ChurnModels(database, time, parsed.Caller().Name).BacktestAsync(
                ChurnDefinition.Find(place, parsed.GetValue(model)!), stop);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(result, ChurnAnswer.OfBacktest(result), () => ChurnReports.Of(result), stop, "Churn scores and what happened");
            parsed.Caller().Tell(result.RetrainReason is { } reason ? $"train again: {reason}" : "nothing speaks for training again", result.Notes);
            return ExitCode.Done;
        });
        return command;
    }
}
