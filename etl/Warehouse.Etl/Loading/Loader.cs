using Warehouse.Definitions;
using Warehouse.Etl.Conform.Identities;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Mapping.Checks;
using Warehouse.Etl.Quality;
using Warehouse.Etl.Quality.Audits;
using Warehouse.Etl.Staging;
using Warehouse.Etl.Staging.Remote;
using Warehouse.Store;

namespace Warehouse.Etl.Loading;

/// <summary>
/// Loads feeds into the star. All that one call loads becomes visible as one generation, or nothing does. A file that
/// was loaded before, recognised by its content, is not loaded again.
/// </summary>
public sealed class Loader(WarehouseDatabase database, TimeProvider time)
{
    /// <summary>What servers may take of a load's time and disk.</summary>
    internal DownloadLimits DownloadLimits { get; init; } = DownloadLimits.Usual;

    /// <summary>Loads feeds.</summary>
    /// <param name="feeds">The feeds in the order of loading, as <see cref="FeedCatalogue"/> gives them.</param>
    /// <param name="file">A file to read in place of the one feed's own; null reads the feeds' own.</param>
    /// <param name="progress">Told of each step; null where nobody listens.</param>
    /// <param name="cancellationToken">Stops the load; nothing of it remains.</param>
    /// <exception cref="UserFaultException">A file is missing or does not fit its feed.</exception>
    /// <exception cref="WrongCommandException">A file is given for more than one feed.</exception>
    public Task<LoadReport> LoadAsync(
        IReadOnlyList<Feed> feeds, string? file, IProgress<LoadProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(feeds, file, LoadKind.Load, progress, cancellationToken);

    /// <summary>Does all that <see cref="LoadAsync"/> would do, tells what would come of it, and leaves the warehouse as it was.</summary>
    /// <inheritdoc cref="LoadAsync"/>
    public Task<LoadReport> TryAsync(
        IReadOnlyList<Feed> feeds, string? file, IProgress<LoadProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(feeds, file, LoadKind.Trial, progress, cancellationToken);

    /// <summary>Loads rejected rows that were mended, from a file as <see cref="MendedRows"/> makes it; they count as open no longer.</summary>
    /// <param name="feed">The feed that rejected them.</param>
    /// <param name="file">The file.</param>
    /// <param name="progress">Told of each step; null where nobody listens.</param>
    /// <param name="cancellationToken">Stops the load; nothing of it remains.</param>
    /// <exception cref="UserFaultException">The file is missing or does not fit the feed.</exception>
    public Task<LoadReport> MendAsync(Feed feed, string file, IProgress<LoadProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync([MendedRows.Reading(feed)], file, LoadKind.Mend, progress, cancellationToken);

    private async Task<LoadReport> RunAsync(
        IReadOnlyList<Feed> feeds, string? file, LoadKind kind, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        if (file is not null && feeds.Count != 1)
        {
            throw new WrongCommandException(
                $"A file is read by one feed: name it ('warehouse load FEED --file {file}'). The feeds are {string.Join(", ", feeds.Select(feed => feed.Name))}.");
        }

        var reports = new List<FileReport>();
        var identities = IdentityDefinition.Read(database.Workspace);
        var audits = AuditCatalogue.Read(database.Workspace);
        IReadOnlyList<Rejection> rejections = [];
        IReadOnlyList<AuditResult> results = [];
        var current = 0;
        using var downloads = new Downloads(DownloadLimits, database.Workspace.Definition.Network);
        var generation = await database.PublishAsync(
            "load",
            async (publication, stop) =>
            {
                current = publication.Number - 1;
                var isNew = await CalendarTable.RefreshAsync(publication.Connection, database.Workspace.Definition.Calendar, stop);
                foreach (var feed in feeds)
                {
                    var paths = file is null ? SourceFinder.Find(database.Workspace, feed) : [FileAddress.IsAddress(file) ? file : Path.GetFullPath(file)];
                    var rates = await KnownRates.ReadAsync(publication.Connection, database.Workspace.Definition.Currency, stop);
                    var load = new FeedLoad(database.Workspace, feed, publication, rates, downloads, time, progress);
                    reports.AddRange(await load.RunAsync(paths, stop));
                }

                var resolution = new IdentityResolution(publication, identities);
                if (!isNew && reports.All(report => report.IsKnown) && !await resolution.IsChangedAsync(stop))
                {
                    return false;
                }

                progress?.Report(new LoadProgress("load", null, "resolving persons"));
                await resolution.RunAsync(null, stop);
                if (kind == LoadKind.Mend)
                {
                    await MendedRows.CloseAsync(publication, feeds[0], Path.GetFullPath(file!), stop);
                }

                progress?.Report(new LoadProgress("load", null, "checking"));
                rejections = await Rejects.SummaryAsync(publication, stop);
                results = [.. StopLimits(feeds, reports), .. await AuditRun.RunAsync(publication, audits, stop)];
                if (kind == LoadKind.Trial || results.Any(audit => audit is { IsBroken: true, Severity: AuditSeverity.Stop }))
                {
                    return false;
                }

                progress?.Report(new LoadProgress("load", null, "publishing"));
                current = publication.Number;
                return true;
            },
            cancellationToken);
        return new LoadReport(generation, reports, rejections, results) { Current = current };
    }

    private static IEnumerable<AuditResult> StopLimits(IReadOnlyList<Feed> feeds, List<FileReport> reports) =>
        from feed in feeds
        where feed.StopLimit < 1
        let files = reports.Where(report => report.Feed == feed.Name && !report.IsKnown).ToArray()
        let rejected = files.Sum(report => report.RowsRejected)
        let read = files.Sum(report => report.RowsRead)
        select new AuditResult(
            $"rejected rows of {feed.Name}", null, AuditSeverity.Stop, rejected, read, null, rejected > feed.StopLimit * read);

    private enum LoadKind
    {
        Load,
        Trial,
        Mend,
    }
}
