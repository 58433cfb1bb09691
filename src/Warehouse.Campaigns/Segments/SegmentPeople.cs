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
            ("known_before", options.AsOf.KnownBefore),
            ("as_of", options.AsOf.Date));
        return new SegmentPeople(connection, options.AsOf, sales.Generation);
    }

    /// <summary>Finds the members, and gives the tests of the segment in words.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="segments">Every segment that it may name.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <param name="isOfAll">Whether everybody else is wanted, too, with is_member false.</param>
    public async Task<IReadOnlyList<string>> FindAsync(
        Segment segment, IReadOnlyList<Segment> segments, CancellationToken cancellationToken, bool isOfAll = false)
    {
        var measures = new Dictionary<Measured, string>();
        foreach (var measured in segment.Measures(segments))
        {
            if (measures.TryAdd(measured, FormattableString.Invariant($"temp.segment_measure_{measures.Count}")))
            {
                await segment.Cubes.FillAsync(_connection, measures[measured], measured, _asOf, cancellationToken);
            }
        }

        var (sql, values, tests) = SegmentSql.Write(segment, segments, measures, _asOf, isOfAll);
        await _connection.ExecuteAsync($"CREATE OR REPLACE TEMP TABLE segment_found AS\n{sql}", cancellationToken, values);
        foreach (var table in measures.Values)
        {
            await _connection.ExecuteAsync($"DROP TABLE {table}", cancellationToken);
        }

        return tests;
    }

    /// <summary>How many members were found last, and what they have brought.</summary>
    public async Task<(long Members, decimal Revenue)> SumsAsync(CancellationToken cancellationToken) => (await _connection.RowsAsync(
        "SELECT count(*), coalesce(sum(revenue), 0)::DECIMAL(38,4) FROM temp.segment_found WHERE is_member",
        row => (row.GetInt64(0), row.GetDecimal(1)),
        cancellationToken))[0];

    /// <summary>The members that were found last, the most valuable first.</summary>
    /// <param name="most">At most so many.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public Task<List<SegmentMember>> MembersAsync(long most, CancellationToken cancellationToken) => _connection.RowsAsync(
        """
        SELECT person.customer_key, person.customer_id, person.country, person.recency_days, person.orders, person.value, found.reason
        FROM (FROM temp.segment_found WHERE is_member ORDER BY value DESC, customer_key LIMIT $most) AS found
        JOIN temp.segment_person AS person ON person.customer_key = found.customer_key
        ORDER BY person.value DESC, person.customer_key
        """,
        SegmentMember.Read,
        cancellationToken,
        ("most", most));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await _connection.ExecuteAsync("DROP TABLE IF EXISTS temp.segment_found; DROP TABLE IF EXISTS temp.segment_person", CancellationToken.None);
}
