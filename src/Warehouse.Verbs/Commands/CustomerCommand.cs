using System.CommandLine;
using Warehouse.Analysis.Customers;
using Warehouse.Campaigns.Privacy;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse customer</c>: who a customer is, and all that is known of him.</summary>
internal static class CustomerCommand
{
    public static Command Create(TimeProvider time) => new("customer", "Find a customer, look at him, decide who is who, give him what is held of him, or forget him.")
    {
        CustomerFindCommand.Create(time),
        Show(time),
        CustomerDiscloseCommand.Create(time),
        CustomerForgetCommand.Create(time),
        CustomerIdentityCommand.Create(time),
        CustomerDecisionCommand.Merge(time),
        CustomerDecisionCommand.Split(time),
        CustomerDecisionCommand.Undo(time),
    };

    private static Command Show(TimeProvider time)
    {
        var id = new Argument<string>("id") { Description = "The customer's identifier: the company's own, or that of a source (account, card, e-mail address)." };
        var purpose = ExportArguments.Purpose();
        var date = new AsOfArguments();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("show", "Show profile, stage and reason, history, scores over time, open cases and campaigns of a customer.")
        {
            id, purpose, workspace, format, path,
        };
        date.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            await using var database = await DatabaseTurn.TakeAsync(CommonOptions.Open(parsed, workspace), time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var asOf = await date.ReadAsync(parsed, connection, database.Workspace, time, stop);
            var view = await CustomerViews.ShowAsync(
                connection,
                parsed.GetValue(id)!,
                asOf,
                LifecycleCommand.MapOf(database.Workspace, null),
                KeptPopulation.Of(database.Source),
                stop);
            await AuditLog.RecordAsync(
                database,
                new AuditedAct(parsed.Caller().Name, "show", await Disclosure.SubjectAsync(database, view.CustomerKey, stop), parsed.GetValue(purpose), "customer view"),
                stop);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(view, CustomerAnswer.Of(view), stop, view.Profile.CustomerId);
            parsed.Caller().Tell(view.Words, []);
            return ExitCode.Done;
        });
        return command;
    }
}
