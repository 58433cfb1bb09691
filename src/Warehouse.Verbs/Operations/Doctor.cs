using Warehouse.Campaigns.Privacy;
using Warehouse.Definitions;
using Warehouse.DuckDb;
using Warehouse.Models.Churn;
using Warehouse.Store;
using Warehouse.Verbs.Commands;

namespace Warehouse.Verbs.Operations;

/// <summary>Looks a workspace over: what is in the way of its work now, or will be soon. It changes nothing.</summary>
internal sealed class Doctor(Workspace workspace, TimeProvider time)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Every finding, in the order in which one would look.</summary>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken stop)
    {
        List<Finding> findings =
        [
            await EngineAsync(stop),
            ChurnModels.MissingLibrary is { } missing
                ? Finding.Warn("xgboost", "Boosted trees cannot be trained or scored; logistic regression can.", missing)
                : Finding.Ok("xgboost", "Boosted trees can be trained."),
            .. DefinitionChecks.Of(workspace, time),
            .. FileChecks.Of(workspace),
        ];
        try
        {
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(workspace, time, stop);
            findings.AddRange(await OfDatabaseAsync(database, stop));
        }
        catch (UserFaultException held) when (held.InnerException is DuckDBException { LockHolderProcessId: not null })
        {
            findings.Add(Finding.Warn("database", held.Message, "Ask again when it is done."));
        }
        catch (UserFaultException fault)
        {
            findings.Add(File.Exists(workspace.DatabasePath)
                ? Finding.Fail("database", fault.Message, "Where it is damaged: 'warehouse restore BACKUP -w DIR --force'.")
                : Finding.Warn("database", "There is none yet.", "'warehouse load' makes it from the feeds."));
        }

        findings.Add(Service());
        return findings;
    }

    private static async Task<Finding> EngineAsync(CancellationToken stop)
    {
        try
        {
            await using var connection = new DuckDBConnection("Data Source=:memory:");
            await connection.OpenAsync(stop);
            return Finding.Ok("engine", $"DuckDB {await connection.ScalarAsync<string>("SELECT version()", stop)}.");
        }
        catch (DllNotFoundException fault)
        {
            return Finding.Fail("engine", fault.Message, "libduckdb comes with the program: install it anew.");
        }
    }

    private async Task<IReadOnlyList<Finding>> OfDatabaseAsync(WarehouseDatabase database, CancellationToken stop)
    {
        await using var connection = await database.ConnectAsync(stop);
        var generation = await Generation.CurrentAsync(connection, stop);
        var version = await connection.ScalarAsync<int>("SELECT max(version) FROM ops.schema_version", stop);
        var audit = await AuditLog.VerifyAsync(database, stop);
        var now = time.GetUtcNow();
        return
        [
            Finding.Ok("database", FormattableString.Invariant($"Generation {generation.Number} of {generation.PublishedAt:yyyy-MM-dd HH:mm} UTC, schema version {version}.")),
            generation.PublishedAt > now + Tolerance
                ? Finding.Fail("clock", FormattableString.Invariant($"It is {now:yyyy-MM-dd HH:mm} UTC here, and the database was written later."), "Set the clock (timedatectl): what is loaded now would be known before what was loaded then.")
                : Finding.Ok("clock", FormattableString.Invariant($"{now:yyyy-MM-dd HH:mm} UTC, {TimeZoneInfo.ConvertTime(now, workspace.Definition.TimeZone):HH:mm} in {workspace.Definition.TimeZone.Id}.")),
            audit.Faults.Count == 0
                ? Finding.Ok("audit log", $"{audit.Words}.")
                : Finding.Fail("audit log", string.Join(' ', audit.Faults), "Compare with a backup or a copy of its last line; 'warehouse status --audit' tells more."),
            await RollupsAsync(database, stop),
            await JobsAsync(stop),
        ];
    }

    private async Task<Finding> RollupsAsync(WarehouseDatabase database, CancellationToken stop)
    {
        try
        {
            var stale = workspace.DefinitionsIn("cubes").Count == 0 ? [] : await QueryCommand.Engine(database, time).StaleRollupsAsync(stop);
            return stale.Count == 0
                ? Finding.Ok("rollups", "Every rollup holds the current generation.")
                : Finding.Warn("rollups", string.Join("; ", stale), "Answers come from facts, which takes longer. 'warehouse load' builds them.");
        }
        catch (UserFaultException fault)
        {
            return Finding.Warn("rollups", fault.Message, "Mend the cubes.");
        }
    }

    private async Task<Finding> JobsAsync(CancellationToken stop)
    {
        var jobs = workspace.Definition.Jobs;
        if (jobs.Count == 0)
        {
            return Finding.Ok("runs", "There are none.");
        }

        var newest = (await new JobLedger(workspace, time).CurrentAsync(stop)).Where(run => !run.IsByHand).ToLookup(run => run.Job, StringComparer.Ordinal);
        string[] failed = [.. jobs.Select(job => newest[job.Name].LastOrDefault()).OfType<JobRun>()
            .Where(run => run.Outcome is JobOutcome.Failed or JobOutcome.Timeout or JobOutcome.Skipped or JobOutcome.Retry)
            .Select(run => $"{run.Job} {run.Outcome}")];
        return failed.Length > 0 ? Finding.Warn("runs", $"The last runs: {string.Join(", ", failed)}.", "'warehouse job history' tells why.")
            : workspace.IsRunning ? Finding.Ok("runs", FormattableString.Invariant($"{jobs.Count} jobs; none failed last."))
            : Finding.Warn("runs", FormattableString.Invariant($"{jobs.Count} jobs, and no service that runs them."), "'warehouse serve' runs them.");
    }

    /// <summary>Where a service owns the database, it is the one that is asked this.</summary>
    private Finding Service() => workspace.IsRunning ? Finding.Ok("service", "It answers.")
        : File.Exists(workspace.PathOf(FileChecks.ServiceFile)) ? Finding.Warn("service", "One was killed, or cannot be reached.", "'warehouse serve' starts it again.")
        : Finding.Ok("service", "None runs.");
}
