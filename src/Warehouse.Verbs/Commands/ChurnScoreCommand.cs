using System.CommandLine;
using Warehouse.Models.Churn;
using Warehouse.Models.Churn.Reports;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse churn score</c>: every customer's churn probability into the snapshot of a date.</summary>
internal static class ChurnScoreCommand
{
    public static Command Create(TimeProvider time)
    {
        var model = ChurnArguments.Model();
        var asOf = ChurnArguments.AsOf();
        var horizon = ChurnArguments.Horizon();
        var version = ChurnArguments.Version();
        var bare = new Option<bool>("--no-reasons") { Description = "Write no reasons, which takes less time." };
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("score", "Score every customer as of a date into mart.customer_snapshot.")
        {
            model, asOf, horizon, version, bare, workspace, format, path,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            var definition = ChurnArguments.Definition(parsed, place, model, horizon);
            await using var database = await WarehouseDatabase.OpenAsync(place, time, stop);
            var result = await new ChurnModels(database, time, parsed.Caller().Name).ScoreAsync(
                definition, CommonOptions.Date(parsed, asOf), parsed.GetValue(version), !parsed.GetValue(bare), stop);
            await LoadCommand.BuildRollupsAsync(parsed.Caller(), database, time, stop);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(result, ChurnAnswer.OfScoring(result), () => ChurnReports.Of(result), stop, "Churn risk");
            parsed.Caller().Tell(ChurnAnswer.Words(result), result.Notes);
            return ExitCode.Done;
        });
        return command;
    }
}
