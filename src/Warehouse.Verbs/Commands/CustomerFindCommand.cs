using System.CommandLine;
using Warehouse.Analysis.Customers;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse customer find TEXT [--contacts]</c>: customers by the beginning of what they are known by.</summary>
internal static class CustomerFindCommand
{
    private static readonly AnswerColumn[] Columns =
    [
        new("customer_id", "VARCHAR", "customer"), new("kind", "VARCHAR", "found by"), new("matched", "VARCHAR", "found"),
        new("city", "VARCHAR"), new("country", "VARCHAR"), new("registered_on", "DATE", "registered"),
    ];

    public static Command Create(TimeProvider time)
    {
        var text = new Argument<string>("text") { Description = "The beginning of an identifier: the company's own, or that of a source, also as source:id (crm:C17)." };
        var contacts = new Option<bool>("--contacts") { Description = "Look among e-mail addresses and phone numbers too." };
        var limit = new Option<int>("--limit") { Description = "At most so many customers.", HelpName = "N", DefaultValueFactory = _ => 50 };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000)
            {
                result.AddError("--limit is from 1 to 10000.");
            }
        });
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("find", "Find customers by the beginning of an identifier, an e-mail address or a phone number.")
        {
            text, contacts, limit, workspace, format, path,
        };
        command.SetAction(async (parsed, stop) =>
        {
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(CommonOptions.Open(parsed, workspace), time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var most = parsed.GetValue(limit);
            var found = await CustomerSearch.FindAsync(connection, parsed.GetValue(text)!, parsed.GetValue(contacts), most + 1, stop);
            var answer = new Answer(
                (await Generation.CurrentAsync(connection, stop)).Number,
                null,
                "customers found",
                Columns,
                [.. found.Take(most).Select(one => new object?[] { one.CustomerId, one.Kind, one.Matched, one.City, one.Country, one.RegisteredOn })]);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(answer, stop, "Customers");
            if (found.Count > most)
            {
                parsed.Caller().Tell(FormattableString.Invariant($"the first {most} customers"), ["More begin like this: give more of it."]);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
