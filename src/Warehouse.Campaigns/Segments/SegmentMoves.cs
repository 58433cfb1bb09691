using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Campaigns.Segments;

/// <summary>Who joined a segment and who left it between two dates, and by which test.</summary>
/// <param name="Segment">The definition.</param>
/// <param name="Generation">The generation of the warehouse.</param>
/// <param name="From">The earlier date.</param>
/// <param name="To">The later date.</param>
/// <param name="Before">Members at the earlier date.</param>
/// <param name="After">Members at the later date: those before, and who joined, less who left.</param>
/// <param name="Moves">Who joined and who left, the most valuable first.</param>
public sealed record SegmentMoves(
    Segment Segment, int Generation, AsOf From, AsOf To, long Before, long After, IReadOnlyList<SegmentMove> Moves)
{
    /// <summary>Finds the members at both dates and compares.</summary>
    /// <param name="connection">A connection to the warehouse.</param>
    /// <param name="segment">The definition.</param>
    /// <param name="segments">Every segment that it may name.</param>
    /// <param name="earlier">Whose sales are scored, as of the earlier date.</param>
    /// <param name="later">As of the later date.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<SegmentMoves> FindAsync(
        DbConnection connection,
        Segment segment,
        IReadOnlyList<Segment> segments,
        PopulationOptions earlier,
        PopulationOptions later,
        CancellationToken cancellationToken)
    {
        await using (var before = await SegmentPeople.GatherAsync(connection, earlier, cancellationToken))
        {
            await before.FindAsync(segment, segments, cancellationToken, FoundScope.Everybody);
            await connection.ExecuteAsync("CREATE OR REPLACE TEMP TABLE segment_earlier AS FROM temp.segment_found", cancellationToken);
        }

        await using var after = await SegmentPeople.GatherAsync(connection, later, cancellationToken);
        var tests = await after.FindAsync(segment, segments, cancellationToken, FoundScope.Everybody);
        try
        {
            return new SegmentMoves(
                segment,
                after.Generation,
                earlier.AsOf,
                later.AsOf,
                await connection.ScalarAsync<long>("SELECT count(*) FROM temp.segment_earlier WHERE is_member", cancellationToken),
                await connection.ScalarAsync<long>("SELECT count(*) FROM temp.segment_found WHERE is_member", cancellationToken),
                await connection.RowsAsync(
                    SqlFile.Read(typeof(SegmentMoves), "Segments/segment_moved.sql"),
                    row => new SegmentMove(row.GetInt32(0), row.GetString(1), row.GetBoolean(2), row.GetDecimal(3), row.GetString(4)),
                    cancellationToken,
                    ("tests", tests.ToArray())));
        }
        finally
        {
            await connection.ExecuteAsync("DROP TABLE temp.segment_earlier", CancellationToken.None);
        }
    }
}

/// <summary>A customer who joined a segment or left it.</summary>
/// <param name="CustomerKey">The person.</param>
/// <param name="CustomerId">The identifier by which people of the company know the customer.</param>
/// <param name="HasJoined">Whether he joined; else he left.</param>
/// <param name="Value">What the customer is worth at the later date; at the earlier one where he is not known later.</param>
/// <param name="Reason">Which tests hold at one date alone.</param>
public sealed record SegmentMove(int CustomerKey, string CustomerId, bool HasJoined, decimal Value, string Reason);
