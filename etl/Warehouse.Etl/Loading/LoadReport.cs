using Warehouse.Etl.Quality.Audits;
using Warehouse.Store;

namespace Warehouse.Etl.Loading;

/// <summary>What a load did.</summary>
/// <param name="Generation">What it published, or null where everything was loaded already and the calendar is as it was.</param>
/// <param name="Files">Each file, in the order of loading.</param>
/// <param name="Rejections">Why rows were rejected, by feed, file and rule; the most frequent first.</param>
/// <param name="Audits">What the workspace's checks found; none where nothing was loaded.</param>
public sealed record LoadReport(
    Generation? Generation, IReadOnlyList<FileReport> Files, IReadOnlyList<Rejection> Rejections, IReadOnlyList<AuditResult> Audits)
{
    /// <summary>The number of the generation that readers see afterwards.</summary>
    public required int Current { get; init; }

    /// <summary>Whether a broken check kept the load from being published: the warehouse is as it was.</summary>
    public bool IsStopped => Audits.Any(audit => audit is { IsBroken: true, Severity: AuditSeverity.Stop });

    /// <summary>Whether a check is broken that is more than a warning.</summary>
    public bool IsBroken => Audits.Any(audit => audit is { IsBroken: true, Severity: not AuditSeverity.Warn });

    /// <summary>Whether some feed's share of rejected rows is beyond its limit.</summary>
    public bool IsBeyondLimit => Files.Any(file => file.IsBeyondLimit);
}

/// <summary>What became of the rows of a file: read = loaded + corrected + deleted + rejected + already loaded + left out.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="Source">The file as people name it.</param>
/// <param name="RowsRead">Records of the file.</param>
/// <param name="RowsLoaded">Those that are the first word about something.</param>
/// <param name="RowsCorrected">Those that changed a fact that was known; what it was before is in its history.</param>
/// <param name="RowsDeleted">Those that took a fact back.</param>
/// <param name="RowsRejected">Those in <c>quality.reject</c>.</param>
/// <param name="RowsAlreadyLoaded">Those that say what was known already: all rows of a file that was read before, or a fact told again unchanged.</param>
/// <param name="IsKnown">Whether the file was loaded before, recognised by its content.</param>
/// <param name="IsBeyondLimit">Whether more were rejected than the feed allows.</param>
public sealed record FileReport(
    string Feed,
    string Source,
    long RowsRead,
    long RowsLoaded,
    long RowsCorrected,
    long RowsDeleted,
    long RowsRejected,
    long RowsAlreadyLoaded,
    bool IsKnown,
    bool IsBeyondLimit)
{
    /// <summary>Those that the feed's filter does not mean.</summary>
    public long RowsLeftOut { get; init; }

    /// <summary>Facts, not rows of the file, that are no more because the order or day that they stood in was told again without them, or was deleted whole.</summary>
    public long RowsWithdrawn { get; init; }
}

/// <summary>Rows of a file that break the same rule.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="Source">The file as people name it.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Column">The source's column; null where the row as a whole is at fault.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Example">What was expected and found in the first of them.</param>
public sealed record Rejection(string Feed, string Source, string Rule, string? Column, long Rows, string Example);

/// <summary>Where a load is.</summary>
/// <param name="Feed">The feed; « load » where the step is that of the whole load.</param>
/// <param name="Source">The file, or null where the step is the feed's.</param>
/// <param name="Step">What is being done.</param>
public sealed record LoadProgress(string Feed, string? Source, string Step);
