using System.Text.RegularExpressions;

namespace Warehouse.SampleData.Tests.Law;

/// <summary>People, their references, and that none of them is real.</summary>
public sealed partial class IdentityTests
{
    private static readonly SampleFolder s_sample = SampleFolder.Committed;

    [Fact]
    public void References_OfOnePersonAlone_AreAllButSharedOnes()
    {
        var shared = s_sample.Rows("""
            SELECT kind, count(*), count(*) / (SELECT count(*) FROM '{truth}/references.parquet' r WHERE r.kind = s.kind)
            FROM (SELECT kind, reference FROM '{truth}/references.parquet' GROUP BY ALL HAVING count(*) > 1) s GROUP BY kind ORDER BY kind
            """);
        Assert.Equal(["email", "phone"], shared.Select(row => (string)row[0]));
        Assert.All(shared, row => Assert.InRange((double)row[2], 0.0005, 0.05));
    }

    [Fact]
    public void Links_AreInTheFiles_AsTheTruthSays()
    {
        var rows = s_sample.Rows("""
            WITH account AS (SELECT person_id, reference FROM '{truth}/references.parquet' WHERE kind = 'account'),
            web_account AS (SELECT person_id, reference FROM '{truth}/references.parquet' WHERE kind = 'web_account'),
            crm AS (
                SELECT person_id, list(DISTINCT lower(trim(email))) AS emails, list(DISTINCT right(regexp_replace(phone, '[^0-9x]', '', 'g'), 9)) AS phones
                FROM read_csv('{data}/customers/crm.csv.gz', all_varchar = true, ignore_errors = true, nullstr = ['', 'NULL', 'null', 'N/A', 'n/a', '-', '\N', '#N/A', '(null)']) c
                     JOIN account ON upper(trim(c.account)) = reference GROUP BY person_id
            ),
            web AS (
                SELECT person_id, lower(email) AS email, right(regexp_replace(phone, '[^0-9x]', '', 'g'), 9) AS phone
                FROM '{data}/customers/webshop.parquet' w JOIN web_account ON w.web_account = reference
            )
            SELECT link, avg(list_contains(emails, email)::INTEGER), avg(coalesce(list_contains(phones, phone), false)::INTEGER), count(*)
            FROM crm JOIN web USING (person_id) JOIN '{truth}/customers.parquet' USING (person_id) GROUP BY link
            """).ToDictionary(row => (string)row[0], row => ((double)row[1], (double)row[2]));
        Assert.True(rows["email"].Item1 > 0.99);
        Assert.True(rows["phone"].Item2 > 0.99);
        Assert.Equal(0, rows["phone"].Item1);
        Assert.Equal((0, 0), rows["name_and_postcode"]);
        Assert.Equal((0, 0), rows["nothing"]);
    }

    [Fact]
    public void Undisturbed_AreOnePersonInEverySource() => Assert.Equal(
        ["email", "one_source"],
        s_sample.Rows("SELECT DISTINCT link FROM '{truth}/customers.parquet' WHERE is_undisturbed AND NOT registered_twice ORDER BY 1")
            .Select(row => (string)row[0]));

    [Fact]
    public void Accounts_WithHistory_AreThere() => Assert.InRange(
        s_sample.Numbers("""
            SELECT count(*) FILTER (states > 1) / count(*) FROM (
                SELECT account, count(DISTINCT updated_at) AS states
                FROM read_csv('{data}/customers/crm.csv.gz', all_varchar = true, ignore_errors = true) GROUP BY account)
            """)[0],
        0.1, 0.4);

    [Fact]
    public void StudentsOfLongAgo_AreThere() => Assert.True(
        s_sample.Numbers("""
            SELECT count(*) FROM read_csv('{data}/customers/crm.csv.gz', all_varchar = true, ignore_errors = true)
            WHERE occupation = 'student' AND try_cast(last_confirmed_on AS DATE) < '2016-07-01'
            """)[0] > 20);

    [Fact]
    public void EmailAddresses_AreOfExampleDomains() => Assert.Equal(
        [0], s_sample.Numbers("""
            SELECT count(*) FROM '{truth}/references.parquet'
            WHERE kind = 'email' AND NOT regexp_full_match(reference, '[a-z.]+[0-9]+(\.[0-9]{6})*@example\.(com|org|net)')
            """));

    [Fact]
    public void PhoneNumbers_AreOfRangesKeptForDrama() => Assert.All(
        s_sample.Rows("SELECT DISTINCT reference FROM '{truth}/references.parquet' WHERE kind = 'phone'"),
        row => Assert.Matches(Drama(), (string)row[0]));

    [Fact]
    public void Postcodes_CannotExist() => Assert.Equal(
        [0], s_sample.Numbers("""
            SELECT count(*) FROM '{data}/customers/webshop.parquet' WHERE upper(postcode)[1] NOT IN ('Q', 'Z')
            """));

    // Ofcom's list of numbers for television and radio drama.
    [GeneratedRegex(@"^(07700 900\d{3}|01632 960\d{3}|01(1[3-8]|21|31|41|51|61) 4960\d{3}|020 79460\d{3}|0191 4980\d{3}|029 20180\d{3})( x\d+)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Drama();
}
