using Warehouse.DuckDb;
using Warehouse.Etl.Conform;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Mapping;
using Warehouse.Etl.Mapping.Checks;
using Warehouse.Etl.Quality;
using Warehouse.Etl.Staging;
using Warehouse.Etl.Staging.Remote;
using Warehouse.Etl.Star;
using Warehouse.Etl.Targets;
using Warehouse.Store;

namespace Warehouse.Etl.Loading;

/// <summary>
/// One feed's part of a generation: its new files are read and mapped, one after the other; rows that fail a check
/// are kept apart; the others go through the targets' SQL into the star.
/// </summary>
internal sealed class FeedLoad(
    Workspace workspace, Feed feed, Publication publication, KnownRates rates, Downloads downloads, TimeProvider time, IProgress<LoadProgress>? progress)
{
    private readonly MappedRows _mapped = new(feed, workspace, rates, publication.StartedAt);
    private readonly List<FileReport> _known = [];
    private readonly List<ReadFile> _read = [];
    private IReadOnlyList<FactOutcome>? _outcomes;

    /// <summary>Loads the files that were not loaded before; where there are none, the feed's database.</summary>
    public async Task<IReadOnlyList<FileReport>> RunAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var connection = publication.Connection;
        await connection.ExecuteAsync(_mapped.Table.Create(), cancellationToken);
        await connection.ExecuteAsync("CREATE OR REPLACE TEMP TABLE staged_file (load_key INTEGER, source VARCHAR)", cancellationToken);
        if (paths.Count == 0)
        {
            await ReadDatabaseAsync(cancellationToken);
        }

        foreach (var path in paths)
        {
            await (FileAddress.IsAddress(path) ? ReadRemoteAsync(FileAddress.Read(path), cancellationToken) : ReadAsync(path, cancellationToken));
        }

        if (_read.Count == 0)
        {
            return _known;
        }

        await DuplicateRows.RejectAsync(publication, feed, cancellationToken);
        await ForgottenRows.ApplyAsync(publication, feed, cancellationToken);
        await FirstRows.RequireAsync(publication, feed, cancellationToken);
        await Rejects.WriteMappedAsync(publication, feed, _mapped.Checks, cancellationToken);
        await FillStarAsync(cancellationToken);
        return [.. _known, .. await RecordAsync(cancellationToken)];
    }

    private async Task ReadAsync(string path, CancellationToken cancellationToken)
    {
        var connection = publication.Connection;
        progress?.Report(new LoadProgress(feed.Name, workspace.NameOf(path), "reading"));
        var started = time.GetUtcNow();
        if (await LoadRegister.RowsOfUntouchedAsync(connection, feed, SourceInspection.Glance(workspace, path), cancellationToken) is { } untouched)
        {
            Recognise(workspace.NameOf(path), untouched);
            return;
        }

        await ReadNewAsync(await SourceInspection.RunAsync(workspace.NameOf(path), feed, path, cancellationToken), started, cancellationToken);
    }

    private async Task ReadRemoteAsync(FileAddress address, CancellationToken cancellationToken)
    {
        progress?.Report(new LoadProgress(feed.Name, address.Name, "fetching"));
        var started = time.GetUtcNow();
        var known = await LoadRegister.RemoteVersionAsync(publication.Connection, feed, address, cancellationToken);
        using var file = await downloads.FetchAsync(address, known?.Version, cancellationToken);
        if (file is null)
        {
            Recognise(address.Name, known!.Value.Rows);
            return;
        }

        progress?.Report(new LoadProgress(feed.Name, address.Name, "reading"));
        var source = await SourceInspection.RunAsync(address.Name, feed, file.Path, cancellationToken);
        await ReadNewAsync(source with { File = source.File with { WrittenAt = null, RemoteVersion = file.Version.ToText() } }, started, cancellationToken);
    }

    /// <summary>Reads a file, unless its content was read before.</summary>
    private async Task ReadNewAsync(SourceInspection source, DateTimeOffset started, CancellationToken cancellationToken)
    {
        var connection = publication.Connection;
        if ((_read.Find(other => other.File.ContentHash == source.File.ContentHash)?.Rows
            ?? await LoadRegister.RowsOfAsync(connection, feed, source.File, cancellationToken)) is { } rows)
        {
            Recognise(source.File.Name, rows);
            return;
        }

        await using var records = await RowSources.OpenAsync(source, feed, cancellationToken);
        await TakeAsync(source.File, records, started, cancellationToken);
        source.RequireUnchanged();
    }

    private async Task ReadDatabaseAsync(CancellationToken cancellationToken)
    {
        var connection = publication.Connection;
        var started = time.GetUtcNow();
        await using var records = await PostgresRows.OpenAsync(
            feed.Source,
            await LoadRegister.WatermarkAsync(connection, feed, cancellationToken),
            canRepeat: feed.Fills.All(fill => fill.Target.Fact is null || fill.Corrects),
            cancellationToken);
        progress?.Report(new LoadProgress(feed.Name, records.File.Name, "reading"));
        RowSources.RequireColumns(feed, records.File.Name, records.Header);
        if (await LoadRegister.RowsOfAsync(connection, feed, records.File, cancellationToken) is { } rows)
        {
            Recognise(records.File.Name, rows);
            return;
        }

        await TakeAsync(records.File, records, started, cancellationToken);
        if (_read[^1] is { Rows: 0, File.Watermark: not null })
        {
            _read.Clear();
            Recognise(records.File.Name, 0);
        }
    }

    private void Recognise(string name, long rows) =>
        _known.Add(new FileReport(feed.Name, name, rows, 0, 0, 0, 0, rows, IsKnown: true, IsBeyondLimit: false));

    /// <summary>Maps the rows of a source, and keeps its broken records.</summary>
    private async Task TakeAsync(SourceFile file, IRowSource records, DateTimeOffset started, CancellationToken cancellationToken)
    {
        var connection = publication.Connection;
        var broken = new List<BrokenRecord>();
        var key = await LoadRegister.NextKeyAsync(connection, cancellationToken) + _read.Count;
        await connection.ExecuteAsync(
            "INSERT INTO temp.staged_file VALUES ($load_key, $source)", cancellationToken, ("load_key", key), ("source", file.Name));
        try
        {
            var mapped = await _mapped.AddAsync((DuckDBConnection)connection, records, key, broken.Add, cancellationToken);
            _read.Add(new ReadFile(file, key, started, mapped + broken.Count));
        }
        catch (Exception fault) when (SourceFault.IsOfSource(fault))
        {
            throw SourceFault.Of(file.Name, fault);
        }

        await Rejects.WriteBrokenAsync(publication, feed, file, key, broken, cancellationToken);
    }

    private async Task FillStarAsync(CancellationToken cancellationToken)
    {
        var connection = publication.Connection;
        foreach (var (fill, place) in feed.Fills.Select((fill, place) => (fill, place)).OrderBy(pair => TargetCatalogue.Rank(pair.fill.Target)))
        {
            progress?.Report(new LoadProgress(feed.Name, null, $"filling {fill.Target.Name}"));
            await WriteContextAsync(cancellationToken);
            await connection.ExecuteAsync(_mapped.Table.View(place), cancellationToken);
            await PrepareAsync(fill, place, cancellationToken);
            if (FactTable.Of(fill.Target) is { } fact)
            {
                var outcomes = fill.Target.Deletes is null
                    ? await new FactFill(connection, feed, place, fact).RunAsync(cancellationToken)
                    : await new FactDeletion(connection, feed, fill, fact).RunAsync(cancellationToken);
                _outcomes ??= outcomes;
                if (fill.Target == TargetCatalogue.Touch)
                {
                    await connection.ExecuteAsync(SqlFile.Read(typeof(FeedLoad), "Conform/unsubscribed.sql"), cancellationToken);
                }

                continue;
            }

            foreach (var step in fill.Target.Steps)
            {
                progress?.Report(new LoadProgress(feed.Name, null, $"running {step}"));
                await connection.ExecuteAsync(SqlFile.Read(typeof(FeedLoad), step), cancellationToken);
            }
        }
    }

    private async Task WriteContextAsync(CancellationToken cancellationToken)
    {
        await publication.Connection.ExecuteAsync(
            """
            CREATE OR REPLACE TEMP TABLE load_context (
                generation INTEGER, known_at TIMESTAMPTZ, reporting_currency VARCHAR, is_known_at_event BOOLEAN)
            """,
            cancellationToken);
        await publication.Connection.ExecuteAsync(
            "INSERT INTO temp.load_context VALUES ($generation, $known_at, $reporting_currency, $is_known_at_event)",
            cancellationToken,
            ("generation", publication.Number),
            ("known_at", publication.StartedAt),
            ("reporting_currency", workspace.Definition.Currency),
            ("is_known_at_event", feed.IsKnownAtEvent));
    }

    /// <summary>Makes the views that only some targets' SQL reads.</summary>
    private async Task PrepareAsync(FeedTarget fill, int place, CancellationToken cancellationToken)
    {
        var connection = publication.Connection;
        if (fill.Target == TargetCatalogue.Sale)
        {
            var isGiven = fill.Mappings.Any(mapping => mapping.Column.Name == "line_id");
            await connection.ExecuteAsync(
                SqlFile.Read(typeof(FeedLoad), isGiven ? "Star/sale_line.given.sql" : "Star/sale_line.numbered.sql"), cancellationToken);
        }

        if (fill.Target.KeepsRecords)
        {
            await connection.ExecuteAsync(RecordViews.Of(fill), cancellationToken);
        }

        if (fill.Target == TargetCatalogue.Customer)
        {
            await PrepareIdentifiersAsync(fill, place, cancellationToken);
        }
        else if (fill.Target.Columns.Any(column => column is { Name: "customer", Kind: ColumnKind.Customer }))
        {
            await connection.ExecuteAsync(
                $"CREATE OR REPLACE TEMP VIEW mapped_reference AS SELECT load_key, source_line, customer, customer_identity FROM temp.mapped_{fill.Target.Name}",
                cancellationToken);
        }
    }

    private async Task PrepareIdentifiersAsync(FeedTarget fill, int place, CancellationToken cancellationToken)
    {
        var connection = publication.Connection;
        await connection.ExecuteAsync("CREATE OR REPLACE TEMP TABLE identifier_kind (number INTEGER, identity VARCHAR, ties BOOLEAN)", cancellationToken);
        foreach (var (identifier, number) in fill.Identifiers.Select((identifier, number) => (identifier, number)))
        {
            await connection.ExecuteAsync(
                "INSERT INTO temp.identifier_kind VALUES ($number, $identity, $ties)",
                cancellationToken,
                ("number", number),
                ("identity", identifier.Identity),
                ("ties", identifier.Ties));
        }

        await connection.ExecuteAsync(_mapped.Table.IdentifierView(place), cancellationToken);
    }

    private async Task<IReadOnlyList<FileReport>> RecordAsync(CancellationToken cancellationToken)
    {
        var reports = new List<FileReport>();
        foreach (var file in _read)
        {
            var rejected = await publication.Connection.ScalarAsync<long>(
                "SELECT count(*) FROM quality.reject WHERE load_key = $load_key", cancellationToken, ("load_key", file.Key));
            var good = await publication.Connection.ScalarAsync<long>(
                "SELECT count(*) FROM temp.mapped WHERE load_key = $load_key AND fault = 0", cancellationToken, ("load_key", file.Key));
            var leftOut = await publication.Connection.ScalarAsync<long>(
                "SELECT count(*) FROM temp.mapped WHERE load_key = $load_key AND fault = $fault", cancellationToken, ("load_key", file.Key), ("fault", RowFilter.LeftOut));
            var outcome = _outcomes?.FirstOrDefault(fact => fact.LoadKey == file.Key) ?? new FactOutcome(file.Key, good, 0, 0, 0, 0);
            var loaded = good - outcome.Corrected - outcome.Deleted - outcome.Known;
            var report = new FileReport(
                feed.Name, file.File.Name, file.Rows, loaded, outcome.Corrected, outcome.Deleted, rejected, outcome.Known,
                IsKnown: false, rejected > feed.RejectLimit * file.Rows)
            {
                RowsLeftOut = leftOut,
                RowsWithdrawn = outcome.Withdrawn,
            };
            await LoadRegister.RecordAsync(
                publication, file.Key, feed, file.File, report, file.StartedAt, time.GetUtcNow(), cancellationToken);
            reports.Add(report);
        }

        return reports;
    }

    private sealed record ReadFile(SourceFile File, int Key, DateTimeOffset StartedAt, long Rows);
}
