using System.Globalization;
using Warehouse.SampleData.Customers;

namespace Warehouse.SampleData.Tests.Law;

/// <summary>What complaints do, seen in the log of contacts and in the truth.</summary>
public sealed class ComplaintLawTests
{
    private const string Complaints = """
        WITH complaints AS (
            SELECT person_id, try_cast(opened_at AS TIMESTAMP) + INTERVAL 10 DAY AS patience_ends, resolved_at IS NOT NULL AS is_resolved
            FROM (
                SELECT DISTINCT contact_id, upper(trim(customer)) AS reference, complaint, opened_at, resolved_at
                FROM read_csv('{data}/contacts/*.csv.gz', all_varchar = true, ignore_errors = true)
            ) JOIN (
                SELECT upper(reference) AS reference, min(person_id) AS person_id
                FROM '{truth}/references.parquet' GROUP BY ALL HAVING count(DISTINCT person_id) = 1
            ) USING (reference)
            WHERE complaint = 'Y' AND try_cast(opened_at AS TIMESTAMP) < '2026-03-01'
        )

        """;

    private static readonly SampleFolder s_sample = SampleFolder.CommittedOrders;

    [Theory]
    [InlineData(false, Population.LeavesUnresolved)]
    [InlineData(true, Population.LeavesResolved)]
    public void PatienceThatEnds_MakesItsShareLeave(bool isResolved, double share)
    {
        // Who leaves otherwise leaves at an order; that this is on the same day is too rare to count.
        var row = s_sample.Rows(Sql($"""
            SELECT count(*), count(*) FILTER (left_on = patience_ends::DATE)
            FROM complaints JOIN '{"{truth}"}/customers.parquet' USING (person_id)
            WHERE is_resolved = {isResolved} AND (left_on IS NULL OR left_on >= patience_ends::DATE)
            """))[0];
        Assert.True((long)row[0] > 500);
        Significance.AssertShare(share, (long)row[1], (long)row[0]);
    }

    [Fact]
    public void Unresolved_BuyAgainLessOften_ByWhatTheTruthSays()
    {
        // Of those who would have ordered within 90 days as the resolved do, 0.33/0.98 stay away.
        var rows = s_sample.Rows(Sql("""
            , again AS (
                SELECT is_resolved, EXISTS (
                    FROM orders WHERE orders.person_id = complaints.person_id
                        AND ordered_at >= patience_ends AND ordered_at < patience_ends + INTERVAL 90 DAY) AS has_bought
                FROM complaints
            )
            SELECT is_resolved, count(*), avg(has_bought::INTEGER) FROM again GROUP BY ALL ORDER BY ALL
            """)).Select(row => (N: (long)row[1], Share: (double)row[2])).ToArray();
        var (unresolved, resolved) = (rows[0], rows[1]);
        var factor = (1 - Population.LeavesUnresolved) / (1 - Population.LeavesResolved);
        var variance = (unresolved.Share * (1 - unresolved.Share) / unresolved.N)
            + (factor * factor * resolved.Share * (1 - resolved.Share) / resolved.N);
        Significance.AssertNear(factor * resolved.Share, unresolved.Share, Math.Sqrt(variance));
        Assert.True(unresolved.Share < resolved.Share);
    }

    [Fact]
    public void Undisturbed_NeverComplain() => Assert.Equal(
        [0L], s_sample.Rows(Sql("""
            SELECT count(*) FROM complaints JOIN '{truth}/customers.parquet' USING (person_id) WHERE is_undisturbed
            """)).Select(row => Convert.ToInt64(row[0], CultureInfo.InvariantCulture)));

    private static string Sql(string question) =>
        Complaints + question;
}
