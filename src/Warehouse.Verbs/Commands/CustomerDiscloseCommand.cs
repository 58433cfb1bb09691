using System.CommandLine;
using Warehouse.Campaigns.Privacy;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse customer disclose ID</c>: all that is held of a person, for him.</summary>
internal static class CustomerDiscloseCommand
{
    public static Command Create(TimeProvider time)
    {
        var id = new Argument<string>("id") { Description = "The customer's identifier: the company's own, or that of a source (account, card, e-mail address)." };
        var purpose = ExportArguments.Purpose();
        var workspace = CommonOptions.Workspace();
        var format = new Option<string>("--format") { Description = "json or html.", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json", "html");
        var path = CommonOptions.Out();
        var command = new Command("disclose", "Give all that is held of a customer, table by table, as JSON or as a page.") { id, purpose, workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            await using var database = await DatabaseTurn.TakeAsync(CommonOptions.Open(parsed, workspace), time, stop);
            Disclosure disclosure;
            await using (var connection = await database.ConnectAsync(stop))
            {
                disclosure = await Disclosure.GatherAsync(connection, parsed.GetValue(id)!, time.GetUtcNow(), stop);
            }

            await AuditLog.RecordAsync(
                database,
                new AuditedAct(
                    parsed.Caller().Name, "disclose", await Disclosure.SubjectAsync(database, disclosure.CustomerKey, stop), parsed.GetValue(purpose),
                    FormattableString.Invariant($"{disclosure.Tables.Sum(table => table.Rows.Count)} rows of {disclosure.Tables.Count} tables")),
                stop);
            var text = parsed.GetValue(format) == "html" ? disclosure.Html() : ObjectAnswer.Json(disclosure) + "\n";
            if (path.PathIn(parsed) is { } file)
            {
                await File.WriteAllTextAsync(file, text, stop);
            }
            else
            {
                await parsed.Caller().Output.WriteAsync(text);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
