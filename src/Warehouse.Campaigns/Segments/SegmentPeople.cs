using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Analysis.Rfm;
using Warehouse.Analysis.ValueTiers;
using Warehouse.Store;

namespace Warehouse.Campaigns.Segments;

/// <summary>
/// The customers of a date with their scores, gathered once into <c>temp.segment_person</c> of a connection, for as long as
/// this lives; any number of segments can be found among them, each into <c>temp.segment_found</c>. A build stores them
/// (<c>mart.segment_person</c>), and they are not gathered again before a customer changes.
/// </summary>
internal sealed class SegmentPeople : IAsyncDisposable
{
    /// <summary>Whether everybody's sums fit the narrow type in which they are stored; wide sums take a hundred times as long to read.</summary>
    private const string FitSql = "SELECT count(*) = 0 FROM temp.segment_gathered WHERE greatest(abs(value), abs(revenue)) >= 100000000000000";

    private readonly DbConnection _connection;
    private readonly AsOf _asOf;
    private readonly string _definition;
    private readonly bool _isStored;

    private SegmentPeople(DbConnection connection, PopulationOptions options, int generation, bool isStored) =>
        (_connection, _asOf, _definition, Generation, _isStored) = (connection, options.AsOf, DefinitionOf(options), generation, isStored);

    /// <summary>The generation that they were gathered from.</summary>
    public int Generation { get; }

    /// <summary>Gathers them, or takes those that a build stored since the last change of any customer.</summary>
    public static async Task<SegmentPeople> GatherAsync(DbConnection connection, PopulationOptions options, CancellationToken cancellationToken)
    {
        if (await IsStoredAsync(connection, options, cancellationToken))
        {
            await connection.ExecuteAsync("CREATE OR REPLACE TEMP VIEW segment_person AS FROM mart.segment_person", cancellationToken);
            return new SegmentPeople(connection, options, (await Store.Generation.CurrentAsync(connection, cancellationToken)).Number, isStored: true);
        }

        await using var sales = await CustomerSales.GatherAsync(connection, options, cancellationToken);
        await using var scores = await RfmScores.ComputeAsync(sales, new RfmOptions(options), cancellationToken);
        await using var tiers = await CustomerTiers.ComputeAsync(sales, new TierOptions(options), cancellationToken);
        await connection.ExecuteAsync(
            SqlFile.Read(typeof(SegmentPeople), "Segments/segment_person.sql"),
            cancellationToken,
            ("ends_at", options.AsOf.End),
            ("known_before", options.AsOf.KnownBefore),
            ("as_of", options.AsOf.Date));
        await connection.ExecuteAsync("CREATE OR REPLACE TEMP VIEW segment_person AS FROM temp.segment_gathered", cancellationToken);
        return new SegmentPeople(connection, options, sales.Generation, isStored: false);
    }

    /// <summary>Stores them in place of those before, so that what is asked of them next need not gather them.</summary>
    /// <param name="generation">The generation that is being made.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Whether they were stored now: false where they are already, or where somebody's sums are too wide.</returns>
    public async Task<bool> StoreAsync(int generation, CancellationToken cancellationToken)
    {
        if (_isStored)
        {
            return false;
        }

        await _connection.ExecuteAsync("DELETE FROM mart.segment_population; DELETE FROM mart.segment_person", cancellationToken);
        if (!await _connection.ScalarAsync<bool>(FitSql, cancellationToken))
        {
            return false;
        }

        await _connection.ExecuteAsync("INSERT INTO mart.segment_person BY NAME FROM temp.segment_gathered", cancellationToken);
        await _connection.ExecuteAsync(
            "INSERT INTO mart.segment_population VALUES ($as_of, $definition, $generation)",
            cancellationToken,
            ("as_of", _asOf.Date),
            ("definition", _definition),
            ("generation", generation));
        return true;
    }

    private static string DefinitionOf(PopulationOptions options) =>
        $"measure={options.Measure}; returns={options.Returns}; window={options.Window}; hindsight={options.AsOf.HasHindsight}; ends={options.AsOf.End:O}";

    /// <summary>Builds of segments and launches of campaigns change no customer; whatever else makes a generation may.</summary>
    private static Task<bool> IsStoredAsync(DbConnection connection, PopulationOptions options, CancellationToken cancellationToken) =>
        connection.ScalarAsync<bool>(
            $"""
            SELECT count(*) > 0
            FROM mart.segment_population AS stored
            WHERE stored.as_of = $as_of AND stored.definition = $definition
              AND NOT EXISTS (
                  FROM ops.generation AS later
                  WHERE later.generation > stored.generation
                    AND NOT starts_with(later.reason, '{SegmentBuild.Reason}') AND NOT starts_with(later.reason, '{Launches.CampaignLaunch.Reason}'))
            """,
            cancellationToken,
            ("as_of", options.AsOf.Date),
            ("definition", DefinitionOf(options)));

