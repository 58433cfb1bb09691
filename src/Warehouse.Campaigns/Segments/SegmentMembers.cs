using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Campaigns.Segments;

/// <summary>Who is in a segment as of a date, and why.</summary>
/// <param name="Segment">The definition.</param>
/// <param name="Generation">The generation of the warehouse that it was found in.</param>
/// <param name="AsOf">The date.</param>
/// <param name="Revenue">What the members have brought, returns taken off.</param>
/// <param name="Members">The members, the most valuable first.</param>
public sealed record SegmentMembers(
    Segment Segment, int Generation, AsOf AsOf, decimal Revenue, IReadOnlyList<SegmentMember> Members)
{
    /// <summary>Finds the members.</summary>
    /// <param name="connection">A connection to the warehouse.</param>
    /// <param name="segment">The definition.</param>
    /// <param name="segments">Every segment that it may name.</param>
    /// <param name="options">Whose sales are scored, and as of when.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<SegmentMembers> FindAsync(
        DbConnection connection, Segment segment, IReadOnlyList<Segment> segments, PopulationOptions options, CancellationToken cancellationToken)
    {
        await using var people = await SegmentPeople.GatherAsync(connection, options, cancellationToken);
        await people.FindAsync(segment, segments, cancellationToken);
        var (_, revenue) = await people.SumsAsync(cancellationToken);
        return new SegmentMembers(segment, people.Generation, options.AsOf, revenue, await people.MembersAsync(long.MaxValue, cancellationToken));
    }
}

/// <summary>A member of a segment.</summary>
/// <param name="CustomerKey">The person.</param>
/// <param name="CustomerId">The identifier by which people of the company know the customer.</param>
/// <param name="Country">Where the customer lives; null where it is not known.</param>
/// <param name="RecencyDays">Days from the last purchase to the date; null where there is none.</param>
/// <param name="Orders">Orders with a purchase.</param>
/// <param name="Value">What the customer is worth by the population's measure.</param>
/// <param name="Reason">Why the customer is in it.</param>
public sealed record SegmentMember(
    int CustomerKey, string CustomerId, string? Country, int? RecencyDays, long Orders, decimal Value, string Reason)
{
    internal static SegmentMember Read(DbDataReader row) => new(
        row.GetInt32(0), row.GetString(1), row.TextOrNull(2), row.ValueOrNull<int>(3), row.GetInt64(4), row.GetDecimal(5), row.GetString(6));
}
