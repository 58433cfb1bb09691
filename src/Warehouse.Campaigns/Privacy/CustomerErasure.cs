using System.Data.Common;
using System.Security.Cryptography;
using Warehouse.Analysis.Customers;
using Warehouse.Campaigns.Exports;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Campaigns.Privacy;

/// <summary>
/// Forgets a customer. What names, reaches or describes him goes from every table and file of the workspace; what he bought stays
/// with a person who has no name, so that the sums of past months stay what they were. His identifiers are kept as salted hashes:
/// loads know them again and take nothing of him, and no campaign reaches him.
/// </summary>
/// <param name="CustomerKey">The person's key, which stays.</param>
/// <param name="Subject">By which the audit log names him: a salted hash.</param>
/// <param name="Identifiers">How many identifiers are kept as hashes.</param>
/// <param name="Tables">Where texts were erased beside the tables that hold persons.</param>
/// <param name="Files">Which files were written anew, or deleted, and how many lines it concerned.</param>
/// <param name="Destinations">Who was sent something of him and has to be told.</param>
/// <param name="Traces">What the search still finds; nothing where he is forgotten.</param>
public sealed record CustomerErasure(
    int CustomerKey,
    string Subject,
    long Identifiers,
    IReadOnlyList<ErasedPlace> Tables,
    IReadOnlyList<ErasedPlace> Files,
    IReadOnlyList<string> Destinations,
    IReadOnlyList<string> Traces)
{
    /// <summary>Forgets the customer of an identifier, and proves it by a search. It needs the database for itself.</summary>
    /// <exception cref="WrongCommandException">There is no such customer, or several share the identifier.</exception>
    /// <exception cref="UserFaultException">Another process holds the database.</exception>
    public static async Task<CustomerErasure> RunAsync(
        Workspace workspace, TimeProvider time, string id, ExportReason reason, CancellationToken cancellationToken)
    {
        CustomerErasure erasure;
        PersonTokens tokens;
        await using (var database = await WarehouseDatabase.OpenAsync(workspace, time, cancellationToken))
        {
            (erasure, tokens) = await EraseAsync(database, id, reason, cancellationToken);
            await AuditLog.NoteAsync(database, cancellationToken);
        }

        await DatabaseRewrite.RunAsync(workspace, cancellationToken);
        return erasure with { Traces = await SearchAsync(workspace, time, tokens, cancellationToken) };
    }

    /// <summary>Makes sure that there is a salt: random, and known to nobody but the database.</summary>
    internal static async Task SaltAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            "INSERT INTO ops.privacy_salt SELECT $salt WHERE NOT EXISTS (FROM ops.privacy_salt)",
            cancellationToken,
            ("salt", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))));

    /// <summary>By which the audit log names a person.</summary>
    internal static async Task<string> SubjectAsync(DbConnection connection, int customerKey, CancellationToken cancellationToken)
    {
        await SaltAsync(connection, cancellationToken);
        return await connection.ScalarAsync<string>(
            "SELECT ops.identifier_hash('person', CAST($key AS VARCHAR))", cancellationToken, ("key", customerKey));
    }

    private static async Task<(CustomerErasure Erasure, PersonTokens Tokens)> EraseAsync(
        WarehouseDatabase database, string id, ExportReason reason, CancellationToken cancellationToken)
    {
        CustomerErasure? erasure = null;
        PersonTokens? tokens = null;
        await database.PublishAsync(
            "a customer is forgotten",
            async (publication, stop) =>
            {
                var connection = publication.Connection;
                var key = await CustomerViews.FindAsync(connection, id, stop);
                var subject = await SubjectAsync(connection, key, stop);
                await ChooseAsync(publication, key, stop);
                tokens = await PersonTokens.GatherAsync(connection, stop);
                var lines = (await connection.RowsAsync(
                    SqlFile.Read(typeof(CustomerErasure), "Privacy/person_line.sql"), row => (Source: row.GetString(0), Line: row.GetInt64(1)), stop))
                    .ToLookup(line => line.Source, line => line.Line, StringComparer.Ordinal);
                var profiles = await connection.RowsAsync(
                    "SELECT DISTINCT load.source FROM star.customer_record AS record JOIN ops.load AS load ON load.load_key = record.load_key", row => row.GetString(0), stop);
                var destinations = await connection.RowsAsync(
                    "SELECT DISTINCT export.destination FROM ops.export AS export JOIN ops.export_row AS row ON row.export_key = export.export_key WHERE row.customer_key = $key ORDER BY 1",
                    row => row.GetString(0),
                    stop,
                    ("key", key));
                await connection.ExecuteAsync(SqlFile.Read(typeof(CustomerErasure), "Privacy/erase_person.sql"), stop);
                var decisions = await PersonDecisions.EraseAsync(connection, database.Workspace, tokens, stop);
                IReadOnlyList<ErasedPlace> tables = [.. decisions, .. await PersonTexts.EraseAsync(connection, tokens, stop)];
                var files = await new PersonFiles(database.Workspace, tokens).EraseAsync(lines, profiles.ToHashSet(StringComparer.Ordinal), stop);
                await KnowAgainAsync(connection, database.Workspace, files, stop);
                var identifiers = await connection.ScalarAsync<long>(
                    "SELECT count(*) FROM ops.forgotten_customer WHERE customer_key = $key", stop, ("key", key));
                erasure = new CustomerErasure(key, subject, identifiers, tables, files, destinations, []);
                await AuditLog.AppendAsync(
                    connection,
                    publication.StartedAt,
                    new AuditedAct(reason.Actor, "forget", subject, reason.Purpose, FormattableString.Invariant($"{identifiers} identifiers, {files.Count} files")),
                    stop);
                return true;
            },
            cancellationToken);
        return (erasure!, tokens!);
    }

    private static async Task ChooseAsync(Publication publication, int key, CancellationToken cancellationToken)
    {
        var connection = publication.Connection;
        await connection.ExecuteAsync(
            "CREATE OR REPLACE TEMP TABLE erased_identity AS SELECT identity_key, source, source_id FROM star.customer_identity WHERE customer_key = $key",
            cancellationToken,
            ("key", key));
        await connection.ExecuteAsync(
            "CREATE OR REPLACE TEMP TABLE erased_person AS SELECT CAST($key AS INTEGER) AS customer_key, CAST($at AS TIMESTAMPTZ) AS erased_at, CAST($generation AS INTEGER) AS generation",
            cancellationToken,
            ("key", key),
            ("at", publication.StartedAt),
            ("generation", publication.Number));
    }

    /// <summary>A source file that was written anew is one that was loaded, and is not loaded again.</summary>
    private static async Task KnowAgainAsync(DbConnection connection, Workspace workspace, IReadOnlyList<ErasedPlace> files, CancellationToken cancellationToken)
    {
        foreach (var file in files.Select(place => place.Place))
        {
            var path = workspace.PathOf(file);
            if (!File.Exists(path))
            {
                continue;
            }

            await using var stream = File.OpenRead(path);
            await connection.ExecuteAsync(
                "UPDATE ops.load SET content_hash = $hash, bytes = $bytes, written_at = $written_at WHERE source = $source",
                cancellationToken,
                ("hash", Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken))),
                ("bytes", stream.Length),
                ("written_at", new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero)),
                ("source", file));
        }
    }

    private static async Task<IReadOnlyList<string>> SearchAsync(Workspace workspace, TimeProvider time, PersonTokens tokens, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> tables;
        await using (var database = await WarehouseDatabase.OpenReadOnlyAsync(workspace, time, cancellationToken))
        {
            await using var connection = await database.ConnectAsync(cancellationToken);
            tables = await PersonTexts.FindAsync(connection, tokens, cancellationToken);
        }

        return [.. tables, .. await new PersonFiles(workspace, tokens).FindAsync(cancellationToken)];
    }
}
