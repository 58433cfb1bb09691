using System.CommandLine;
using System.Data.Common;
using Warehouse.Etl.Conform.Identities;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse customer identity ID [--attributes]</c>: why identifiers are one person's, and whose word about him holds.</summary>
internal static class CustomerIdentityCommand
{
    private static readonly AnswerColumn[] Reasons =
    [
        new("kind", "VARCHAR"), new("identifier", "VARCHAR"), new("other", "VARCHAR", "with"), new("because", "VARCHAR"), new("value", "VARCHAR"),
        new("since", "TIMESTAMPTZ", "since (UTC)"), new("by", "VARCHAR"), new("generation", "INTEGER"), new("feed", "VARCHAR"),
        new("source", "VARCHAR"), new("line", "BIGINT"),
    ];

    private static readonly AnswerColumn[] Attributes =
    [
        new("attribute", "VARCHAR"), new("value", "VARCHAR"), new("survives", "BOOLEAN", "holds"), new("identifier", "VARCHAR", "said by"),
        new("valid_from", "TIMESTAMPTZ", "true since (UTC)"), new("known_at", "TIMESTAMPTZ", "known (UTC)"), new("rule", "VARCHAR", "chosen by"),
        new("feed", "VARCHAR"), new("source", "VARCHAR"), new("line", "BIGINT"),
    ];

    public static Command Create(TimeProvider time)
    {
        var id = new Argument<string>("id") { Description = "An identifier of the customer: source:id (crm:C17), or itself where only one source uses it." };
        var attributes = new Option<bool>("--attributes") { Description = "Show instead what each source says of the person, and whose word holds." };
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("identity", "Show the identifiers of a person: which rule, value, load or decision links them, and who they were before.")
        {
            id, attributes, workspace, format, path,
        };
        command.SetAction(async (parsed, stop) =>
        {
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(CommonOptions.Open(parsed, workspace), time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var generation = (await Generation.CurrentAsync(connection, stop)).Number;
            var answer = parsed.GetValue(attributes)
                ? new Answer(generation, null, "attributes", Attributes, await AttributesAsync(connection, parsed.GetValue(id)!, stop))
                : new Answer(generation, null, "identity", Reasons, await ReasonsAsync(connection, parsed.GetValue(id)!, stop));
            await CommonOptions.Writer(parsed, format, path).WriteAsync(answer, stop);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<List<object?[]>> ReasonsAsync(DbConnection connection, string id, CancellationToken stop) =>
    [
        .. (await PersonIdentity.OfAsync(connection, id, stop)).Select(reason => new object?[]
        {
            reason.Kind, reason.Identifier, reason.Other, reason.Because, reason.Value, reason.Since, reason.By, reason.Generation, reason.Feed, reason.Source, reason.Line,
        }),
    ];

    private static async Task<List<object?[]>> AttributesAsync(DbConnection connection, string id, CancellationToken stop) =>
    [
        .. (await PersonWord.OfAsync(connection, id, stop)).Select(word => new object?[]
        {
            word.Attribute, word.Value, word.Survives, word.Identifier, word.ValidFrom, word.KnownAt, word.Rule, word.Feed, word.Source, word.Line,
        }),
    ];
}
