using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Analysis.Rfm;
using Warehouse.Analysis.ValueTiers;
using Warehouse.Store;

namespace Warehouse.Campaigns.Segments;

/// <summary>
/// The customers of a date with their scores, gathered once into <c>temp.segment_person</c> of a connection, for as long as
/// this lives; any number of segments can be found among them, each into <c>temp.segment_found</c>.
/// </summary>
internal sealed class SegmentPeople : IAsyncDisposable
{
    private readonly DbConnection _connection;
    private readonly AsOf _asOf;

    private SegmentPeople(DbConnection connection, AsOf asOf, int generation) => (_connection, _asOf, Generation) = (connection, asOf, generation);

    /// <summary>The generation that they were gathered from.</summary>
    public int Generation { get; }

    public static async Task<SegmentPeople> GatherAsync(DbConnection connection, PopulationOptions options, CancellationToken cancellationToken)
    {
        await using var sales = await CustomerSales.GatherAsync(connection, options, cancellationToken);
        await using var scores = await RfmScores.ComputeAsync(sales, new RfmOptions(options), cancellationToken);
        await using var tiers = await CustomerTiers.ComputeAsync(sales, new TierOptions(options), cancellationToken);
        await connection.ExecuteAsync(
            SqlFile.Read(typeof(SegmentPeople), "Segments/segment_person.sql"),
            cancellationToken,
            ("ends_at", options.AsOf.End),
            ("as_of", options.AsOf.Date));
        return new SegmentPeople(connection, options.AsOf, sales.Generation);
    }

    /// <summary>Decides about every customer, and gives the tests of the segment in words.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(Segment segment, IReadOnlyList<Segment> segments, CancellationToken cancellationToken)
    {
        var (sql, parameters, tests) = SegmentSql.Write(segment, segments, _asOf);
        await _connection.ExecuteAsync(sql, cancellationToken, parameters);
        return tests;
    }

    /// <summary>The members that were found last.</summary>
    public async Task<SegmentMembers> MembersAsync(Segment segment, CancellationToken cancellationToken) => new(
        segment,
        Generation,
        _asOf,
        await _connection.ScalarAsync<decimal>(
            "SELECT coalesce(sum(revenue), 0)::DECIMAL(38,4) FROM temp.segment_found WHERE is_member", cancellationToken),
        await _connection.RowsAsync(
            """
            SELECT person.customer_key, person.customer_id, person.country, person.recency_days, person.orders, person.value, found.reason
            FROM temp.segment_found AS found
            JOIN temp.segment_person AS person ON person.customer_key = found.customer_key
            WHERE found.is_member
            ORDER BY person.value DESC, person.customer_key
            """,
            SegmentMember.Read,
            cancellationToken));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await _connection.ExecuteAsync("DROP TABLE IF EXISTS temp.segment_found; DROP TABLE IF EXISTS temp.segment_person", CancellationToken.None);
}
