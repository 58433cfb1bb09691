using System.CommandLine;
using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Contacts;
using Warehouse.Analysis.Populations;
using Warehouse.Definitions;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse contacts</c>: how well customers are served, and the queue of open complaints.</summary>
internal static class ContactsCommand
{
    public static Command Create(TimeProvider time)
    {
        var by = new Option<string>("--by") { Description = "What contacts are put together by: topic, agent, channel or tier.", DefaultValueFactory = _ => "topic" };
        var queue = new Option<bool>("--queue") { Description = "Show the open complaints instead, in the order in which they are to be taken up." };
        var recovery = new Option<bool>("--recovery") { Description = "Show instead what became of customers whose complaint was resolved, was not, or who had none." };
        var resolve = new Option<int>("--resolve") { Description = "With --recovery: days within which a complaint counts as resolved.", HelpName = "DAYS", DefaultValueFactory = _ => 14 };
        var follow = new Option<int>("--follow") { Description = "With --recovery: days for which customers are followed after that.", HelpName = "DAYS", DefaultValueFactory = _ => 180 };
        var window = new Option<string>("--window") { Description = "How far back contacts count: all, a first date, or a length such as 90d, 12m.", DefaultValueFactory = _ => "12m" };
        var within = new Option<int>("--within") { Description = "Seconds within which an answer is in time.", DefaultValueFactory = _ => 60 };
        var date = new AsOfArguments();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("contacts", "Show service level, waiting, resolution and satisfaction, or the queue of open complaints.")
        {
            by, queue, recovery, resolve, follow, window, within, workspace, format, path,
        };
        date.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(CommonOptions.Open(parsed, workspace), time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var options = new ContactOptions(await date.ReadAsync(parsed, connection, database.Workspace, time, stop))
            {
                By = parsed.GetValue(by)!,
                Window = Window.Parse(parsed.GetValue(window)!),
                WithinSeconds = parsed.GetValue(within),
            };
            var writer = CommonOptions.Writer(parsed, format, path);
            if (parsed.GetValue(queue) && parsed.GetValue(recovery))
            {
                throw new WrongCommandException("--queue and --recovery are different questions: ask one of them.");
            }

            if (parsed.GetValue(recovery))
            {
                // A year leaves too little time to see what follows: unless asked otherwise all complaints count.
                var asked = new RecoveryOptions
                {
                    Window = parsed.GetResult(window) is { Implicit: false } ? options.Window : Window.All,
                    ResolveDays = parsed.GetValue(resolve),
                    FollowDays = parsed.GetValue(follow),
                };
                await using var activity = await CustomerActivity.GatherAsync(connection, options.AsOf, stop);
                var recovered = await ComplaintRecovery.RunAsync(activity, asked, stop);
                if (writer.HasCharts)
                {
                    await writer.WriteAsync(ContactCharts.Of(recovered), stop);
                }
                else
                {
                    await writer.WriteAsync(recovered, ContactAnswer.Of(recovered), stop, "Recovery after complaints");
                }

                parsed.Caller().Tell(recovered.Words, recovered.Notes);
            }
            else if (parsed.GetValue(queue))
            {
                var waiting = await ContactAnalysis.QueueAsync(connection, options, stop);
                await writer.WriteAsync(ContactAnswer.Of(waiting), stop, "Open complaints");
                parsed.Caller().Tell(waiting.Words, waiting.Notes);
            }
            else
            {
                var service = await ContactAnalysis.ServiceAsync(connection, options, stop);
                if (writer.HasCharts)
                {
                    await writer.WriteAsync(ContactCharts.Of(service, options.By), stop);
                }
                else
                {
                    await writer.WriteAsync(ContactAnswer.Of(service), stop, $"Contacts by {options.By}");
                }

                parsed.Caller().Tell(service.Words, service.Notes);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
