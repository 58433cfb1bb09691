using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Mapping.Checks;
using Warehouse.Etl.Quality;
using Warehouse.Etl.Staging;
using Warehouse.Store;

namespace Warehouse.Etl.Loading;

/// <summary>
/// Loads feeds into the star. All that one call loads becomes visible as one generation, or nothing does. A file that
/// was loaded before, recognised by its content, is not loaded again.
/// </summary>
public sealed class Loader(WarehouseDatabase database, TimeProvider time)
{
    /// <summary>Loads feeds.</summary>
    /// <param name="feeds">The feeds in the order of loading, as <see cref="FeedCatalogue"/> gives them.</param>
    /// <param name="file">A file to read in place of the one feed's own; null reads the feeds' own.</param>
    /// <param name="progress">Told of each step; null where nobody listens.</param>
    /// <param name="cancellationToken">Stops the load; nothing of it remains.</param>
    /// <exception cref="UserFaultException">A file is missing or does not fit its feed.</exception>
    /// <exception cref="WrongCommandException">A file is given for more than one feed.</exception>
    public Task<LoadReport> LoadAsync(
        IReadOnlyList<Feed> feeds, string? file, IProgress<LoadProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(feeds, file, isTrial: false, progress, cancellationToken);

    /// <summary>Does all that <see cref="LoadAsync"/> would do, tells what would come of it, and leaves the warehouse as it was.</summary>
    /// <inheritdoc cref="LoadAsync"/>
    public Task<LoadReport> TryAsync(
        IReadOnlyList<Feed> feeds, string? file, IProgress<LoadProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(feeds, file, isTrial: true, progress, cancellationToken);

    private async Task<LoadReport> RunAsync(
        IReadOnlyList<Feed> feeds, string? file, bool isTrial, IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
    {
        if (file is not null && feeds.Count != 1)
        {
            throw new WrongCommandException(
                $"A file is read by one feed: name it ('warehouse load FEED --file {file}'). The feeds are {string.Join(", ", feeds.Select(feed => feed.Name))}.");
        }

        var reports = new List<FileReport>();
        IReadOnlyList<Rejection> rejections = [];
        var generation = await database.PublishAsync(
            "load",
            async (publication, stop) =>
            {
                var isNew = await CalendarTable.RefreshAsync(publication.Connection, database.Workspace.Definition.Calendar, stop);
                foreach (var feed in feeds)
                {
                    var paths = file is null ? SourceFinder.Find(database.Workspace, feed) : [Path.GetFullPath(file)];
                    var rates = await KnownRates.ReadAsync(publication.Connection, database.Workspace.Definition.Currency, stop);
                    var load = new FeedLoad(database.Workspace, feed, publication, rates, time, progress);
                    reports.AddRange(await load.RunAsync(paths, stop));
                }

                rejections = await Rejects.SummaryAsync(publication, stop);
                return !isTrial && (isNew || reports.Any(report => !report.IsKnown));
            },
            cancellationToken);
        return new LoadReport(generation, reports, rejections);
    }
}
