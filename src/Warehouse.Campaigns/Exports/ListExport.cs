using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Warehouse.Campaigns.Destinations;
using Warehouse.Campaigns.Privacy;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Campaigns.Exports;

/// <summary>
/// Exports lists. What is sent is fixed first, with who, when and why, and then delivered; an export that was killed on the way
/// is taken up where it was by the next one of the same list to the same destination.
/// </summary>
public sealed class ListExport(WarehouseDatabase database, TimeProvider time)
{
    /// <summary>Exports a list.</summary>
    /// <returns>The export; null where the destination knows everything already.</returns>
    /// <exception cref="UserFaultException">The destination is of another channel, or does not take it.</exception>
    public async Task<Export?> RunAsync(ExportSource source, Destination destination, ExportReason reason, CancellationToken cancellationToken)
    {
        if (!source.Fits(destination))
        {
            throw new UserFaultException($"\"{destination.Name}\" reaches people by {destination.Channel}, and this campaign does not.");
        }

        var key = await database.RecordAsync(
            async (connection, at, stop) => await UnfinishedAsync(connection, source, destination, stop)
                ?? await FixAsync(connection, source, destination, reason, at, stop),
            cancellationToken);
        if (key is not { } chosen)
        {
            return null;
        }

        await AuditLog.NoteAsync(database, cancellationToken);
        await using var connection = await database.ConnectAsync(cancellationToken);
        var export = await Export.FindAsync(connection, chosen, cancellationToken);
        var fixedAs = await DefinitionAsync(connection, export, cancellationToken);
        var hash = await DeliverAsync(connection, export, fixedAs, cancellationToken);
        await database.RecordAsync(
            (turn, at, stop) => turn.ExecuteAsync(
                "UPDATE ops.export SET finished_at = $at, content_hash = $hash WHERE export_key = $key", stop, ("at", at), ("hash", hash), ("key", chosen)),
            cancellationToken);
        return await Export.FindAsync(connection, chosen, cancellationToken);
    }

