using System.CommandLine;
using Warehouse.Campaigns.Destinations;
using Warehouse.Campaigns.Exports;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse export list | destinations | rebuild</c>: what was sent to whom, where lists can go, and the bytes of one again.</summary>
internal static class ExportCommand
{
    private static readonly AnswerColumn[] Columns =
    [
        new("export", "INTEGER"), new("list", "VARCHAR"), new("wave", "INTEGER"), new("destination", "VARCHAR"), new("exported_at", "TIMESTAMPTZ", "exported"),
        new("exported_by", "VARCHAR", "by"), new("purpose", "VARCHAR"), new("rows", "BIGINT", null, ColumnFormat.Count), new("is_whole", "BOOLEAN", "whole list"),
        new("is_finished", "BOOLEAN", "arrived"), new("content_hash", "VARCHAR"),
    ];

    private static readonly AnswerColumn[] DestinationColumns =
    [
        new("destination", "VARCHAR"), new("where", "VARCHAR"), new("channel", "VARCHAR"), new("is_whole", "BOOLEAN", "whole list"),
        new("has_contact_details", "BOOLEAN", "contact details"), new("columns", "VARCHAR"),
    ];

    public static Command Create(TimeProvider time) => new("export", "Say what was sent to whom and where lists can go, or write one again.") { List(time), Destinations(time), Rebuild(time) };

    private static Command List(TimeProvider time)
    {
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("list", "List the exports: who sent what where, when and why.") { workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(CommonOptions.Open(parsed, workspace), time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var exports = await Export.AllAsync(connection, stop);
            var generation = await Generation.CurrentAsync(connection, stop);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(
                new Answer(
                    generation.Number, null, "exports", Columns,
                    [
                        .. exports.Select(export => new object?[]
                        {
                            export.Key, export.List, export.Wave, export.Destination, export.ExportedAt, export.ExportedBy, export.Purpose,
                            export.Rows, export.IsWhole, export.FinishedAt is not null, export.ContentHash,
                        }),
                    ]),
                stop);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Destinations(TimeProvider time)
    {
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("destinations", "List the destinations: where lists can be sent, and what they get.") { workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var generation = await Generation.CurrentAsync(connection, stop);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(
                new Answer(
                    generation.Number, null, "destinations", DestinationColumns,
                    [
                        .. Destination.ReadAll(place).Select(destination => new object?[]
                        {
                            destination.Name, destination.Route.Words, destination.Channel, destination.IsWhole, destination.HasContactDetails,
                            string.Join(", ", destination.Columns.Select(column => column.Name)),
                        }),
                    ]),
                stop);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Rebuild(TimeProvider time)
    {
        var key = new Argument<int>("export") { Description = "The export's number." };
        var path = new FileOption("--out", "The file that it is written to.") { Required = true };
        var workspace = CommonOptions.Workspace();
        var command = new Command("rebuild", "Write the bytes of an earlier export again, and compare their hash.") { key, path, workspace };
        command.SetAction(async (parsed, stop) =>
        {
            await using var database = await DatabaseTurn.TakeAsync(CommonOptions.Open(parsed, workspace), time, stop);
            var isEqual = await new ListExport(database, time).RebuildAsync(parsed.GetValue(key), path.PathIn(parsed)!, stop);
            parsed.Caller().Error.WriteLine(isEqual
                ? "These are the bytes that were sent."
                : "These are not the bytes that were sent: customers in it were forgotten since, or another version of the program wrote it.");
            return isEqual ? ExitCode.Done : ExitCode.DoneWithReserve;
        });
        return command;
    }
}
