using System.CommandLine;
using Warehouse.Models.Churn;
using Warehouse.Models.Churn.Reports;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse churn explain CUSTOMER</c>: why a customer's score is what it is, in words and bars.</summary>
internal static class ChurnExplainCommand
{
    public static Command Create(TimeProvider time)
    {
        var customer = new Argument<string>("customer") { Description = "The customer's identifier." };
        var model = ChurnArguments.Model();
        var asOf = ChurnArguments.AsOf();
        var horizon = ChurnArguments.Horizon();
        var version = ChurnArguments.Version();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("explain", "Say why a customer's churn probability is what it is.")
        {
            customer, model, asOf, horizon, version, workspace, format, path,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            var definition = ChurnArguments.Definition(parsed, place, model, horizon);
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
            var result = await new ChurnModels(database, time, parsed.Caller().Name).ExplainAsync(
                definition, parsed.GetValue(customer)!, CommonOptions.Date(parsed, asOf), parsed.GetValue(version), stop);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(result, ChurnAnswer.OfExplanation(result), () => ChurnReports.Of(result), stop, $"Why {result.CustomerId}");
            parsed.Caller().Tell(ChurnAnswer.Words(result), []);
            return ExitCode.Done;
        });
        return command;
    }
}
