using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Warehouse.Store;

namespace Warehouse.Campaigns.Privacy;

/// <summary>
/// Who sent, saw or erased whose data, and why (<c>ops.audit_log</c>). Each entry holds the hash of the one before. The hashes are also
/// in <c>audit.chain</c> of the workspace, a line each, so that an end that was cut off is missed; who wants to be surer keeps a
/// copy of its last line elsewhere.
/// </summary>
public static class AuditLog
{
    /// <summary>The file of the workspace that holds the hashes.</summary>
    public const string ChainFile = "audit.chain";

    private static readonly string First = new('0', 64);

    /// <summary>Writes an entry in a turn of its own.</summary>
    public static async Task RecordAsync(WarehouseDatabase database, AuditedAct act, CancellationToken cancellationToken)
    {
        await database.RecordAsync(
            async (connection, at, stop) =>
            {
                await AppendAsync(connection, at, act, stop);
                return true;
            },
            cancellationToken);
        await NoteAsync(database, cancellationToken);
    }

    /// <summary>Writes an entry within a turn; <see cref="NoteAsync"/> follows when it is committed.</summary>
    internal static async Task AppendAsync(DbConnection connection, DateTimeOffset at, AuditedAct act, CancellationToken cancellationToken)
    {
        var (entry, previous) = (await connection.RowsAsync(
            "SELECT entry, hash FROM ops.audit_log ORDER BY entry DESC LIMIT 1", row => (row.GetInt64(0) + 1, row.GetString(1)), cancellationToken))
            .DefaultIfEmpty((1, First)).First();
        var happenedAt = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        await connection.ExecuteAsync(
            """
            INSERT INTO ops.audit_log (entry, happened_at, actor, action, subject, purpose, detail, previous_hash, hash)
            VALUES ($entry, $happened_at, $actor, $action, $subject, $purpose, $detail, $previous_hash, $hash)
            """,
            cancellationToken,
            ("entry", entry),
            ("happened_at", happenedAt),
            ("actor", act.Actor),
            ("action", act.Action),
            ("subject", act.Subject),
            ("purpose", act.Purpose),
            ("detail", act.Detail),
            ("previous_hash", previous),
            ("hash", Hash(new Entry(entry, happenedAt, act, previous, ""))));
    }

    /// <summary>Adds to the chain's file what the log has beyond it.</summary>
    internal static Task<int> NoteAsync(WarehouseDatabase database, CancellationToken cancellationToken) => database.RecordAsync(
        async (connection, _, stop) =>
        {
            var path = database.Workspace.PathOf(ChainFile);
            var noted = File.Exists(path) ? File.ReadLines(path).LongCount() : 0;
            var hashes = await connection.RowsAsync(
                "SELECT hash FROM ops.audit_log WHERE entry > $noted ORDER BY entry", row => row.GetString(0), stop, ("noted", noted));
            await File.AppendAllTextAsync(path, string.Concat(hashes.Select(hash => hash + "\n")), stop);
            return hashes.Count;
        },
        cancellationToken);

    /// <summary>Whether the log is as it was written.</summary>
    public static async Task<AuditState> VerifyAsync(WarehouseDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        var entries = await connection.RowsAsync(
            "SELECT entry, happened_at, actor, action, subject, purpose, detail, previous_hash, hash FROM ops.audit_log ORDER BY entry",
            row => new Entry(
                row.GetInt64(0),
                row.GetFieldValue<DateTimeOffset>(1),
                new AuditedAct(row.GetString(2), row.GetString(3), row.GetString(4), row.TextOrNull(5), row.GetString(6)),
                row.GetString(7),
                row.GetString(8)),
            cancellationToken);
        string[] chain = File.Exists(database.Workspace.PathOf(ChainFile)) ? await File.ReadAllLinesAsync(database.Workspace.PathOf(ChainFile), cancellationToken) : [];
        return new AuditState(entries.Count, entries.Count == 0 ? First : entries[^1].Hash, Faults(entries, chain));
    }

    private static List<string> Faults(List<Entry> entries, string[] chain)
    {
        var faults = new List<string>();
        var previous = First;
        foreach (var (entry, place) in entries.Select((entry, place) => (entry, place)))
        {
            if (entry.Number != place + 1)
            {
                faults.Add(FormattableString.Invariant($"Entry {place + 1} is missing: after {place} comes {entry.Number}."));
                return faults;
            }

            if (entry.Previous != previous || entry.Hash != Hash(entry))
            {
                faults.Add(FormattableString.Invariant($"Entry {entry.Number} is not what was written: its hash does not fit."));
                return faults;
            }

            previous = entry.Hash;
        }

        if (chain.Length > entries.Count)
        {
            faults.Add(FormattableString.Invariant($"The log ends with entry {entries.Count}, and {ChainFile} knows {chain.Length}: its end was cut off."));
        }
        else if (chain.Length < entries.Count)
        {
            faults.Add(FormattableString.Invariant($"{ChainFile} ends with entry {chain.Length}, and the log has {entries.Count}: the file was cut off, or a command was killed at its end."));
        }

        if (chain.Zip(entries).Any(pair => pair.First != pair.Second.Hash))
        {
            faults.Add($"{ChainFile} has other hashes than the log: the log was written anew.");
        }

        return faults;
    }

    private static string Hash(Entry entry)
    {
        var text = new StringBuilder();
        foreach (var part in (string?[])
            [
                entry.Previous,
                entry.Number.ToString(CultureInfo.InvariantCulture),
                entry.HappenedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                entry.Act.Actor, entry.Act.Action, entry.Act.Subject, entry.Act.Purpose, entry.Act.Detail,
            ])
        {
            text.Append(CultureInfo.InvariantCulture, $"{part?.Length ?? -1}:{part}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private sealed record Entry(long Number, DateTimeOffset HappenedAt, AuditedAct Act, string Previous, string Hash);
}

/// <summary>Whether the audit log is as it was written.</summary>
/// <param name="Entries">How many entries it has.</param>
/// <param name="Head">The hash of the last; who keeps a copy of it elsewhere can compare.</param>
/// <param name="Faults">What is wrong, in words; nothing where it is as it was written.</param>
public sealed record AuditState(long Entries, string Head, IReadOnlyList<string> Faults)
{
    /// <summary>It in words.</summary>
    public string Words => FormattableString.Invariant($"{Entries} entries, the last {Head}{(Faults.Count == 0 ? ": as they were written" : "")}");
}

/// <summary>Something that was done with personal data.</summary>
/// <param name="Actor">Who did it.</param>
/// <param name="Action">What: export, show, forget, disclose, …</param>
/// <param name="Subject">The list, or the person as a salted hash.</param>
/// <param name="Purpose">Why, as the actor says; null where he says nothing.</param>
/// <param name="Detail">What is worth knowing of it, such as the number of rows.</param>
public sealed record AuditedAct(string Actor, string Action, string Subject, string? Purpose, string Detail);