    /// <summary>Writes the bytes of an earlier export again: of a file the file, of a program's batches one after the other, of a table the rows as JSON lines.</summary>
    /// <returns>Whether they are those that were sent.</returns>
    /// <exception cref="UserFaultException">It is not finished, or cannot be written.</exception>
    public async Task<bool> RebuildAsync(int key, string path, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var export = await Export.FindAsync(connection, key, cancellationToken);
        if (export.ContentHash is null)
        {
            throw new UserFaultException(FormattableString.Invariant($"Export {key} is not finished: export the list again, and it goes on."));
        }

        var destination = await DefinitionAsync(connection, export, cancellationToken);
        var content = ContentOf(export, destination);
        if (destination.Route is not WebhookRoute webhook)
        {
            return await ExportFile.WriteAsync(connection, content, FormatOf(destination.Route), Path.GetFullPath(path), cancellationToken) == export.ContentHash;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = File.Create(path);
        var batches = Webhook.Batches(webhook, export.Rows);
        for (var batch = 0; batch < batches; batch++)
        {
            var body = await Webhook.BodyAsync(connection, webhook, content, batch, batches, cancellationToken);
            hash.AppendData(body);
            await file.WriteAsync(body, cancellationToken);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset()) == export.ContentHash;
    }

    private static async Task<int?> UnfinishedAsync(DbConnection connection, ExportSource source, Destination destination, CancellationToken cancellationToken) =>
        (await connection.RowsAsync(
            """
            SELECT min(export_key) FROM ops.export
            WHERE finished_at IS NULL AND kind = $kind AND list = $list AND wave = $wave AND destination = $destination
            """,
            row => row.ValueOrNull<int>(0),
            cancellationToken,
            ("kind", source.Kind),
            ("list", source.List),
            ("wave", source.Wave),
            ("destination", destination.Name)))[0];

    private static async Task<int?> FixAsync(
        DbConnection connection, ExportSource source, Destination destination, ExportReason reason, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var key = await connection.ScalarAsync<int>("SELECT (coalesce(max(export_key), -1) + 1)::INTEGER FROM ops.export", cancellationToken);
        await source.GatherAsync(connection, destination, at, cancellationToken);
        var rows = destination.IsWhole
            ? await connection.ExecuteAsync(SqlFile.Read(typeof(ListExport), "Exports/export_whole.sql"), cancellationToken, ("export_key", key))
            : await connection.ExecuteAsync(
                SqlFile.Read(typeof(ListExport), "Exports/export_change.sql"),
                cancellationToken,
                ("export_key", key),
                ("kind", source.Kind),
                ("list", source.List),
                ("wave", source.Wave),
                ("destination", destination.Name),
                ("definition", destination.Hash));
        if (rows == 0 && !destination.IsWhole)
        {
            return null;
        }

        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant(
            $"{destination.Name}\n{source.Kind}\n{source.List}\n{source.Wave}\n{key}\n{at:O}"))))[..32];
        await connection.ExecuteAsync(
            """
            INSERT INTO ops.export (
                export_key, export_id, kind, list, wave, list_definition, as_of, generation, destination, definition, definition_text,
                is_whole, exported_at, exported_by, purpose, row_count)
            VALUES (
                $export_key, $export_id, $kind, $list, $wave, $list_definition, $as_of, $generation, $destination, $definition, $definition_text,
                $is_whole, $exported_at, $exported_by, $purpose, $row_count)
            """,
            cancellationToken,
            ("export_key", key),
            ("export_id", id),
            ("kind", source.Kind),
            ("list", source.List),
            ("wave", source.Wave),
            ("list_definition", source.Definition),
            ("as_of", source.AsOf),
            ("generation", (await Generation.CurrentAsync(connection, cancellationToken)).Number),
            ("destination", destination.Name),
            ("definition", destination.Hash),
            ("definition_text", destination.Text),
            ("is_whole", destination.IsWhole),
            ("exported_at", at),
            ("exported_by", reason.Actor),
            ("purpose", reason.Purpose),
            ("row_count", rows));
        await AuditLog.AppendAsync(
            connection,
            at,
            new AuditedAct(
                reason.Actor, "export", $"{source.Kind} {source.List}", reason.Purpose,
                FormattableString.Invariant($"export {key} of {rows} rows to {destination.Name}: {string.Join(", ", destination.Columns.Select(column => column.Field.Name))}")),
            cancellationToken);
        return key;
    }

    /// <summary>The destination as it was when the export was fixed.</summary>
    private static async Task<Destination> DefinitionAsync(DbConnection connection, Export export, CancellationToken cancellationToken) =>
        DestinationReader.Read(
            await connection.ScalarAsync<string>("SELECT definition_text FROM ops.export WHERE export_key = $key", cancellationToken, ("key", export.Key)),
            FormattableString.Invariant($"export {export.Key}"),
            export.Destination);

    private static ExportContent ContentOf(Export export, Destination destination) =>
        new(export.Key, export.Id, export.List, export.IsWhole, destination.Columns);

    /// <summary>The format in which an export is hashed and rebuilt where it is no file by itself.</summary>
    private static FileFormat FormatOf(Route route) => route switch
    {
        FileRoute file => file.Format,
        FolderRoute folder => folder.Format,
        _ => FileFormat.JsonLines,
    };

    private async Task<string> DeliverAsync(DbConnection connection, Export export, Destination destination, CancellationToken cancellationToken)
    {
        var content = ContentOf(export, destination);
        switch (destination.Route)
        {
            case FileRoute file:
                return await ExportFile.WriteAsync(connection, content, file.Format, PathOf(file.Path, export), cancellationToken);
            case FolderRoute folder:
                var name = FormattableString.Invariant($"{FileNameOf(export.List)}-{export.ExportedAt:yyyyMMdd'T'HHmmss'Z'}-{export.Key}.{ExportFile.Ending(folder.Format)}");
                return await ExportFile.WriteAsync(connection, content, folder.Format, Path.Combine(PathOf(folder.Path, export), name), cancellationToken);
            case PostgresRoute table:
                await PostgresTable.WriteAsync(connection, table, content, cancellationToken);
                return await HashedAsync(connection, content, cancellationToken);
            case WebhookRoute webhook:
                return await SendAsync(connection, export, webhook, content, cancellationToken);
            default:
                throw new NotSupportedException($"There is no way to a {destination.Route.GetType().Name}.");
        }
    }

    private string PathOf(string path, Export export) => database.Workspace.PathOf(path
        .Replace("{list}", FileNameOf(export.List), StringComparison.Ordinal)
        .Replace("{date}", FormattableString.Invariant($"{export.ExportedAt:yyyy-MM-dd}"), StringComparison.Ordinal));

    /// <summary>A list's name as part of a file's name: it leads to no other folder.</summary>
    private static string FileNameOf(string list) =>
        string.Concat(list.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or ' ' ? letter : '_'));

    private static async Task<string> HashedAsync(DbConnection connection, ExportContent content, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("warehouse-export-");
        try
        {
            return await ExportFile.WriteAsync(connection, content, FileFormat.JsonLines, Path.Combine(folder.FullName, "rows.jsonl"), cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<string> SendAsync(
        DbConnection connection, Export export, WebhookRoute route, ExportContent content, CancellationToken cancellationToken)
    {
        using var webhook = new Webhook(route, content, database.Workspace.Definition.Network, time);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var delivered = await connection.RowsAsync(
            "SELECT batch FROM ops.export_batch WHERE export_key = $key", row => row.GetInt32(0), cancellationToken, ("key", export.Key));
        var batches = Webhook.Batches(route, export.Rows);
        for (var batch = 0; batch < batches; batch++)
        {
            var body = await Webhook.BodyAsync(connection, route, content, batch, batches, cancellationToken);
            hash.AppendData(body);
            if (delivered.Contains(batch))
            {
                continue;
            }

            await webhook.SendAsync(batch, body, cancellationToken);
            var acknowledged = batch;
            await database.RecordAsync(
                (turn, at, stop) => turn.ExecuteAsync(
                    "INSERT INTO ops.export_batch (export_key, batch, delivered_at) VALUES ($key, $batch, $at)", stop, ("key", export.Key), ("batch", acknowledged), ("at", at)),
                cancellationToken);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
