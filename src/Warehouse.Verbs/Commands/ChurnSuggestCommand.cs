using System.CommandLine;
using Warehouse.Models.Churn;
using Warehouse.Models.Churn.Reports;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse churn suggest</c>: a horizon that suits how long customers stay away between purchases.</summary>
internal static class ChurnSuggestCommand
{
    public static Command Create(TimeProvider time)
    {
        var asOf = ChurnArguments.AsOf();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("suggest", "Propose a horizon from how long customers stay away between purchases.") { asOf, workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(CommonOptions.Open(parsed, workspace), time, stop);
            var result = await new ChurnModels(database, time, parsed.Caller().Name).SuggestAsync(CommonOptions.Date(parsed, asOf), stop);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(result, ChurnAnswer.OfSuggestion(result), () => ChurnReports.Of(result), stop, "How long customers stay away");
            parsed.Caller().Tell(ChurnAnswer.Words(result), result.Notes);
            return ExitCode.Done;
        });
        return command;
    }
}
