using System.CommandLine;
using Warehouse.Analysis.Snapshots;
using Warehouse.Etl.Conform.Identities;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse customer merge|split|undo</c>: decides by hand who is who, and takes it back.</summary>
internal static class CustomerDecisionCommand
{
    private const string Identifiers = "Identifiers of customers: source:id (crm:C17), or the identifier alone where only one source uses it.";

    private static readonly AnswerColumn[] Columns = [new("identifier", "VARCHAR"), new("customer_key", "INTEGER", "person")];

    public static Command Merge(TimeProvider time) => Decide(
        "merge", "Take customers for one person, whatever rules say: a decision in identity.yaml that takes effect at once and can be undone.",
        (decisions, ids, because, by, stop) => decisions.MergeAsync(ids, because, by, stop), time);

    public static Command Split(TimeProvider time) => Decide(
        "split", "Take customers for different persons, whatever rules say: a decision in identity.yaml that takes effect at once and can be undone.",
        (decisions, ids, because, by, stop) => decisions.SplitAsync(ids, because, by, stop), time);

    public static Command Undo(TimeProvider time)
    {
        var ids = new Argument<string[]>("id") { Description = Identifiers, Arity = ArgumentArity.OneOrMore };
        return Command(
            "undo", "Take back the last decision that names all of these identifiers: everybody gets back what was his.", ids, null, time,
            (decisions, parsed, by, stop) => decisions.UndoAsync(parsed.GetValue(ids)!, by, stop));
    }

    private static Command Decide(
        string name,
        string description,
        Func<CustomerDecisions, string[], string, string, CancellationToken, Task<DecisionOutcome>> decide,
        TimeProvider time)
    {
        var ids = new Argument<string[]>("id") { Description = Identifiers, Arity = new ArgumentArity(2, 100) };
        var reason = new Option<string>("--reason") { Description = "Why.", HelpName = "WORDS", DefaultValueFactory = _ => "decided by hand" };
        return Command(
            name, description, ids, reason, time,
            (decisions, parsed, by, stop) => decide(decisions, parsed.GetValue(ids)!, parsed.GetValue(reason)!, by, stop));
    }

    private static Command Command(
        string name,
        string description,
        Argument<string[]> ids,
        Option<string>? reason,
        TimeProvider time,
        Func<CustomerDecisions, ParseResult, string, CancellationToken, Task<DecisionOutcome>> decide)
    {
        var by = new Option<string?>("--by") { Description = "Who decides; else the one who calls.", HelpName = "NAME" };
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command(name, description) { ids, by, workspace, format, path };
        if (reason is not null)
        {
            command.Add(reason);
        }

        command.SetAction(async (parsed, stop) =>
        {
            await using var database = await OpenAsync(CommonOptions.Open(parsed, workspace), time, stop);
            var outcome = await decide(new CustomerDecisions(database, time), parsed, parsed.GetValue(by) ?? parsed.Caller().Name, stop);
            await LoadCommand.BuildRollupsAsync(parsed.Caller(), database, time, stop);
            await using var connection = await database.ConnectAsync(stop);
            if (await OutdatedSnapshots.FindAsync(connection, stop) is { } outdated)
            {
                await parsed.Caller().Error.WriteLineAsync(outdated.ToString());
            }

            await parsed.Caller().Error.WriteLineAsync($"{(outcome.IsUndone ? "Taken back" : "Decided")}: {outcome.Decision}.");
            await CommonOptions.Writer(parsed, format, path).WriteAsync(
                new Answer(outcome.Generation, null, name, Columns, [.. outcome.Identifiers.Select(pair => new object?[] { pair.Identifier, pair.CustomerKey })]), stop);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Opens the database for writing where there is one; nobody can be named before anything is loaded.</summary>
    private static async Task<WarehouseDatabase> OpenAsync(Workspace place, TimeProvider time, CancellationToken stop)
    {
        if (!File.Exists(place.DatabasePath))
        {
            await using var _ = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
        }

        return await WarehouseDatabase.OpenAsync(place, time, stop);
    }
}
