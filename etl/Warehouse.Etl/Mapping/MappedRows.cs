using Warehouse.DuckDb;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Mapping.Checks;
using Warehouse.Etl.Staging;
using Warehouse.Store;

namespace Warehouse.Etl.Mapping;

/// <summary>Maps the rows of a feed's sources into <c>temp.mapped</c>, each source after the other.</summary>
internal sealed class MappedRows
{
    private readonly Feed _feed;
    private readonly Workspace _workspace;
    private readonly TimeZoneInfo _businessZone;
    private readonly IReadOnlyList<MappedColumn> _columns;
    private readonly IReadOnlyList<RowCheck> _checks;
    private readonly RowSieve? _seen;
    private KnownLookups? _lookups;
    private long _count;

    public MappedRows(Feed feed, Workspace workspace, KnownRates rates, DateTimeOffset now)
    {
        _feed = feed;
        _workspace = workspace;
        _businessZone = workspace.Definition.TimeZone;
        _columns = MappedColumn.Of(feed, _businessZone.Id);
        _checks = FeedChecks.Of(feed, _columns, workspace.Definition.Calendar, rates, now);
        _seen = feed.RejectsDuplicates ? new RowSieve() : null;
        Table = new MappedTable(feed, _columns);
    }

    /// <summary>The table's SQL.</summary>
    public MappedTable Table { get; }

    /// <summary>The checks, in the order in which they are made.</summary>
    public IEnumerable<Check> Checks => _checks.Select(check => check.Check);

    /// <summary>Adds the rows of a source and gives their number.</summary>
    /// <param name="connection">The connection that sees the table.</param>
    /// <param name="source">The source.</param>
    /// <param name="loadKey">The load that the rows belong to.</param>
    /// <param name="setAside">Takes the records that cannot be read.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<long> AddAsync(
        DuckDBConnection connection, IRowSource source, int loadKey, Action<BrokenRecord> setAside, CancellationToken cancellationToken)
    {
        var before = _count;
        _lookups ??= await KnownLookups.ReadAsync(_workspace, _feed, cancellationToken);
        var mapper = new RowMapper(_feed, _columns, _checks, _lookups, source.Header, _businessZone);
        using var appender = connection.CreateAppender("temp", null, "mapped");
        var writer = new MappedWriter(appender, _feed, _columns, source.Header, loadKey, _count, _seen);
        await OrderedWork.RunAsync(
            source.Read(cancellationToken),
            mapper.Map,
            block =>
            {
                using (block)
                {
                    writer.Write(block);
                    block.Records.Broken.ForEach(setAside);
                    _count += block.Records.Count;
                }
            },
            cancellationToken);
        appender.Close();
        return _count - before;
    }
}
