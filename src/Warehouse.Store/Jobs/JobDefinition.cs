using Warehouse.Definitions;

namespace Warehouse.Store;

/// <summary>What <c>warehouse.yaml</c> says under <c>jobs</c> of one job: what is run, when, and what follows where it fails.</summary>
/// <param name="Name">How it is called.</param>
/// <param name="Run">The words of the command line behind <c>warehouse</c>, and where they stand.</param>
/// <param name="Schedule">When it is due; that of the first job before it where it says no time of its own.</param>
/// <param name="After">The jobs that have to have succeeded before.</param>
/// <param name="Misfire">What becomes of due times at which nothing could be run.</param>
/// <param name="Retries">How often a run that failed is tried again.</param>
/// <param name="Limit">After what time a run is stopped; null for never.</param>
public sealed record JobDefinition(
    string Name, DefinitionText Run, JobSchedule Schedule, IReadOnlyList<string> After, Misfire Misfire, JobRetries Retries, TimeSpan? Limit)
{
    private static readonly Dictionary<string, Misfire> Misfires = new(StringComparer.Ordinal) { ["once"] = Misfire.Once, ["skip"] = Misfire.Skip };

    internal static IReadOnlyList<JobDefinition> ReadAll(DefinitionMap root, TimeZoneInfo zone)
    {
        var said = root.Named("jobs");
        var jobs = new Dictionary<string, JobDefinition?>(StringComparer.Ordinal);
        var drafts = said.Select(job => Draft.Read(job.Name, job.Value, zone)).ToDictionary(draft => draft.Name.Text, StringComparer.Ordinal);
        foreach (var (name, _) in said)
        {
            Resolve(name.Text, drafts, jobs, []);
        }

        return [.. said.Select(job => jobs.GetValueOrDefault(job.Name.Text)).OfType<JobDefinition>()];
    }

    /// <summary>A job after those before it, whose due times it may take; null where something is at fault.</summary>
    private static JobDefinition? Resolve(string name, Dictionary<string, Draft> drafts, Dictionary<string, JobDefinition?> known, List<string> path)
    {
        if (known.TryGetValue(name, out var resolved))
        {
            return resolved;
        }

        var draft = drafts[name];
        JobSchedule? first = null;
        foreach (var before in draft.After)
        {
            if (!drafts.ContainsKey(before.Text))
            {
                before.Fault($"There is no job \"{before}\". {NearNames.Hint(before.Text, drafts.Keys, "jobs")}");
            }
            else if (before.Text == name || path.Contains(before.Text))
            {
                before.Fault($"\"{name}\" cannot come after \"{before}\", which comes after it.");
            }
            else
            {
                first ??= Resolve(before.Text, drafts, known, [.. path, name])?.Schedule;
            }
        }

        known[name] = (draft.Schedule ?? first) is { } schedule
            ? new JobDefinition(name, draft.Run, schedule, [.. draft.After.Select(before => before.Text)], draft.Misfire, draft.Retries, draft.Limit)
            : null;
        return known[name];
    }

    /// <summary>A job as it is written, before those that it follows are looked up.</summary>
    private sealed record Draft(
        DefinitionText Name, DefinitionText Run, JobSchedule? Schedule, IReadOnlyList<DefinitionText> After, Misfire Misfire, JobRetries Retries, TimeSpan? Limit)
    {
        public static Draft Read(DefinitionText name, DefinitionMap map, TimeZoneInfo zone)
        {
            var own = map.TextValue("time_zone") is { } text ? WorkspaceDefinition.ReadZone(text) : zone;
            var after = map.Texts("after");
            var (at, every) = (map.TextValue("at"), map.TextValue("every"));
            if (at is null && every is null && after.Count == 0)
            {
                name.Fault($"\"{name}\" is never due: say \"at\" (a cron expression), \"every\" (a length of time) or \"after\" (other jobs).");
            }

            if (at is not null && every is not null)
            {
                every.Fault($"\"{name}\" says both \"at\" and \"every\": one of them is enough.");
            }

            return new Draft(
                name,
                map.RequiredTextValue("run"),
                at is not null ? JobSchedule.At(at, own) : every is not null ? JobSchedule.Every(every) : null,
                after,
                map.Choice("misfire", Misfires) ?? Misfire.Once,
                JobRetries.Read(map.Map("retries")),
                map.TextValue("limit") is { } limit ? JobSpan.Read(limit) : null);
        }
    }
}

/// <summary>What becomes of due times at which nothing could be run, because the service was down or the job itself still at work.</summary>
public enum Misfire
{
    /// <summary>The last of them is made up for, once.</summary>
    Once,

    /// <summary>None is made up for.</summary>
    Skip,
}

/// <summary>How often a run that failed is tried again.</summary>
/// <param name="Times">So often at most; 0 for never.</param>
/// <param name="Wait">How long before the first time; each further wait is twice as long as the one before, and at most a day.</param>
public sealed record JobRetries(int Times, TimeSpan Wait)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>How long is waited after an attempt that failed; the first is 1. Null where it was the last.</summary>
    public TimeSpan? After(int attempt) =>
        attempt > Times ? null : TimeSpan.FromTicks((long)Math.Min(Longest.Ticks, Wait.Ticks * Math.Pow(2, attempt - 1)));

    internal static JobRetries Read(DefinitionMap? map) => map is null
        ? new JobRetries(0, TimeSpan.Zero)
        : new JobRetries(map.Whole("times", 1, 100) ?? 3, map.TextValue("wait") is { } wait ? JobSpan.Read(wait) : TimeSpan.FromMinutes(1));
}
