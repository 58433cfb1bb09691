using System.CommandLine;
using Warehouse.Campaigns.Exports;
using Warehouse.Campaigns.Privacy;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse customer forget ID</c>: erases a customer everywhere, and proves it.</summary>
internal static class CustomerForgetCommand
{
    private static readonly AnswerColumn[] Columns = [new("what", "VARCHAR"), new("place", "VARCHAR"), new("rows", "BIGINT", null, ColumnFormat.Count)];

    public static Command Create(TimeProvider time)
    {
        var id = new Argument<string>("id") { Description = "The customer's identifier: the company's own, or that of a source (account, card, e-mail address)." };
        var purpose = ExportArguments.Purpose();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("forget", "Erase a customer in every table and file of the workspace for ever, keep his opt-out as a hash, and search for what is left.")
        {
            id, purpose, workspace, format, path,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            var erasure = await CustomerErasure.RunAsync(
                place, time, parsed.GetValue(id)!, new ExportReason(parsed.Caller().Name, parsed.GetValue(purpose)), stop);
            await using (var database = await WarehouseDatabase.OpenAsync(place, time, stop))
            {
                await LoadCommand.BuildRollupsAsync(parsed.Caller(), database, time, stop);
            }

            await CommonOptions.Writer(parsed, format, path).WriteAsync(erasure, Answer(erasure), stop, "forgotten");
            if (erasure.Destinations.Count > 0)
            {
                parsed.Caller().Error.WriteLine($"Tell them to forget him, too: {string.Join(", ", erasure.Destinations)}.");
            }

            parsed.Caller().Error.WriteLine(erasure.Traces.Count == 0
                ? "A search through every table and every file of the workspace finds nothing of him but hashes."
                : $"A search still finds something of him; erase it by hand: {string.Join("; ", erasure.Traces)}.");
            return erasure.Traces.Count == 0 ? ExitCode.Done : ExitCode.DoneWithReserve;
        });
        return command;
    }

    private static Answer Answer(CustomerErasure erasure) => new(
        0, null, "forget", Columns,
        [
            ["identifiers kept as hashes", null, erasure.Identifiers],
            .. erasure.Tables.Select(place => new object?[] { "erased in", place.Place, place.Rows }),
            .. erasure.Files.Select(place => new object?[] { "erased in", place.Place, place.Rows }),
            .. erasure.Destinations.Select(destination => new object?[] { "was sent to", destination, null }),
            .. erasure.Traces.Select(trace => new object?[] { "still found", trace, null }),
        ]);
}
