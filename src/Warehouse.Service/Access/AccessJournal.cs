using System.Globalization;
using System.Text.Json;
using Warehouse.Campaigns.Privacy;
using Warehouse.Store;

namespace Warehouse.Service.Access;

/// <summary>
/// What was done to access, until it is in the audit log: who may ask is changed beside a running service too, and while another
/// process has the database. <c>access.journal</c> of the workspace, which nobody but its owner can read.
/// </summary>
internal sealed class AccessJournal(Workspace workspace, TimeProvider time)
{
    /// <summary>The file's name.</summary>
    public const string Name = "access.journal";

    private string Path => workspace.PathOf(Name);

    /// <summary>What is being brought into the audit log; left here by a process that was killed at it.</summary>
    private string Taken => Path + ".taken";

    /// <summary>Notes an act.</summary>
    /// <param name="actor">Who did it.</param>
    /// <param name="action">What.</param>
    /// <param name="subject">To whom.</param>
    /// <param name="detail">What is worth knowing of it; no secret.</param>
    public void Add(string actor, string action, string subject, string detail)
    {
        var at = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        using var turn = PrivateFile.Lock(Path + ".lock");
        PrivateFile.Append(Path, JsonSerializer.Serialize(new AuditedAct(actor, action, subject, null, $"{at}: {detail}")) + "\n");
    }

    /// <summary>Brings everything that was noted into the audit log.</summary>
    /// <returns>How many acts.</returns>
    public async Task<int> BringAsync(CancellationToken cancellationToken)
    {
        if (!Take())
        {
            return 0;
        }

        await using var database = await WarehouseDatabase.OpenAsync(workspace, time, cancellationToken);
        var acts = File.ReadLines(Taken).Select(Read).OfType<AuditedAct>().ToArray();
        foreach (var act in acts)
        {
            await AuditLog.RecordAsync(database, act, cancellationToken);
        }

        File.Delete(Taken);
        return acts.Length;
    }

    private bool Take()
    {
        if (File.Exists(Taken))
        {
            return true;
        }

        if (!File.Exists(Path))
        {
            return false;
        }

        using var turn = PrivateFile.Lock(Path + ".lock");
        File.Move(Path, Taken);
        return true;
    }

    private static AuditedAct? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditedAct>(line);
        }
        catch (JsonException)
        {
            // The end of a file whose writer was killed.
            return null;
        }
    }
}