    /// <summary>Finds the members, or takes those that a build of these people stored, and gives the tests of the segment in words.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="segments">Every segment that it may name.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <param name="scope">Who is wanted, and with what.</param>
    public async Task<IReadOnlyList<string>> FindAsync(
        Segment segment, IReadOnlyList<Segment> segments, CancellationToken cancellationToken, FoundScope scope = FoundScope.Members)
    {
        if (scope is FoundScope.Members or FoundScope.Keys && (await BuildsAsync(cancellationToken)).TryGetValue((segment.Name, segment.Hash), out var build))
        {
            await _connection.ExecuteAsync(
                """
                CREATE OR REPLACE TEMP TABLE segment_found AS
                SELECT person.customer_key, person.value, person.revenue, member.reason, true AS is_member
                FROM mart.segment_member AS member
                JOIN mart.segment_person AS person ON person.customer_key = member.customer_key
                WHERE member.build_key = $build
                """,
                cancellationToken,
                ("build", build));
            return [.. segment.Where.Tests().Select(test => test.Words)];
        }

        var (sql, values, tests) = SegmentSql.Write(segment, segments, await MeasuresAsync([segment], segments, cancellationToken), _asOf, scope);
        await _connection.ExecuteAsync($"CREATE OR REPLACE TEMP TABLE segment_found AS\n{sql}", cancellationToken, values);
        return tests;
    }

    /// <summary>Counts the members of a segment and whom it shares with others, and finds the most valuable of its members.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="others">The others.</param>
    /// <param name="segments">Every segment that they may name.</param>
    /// <param name="most">At most so many of the most valuable.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<(long Members, decimal Revenue, IReadOnlyList<SegmentOverlap> Overlaps, int[] Best)> CountAsync(
        Segment segment, IReadOnlyList<Segment> others, IReadOnlyList<Segment> segments, int most, CancellationToken cancellationToken)
    {
        var builds = await BuildsAsync(cancellationToken);
        var found = others.Select(other => (Segment: other, Build: builds.TryGetValue((other.Name, other.Hash), out var build) ? build : (int?)null)).ToArray();
        var measures = await MeasuresAsync([segment, .. found.Where(other => other.Build is null).Select(other => other.Segment)], segments, cancellationToken);
        var (sql, values) = SegmentSql.WriteCounts(segment, found, segments, measures, _asOf, most);
        return (await _connection.RowsAsync(
            sql,
            row => (
                row.GetInt64(0),
                row.GetDecimal(1),
                (IReadOnlyList<SegmentOverlap>)[.. others.Select((other, place) => new SegmentOverlap(other.Name, row.GetInt64(3 + (2 * place)), row.GetInt64(4 + (2 * place))))],
                row.GetFieldValue<List<int>>(2).ToArray()),
            cancellationToken,
            values))[0];
    }

    /// <summary>Finds members among few people, with the reasons: they are then those that were found last.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="segments">Every segment that it may name.</param>
    /// <param name="few">Members of it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task ExplainAsync(Segment segment, IReadOnlyList<Segment> segments, int[] few, CancellationToken cancellationToken)
    {
        await _connection.ExecuteAsync(
            """
            CREATE OR REPLACE TEMP TABLE segment_few AS SELECT unnest(CAST($few AS INTEGER[])) AS customer_key;
            CREATE OR REPLACE TEMP VIEW segment_few_consent AS FROM star.customer_consent WHERE customer_key IN (FROM temp.segment_few)
            """,
            cancellationToken,
            ("few", few));
        await FindAsync(segment, segments, cancellationToken, FoundScope.Few);
        await _connection.ExecuteAsync("DROP VIEW temp.segment_few_consent; DROP TABLE temp.segment_few", cancellationToken);
    }

    /// <summary>The stored memberships, by name and definition, of these people: since then nothing but memberships was stored.</summary>
    private async Task<Dictionary<(string Segment, string Definition), int>> BuildsAsync(CancellationToken cancellationToken) => !_isStored ? [] :
        (await _connection.RowsAsync(
            $"""
            SELECT build.segment, build.definition, max(build.build_key)
            FROM mart.segment_build AS build
            JOIN mart.segment_population AS population ON population.as_of = build.as_of AND population.generation <= build.generation + 1
            WHERE NOT EXISTS (
                FROM ops.generation AS later WHERE later.generation > build.generation AND NOT starts_with(later.reason, '{SegmentBuild.Reason}'))
            GROUP BY ALL
            """,
            row => (Segment: row.GetString(0), Definition: row.GetString(1), Key: row.GetInt32(2)),
            cancellationToken)).ToDictionary(build => (build.Segment, build.Definition), build => build.Key);

    /// <summary>The tables that hold what the segments ask of cubes.</summary>
    private async Task<Dictionary<Measured, string>> MeasuresAsync(
        IEnumerable<Segment> asking, IReadOnlyList<Segment> segments, CancellationToken cancellationToken)
    {
        var measures = new Dictionary<Measured, string>();
        foreach (var (cubes, measured) in asking.SelectMany(segment => segment.Measures(segments).Select(measured => (segment.Cubes, measured))))
        {
            if (!measures.ContainsKey(measured))
            {
                measures.Add(measured, FormattableString.Invariant($"temp.segment_measure_{measures.Count}"));
                await cubes.FillAsync(_connection, measures[measured], measured, _asOf, cancellationToken);
            }
        }

        return measures;
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
        await _connection.ExecuteAsync("DROP TABLE IF EXISTS temp.segment_found; DROP VIEW IF EXISTS temp.segment_person; DROP TABLE IF EXISTS temp.segment_gathered", CancellationToken.None);
}
