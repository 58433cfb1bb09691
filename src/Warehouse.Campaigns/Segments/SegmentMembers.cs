using System.Data.Common;
using Warehouse.Analysis.Rfm;
using Warehouse.Store;

namespace Warehouse.Campaigns.Segments;

/// <summary>Who is in a segment as of a date, and why.</summary>
/// <param name="Segment">The definition.</param>
/// <param name="Scores">The scores that it was decided by: generation, date, population.</param>
/// <param name="Members">The members, the most valuable first.</param>
public sealed record SegmentMembers(Segment Segment, RfmResult Scores, IReadOnlyList<SegmentMember> Members)
{
    /// <summary>Finds the members.</summary>
    /// <param name="connection">A connection to the warehouse.</param>
    /// <param name="segment">The definition.</param>
    /// <param name="options">Whose sales are scored, and as of when.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<SegmentMembers> FindAsync(
        DbConnection connection, Segment segment, RfmOptions options, CancellationToken cancellationToken)
    {
        await using var scores = await RfmAnalysis.ScoreAsync(connection, options, cancellationToken);
        var reachable = await connection.RowsAsync(
            SqlFile.Read(typeof(SegmentMembers), "Segments/reachable.sql"),
            row => (Key: row.GetInt32(0), Country: row.TextOrNull(1), Consent: row.TextOrNull(2)),
            cancellationToken,
            ("known_before", options.Population.AsOf.End),
            ("channel", segment.Consent ?? ""));
        var about = reachable.ToDictionary(person => person.Key);
        var members = new List<SegmentMember>();
        await foreach (var customer in scores.CustomersAsync(cancellationToken))
        {
            about.TryGetValue(customer.CustomerKey, out var person);
            if ((segment.RfmSegments.Count == 0 || segment.RfmSegments.Contains(customer.Segment))
                && (segment.Countries.Count == 0 || segment.Countries.Contains(person.Country))
                && (segment.Consent is null || person.Consent is not null))
            {
                members.Add(new SegmentMember(customer, person.Country, Reason(segment, customer, person.Country, person.Consent)));
            }
        }

        return new SegmentMembers(
            segment,
            scores.Result,
            [.. members.OrderByDescending(member => member.Scores.Monetary).ThenBy(member => member.Scores.CustomerKey)]);
    }

    private static string Reason(Segment segment, RfmCustomer customer, string? country, string? consent)
    {
        var reasons = new List<string>
        {
            FormattableString.Invariant(
                $"{customer.Segment ?? "no segment"} (R {customer.RecencyScore}, F {customer.FrequencyScore}, M {customer.MonetaryScore}): last bought {customer.RecencyDays} days before"),
        };
        if (segment.Countries.Count > 0)
        {
            reasons.Add($"lives in {country}");
        }

        if (segment.Consent is not null)
        {
            reasons.Add($"allowed {segment.Consent} on {consent}");
        }

        return string.Join("; ", reasons);
    }
}

/// <summary>A member of a segment.</summary>
/// <param name="Scores">The customer's scores.</param>
/// <param name="Country">Where the customer lives; null where it is not known.</param>
/// <param name="Reason">Why the customer is in it.</param>
public sealed record SegmentMember(RfmCustomer Scores, string? Country, string Reason);
