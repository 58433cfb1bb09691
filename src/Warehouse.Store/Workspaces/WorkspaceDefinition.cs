using System.Globalization;
using Warehouse.Definitions;

namespace Warehouse.Store;

/// <summary>What <c>warehouse.yaml</c> says.</summary>
/// <param name="Name">What people call the workspace.</param>
/// <param name="Database">The database file, relative to the workspace.</param>
/// <param name="TimeZone">The zone in which an instant becomes a business date.</param>
/// <param name="Currency">The reporting currency, ISO 4217.</param>
/// <param name="Calendar">The dates that the warehouse knows.</param>
/// <param name="Memory">The most memory that the process is to hold; null leaves it half of the machine's.</param>
/// <param name="Threads">How many threads the engine may use; null leaves it one for each core.</param>
/// <param name="Service">How the service listens, and what it lets its callers take.</param>
/// <param name="Network">Where files are fetched from and lists are sent to, and where not.</param>
/// <param name="Jobs">What the service runs by the clock, in the order of the file.</param>
/// <param name="Hash">SHA-256 of the file.</param>
public sealed record WorkspaceDefinition(
    string Name,
    string Database,
    TimeZoneInfo TimeZone,
    string Currency,
    CalendarDefinition Calendar,
    MemoryLimit? Memory,
    int? Threads,
    ServiceDefinition Service,
    PrivateNetwork Network,
    IReadOnlyList<JobDefinition> Jobs,
    string Hash)
{
    internal static WorkspaceDefinition Load(string path)
    {
        var file = DefinitionFile.Load(path, Workspace.FileName);
        var root = file.Root;
        var limits = root.Map("limits");
        var zone = ReadZone(root.TextValue("time_zone"));
        var definition = new WorkspaceDefinition(
            root.RequiredText("name"),
            root.Text("database") ?? "warehouse.duckdb",
            zone,
            ReadCurrency(root.RequiredTextValue("currency")),
            CalendarDefinition.Read(root.Map("calendar"), Path.GetDirectoryName(path)!),
            MemoryLimit.Read(limits?.TextValue("memory")),
            limits?.Whole("threads", 1, 1024),
            ServiceDefinition.Read(root.Map("service")),
            new PrivateNetwork((root.Map("network")?.Texts("allow") ?? []).Select(host => host.Text)),
            JobDefinition.ReadAll(root, zone),
            file.Hash);
        file.ThrowIfFaulty();
        return definition;
    }

    internal static TimeZoneInfo ReadZone(DefinitionText? name)
    {
        if (name is null)
        {
            return TimeZoneInfo.Utc;
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(name.Text, out var zone))
        {
            return zone;
        }

        var known = TimeZoneInfo.GetSystemTimeZones().Select(candidate => candidate.Id);
        name.Fault($"There is no time zone \"{name}\". {NearNames.Hint(name.Text, known, "time zones")}");
        return TimeZoneInfo.Utc;
    }

    private static string ReadCurrency(DefinitionText code)
    {
        if (code.Text.Length is not 0 && (code.Text.Length != 3 || !code.Text.All(char.IsAsciiLetterUpper)))
        {
            code.Fault(string.Create(
                CultureInfo.InvariantCulture, $"A currency is its three-letter ISO 4217 code (GBP, EUR, TWD), not \"{code}\"."));
        }

        return code.Text;
    }
}
