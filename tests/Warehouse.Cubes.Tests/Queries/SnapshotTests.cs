using Warehouse.Cubes.Query;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Tests.Queries;

/// <summary>What customers were at the time of a fact, are now, and were on any day: from snapshots taken now and then.</summary>
public class SnapshotTests
{
    private const string Tables = """
        CREATE TABLE days AS SELECT CAST(range AS DATE) AS day FROM range(DATE '2025-01-01', DATE '2025-07-01', INTERVAL 1 DAY) UNION ALL SELECT DATE '0001-01-01';
        CREATE TABLE customer (key INTEGER, version INTEGER, valid_from TIMESTAMPTZ, valid_to TIMESTAMPTZ, is_current BOOLEAN, city VARCHAR);
        INSERT INTO customer VALUES
            (1, 10, '1900-01-01 00:00:00+00', '2025-03-15 00:00:00+00', false, 'York'), (1, 11, '2025-03-15 00:00:00+00', '9999-01-01 00:00:00+00', true, 'Leeds'),
            (2, 20, '1900-01-01 00:00:00+00', '9999-01-01 00:00:00+00', true, 'Hull'), (3, 30, '2025-02-10 00:00:00+00', '9999-01-01 00:00:00+00', true, 'Hull'),
            (-1, -1, '1900-01-01 00:00:00+00', '9999-01-01 00:00:00+00', true, NULL);
        CREATE TABLE sale (id INTEGER, customer INTEGER, version INTEGER, day DATE, amount INTEGER);
        INSERT INTO sale VALUES
            (1, 1, 10, '2025-01-10', 1), (2, 1, 10, '2025-02-10', 2), (3, 1, 10, '2025-03-09', 4), (4, 1, 11, '2025-04-01', 8),
            (5, 2, 20, '2025-02-01', 16), (6, 2, 20, '2025-01-31', 32), (7, 3, 30, '2025-05-05', 64), (8, -1, -1, '2025-05-05', 128), (9, 2, 20, '0001-01-01', 256);
        CREATE TABLE complaint (id INTEGER, customer INTEGER, day DATE);
        INSERT INTO complaint VALUES (1, 1, '2025-02-11'), (2, 1, '2025-05-01'), (3, 2, '2025-05-02'), (4, 3, '2025-01-05');
        CREATE TABLE snapshot (as_of DATE, customer INTEGER, tier VARCHAR, worth INTEGER);
        INSERT INTO snapshot VALUES
            ('2025-01-31', 1, 'silver', 10), ('2025-01-31', 2, 'gold', 90),
            ('2025-03-01', 1, 'gold', 50), ('2025-03-01', 2, 'gold', 95), ('2025-03-01', 3, NULL, 0),
            ('2025-05-31', 1, 'gold', 60), ('2025-05-31', 3, 'silver', 20);
        CREATE TABLE build (build INTEGER, segment VARCHAR, as_of DATE);
        INSERT INTO build VALUES (1, 'best', '2025-01-31'), (2, 'best', '2025-03-01'), (3, 'best', '2025-03-01'), (4, 'lost', '2025-02-15'), (5, 'best', '2025-05-31');
        CREATE TABLE member (build INTEGER, customer INTEGER);
        INSERT INTO member VALUES (1, 2), (2, 1), (3, 1), (3, 2), (4, 3);
        CREATE VIEW person AS SELECT DISTINCT key FROM customer WHERE key > 0;
        """;

    private const string Shared = """
        dimensions:
          date: { table: days, key: day, unknown: 0001-01-01, time: true }
          customer: { table: customer, key: key, versions: { key: version, from: valid_from, to: valid_to, current: is_current }, unknown: -1, attributes: [city, key] }
          standing: { table: snapshot, key: customer, snapshots: as_of, attributes: { tier: , worth: , rich: worth >= 50 } }
          segment: { table: member, key: customer, snapshots: { list: build, key: build, at: as_of, each: segment }, attributes: [best, lost, none] }
        """;

    private const string Sales = """
        cube: sales
        table: sale
        key: id
        dimensions:
          date: day
          customer: customer
          customer_then: { dimension: customer, on: version, as: then }
          standing: customer
          standing_then: { dimension: standing, on: customer, as: then }
          segment: customer
          segment_then: { dimension: segment, on: customer, as: then }
        measures:
          amount: { sum: amount }
          lines: { count: rows }
          buyers: { count_distinct: customer }
        details: [id]
        """;

    private const string Complaints = """
        cube: complaints
        table: complaint
        dimensions:
          date: day
          customer: customer
          standing: customer
          standing_then: { dimension: standing, on: customer, as: then }
        measures: { complaints: { count: rows } }
        """;

    private const string Customers = """
        cube: customers
        table: snapshot
        dimensions:
          date: as_of
          customer: customer
          at: { attributes: [tier] }
          standing: customer
        measures:
          customers: { count_distinct: customer }
          worth: { last: worth, over: date }
        details: [customer, tier]
        """;

    [Fact]
    public async Task AMemberAskedInTwoRoles_HasACaptionForEach()
    {
        await using var shop = await Create();

        var both = await shop.Ask(Sums("standing_then.tier, standing.tier"));
        var one = await shop.Ask(Sums("standing_then.tier"));

        Assert.Equal(["Standing then: Tier", "Standing: Tier"], both.Columns.Take(2).Select(column => column.Caption.Default));
        Assert.Equal("Tier", one.Columns[0].Caption.Default);
    }

    [Fact]
    public async Task ASnapshotAttribute_IsThatOfTheLastSnapshotUpToTheFactsDay()
    {
        await using var shop = await Create();

        await shop.Answers(Sums("standing_then.tier"), "gold | 60", "silver | 2", "null | 449");
        await shop.Answers(Sums("standing_then.tier"), await shop.Rows(
            """
            SELECT tier, sum(amount) FROM sale
            LEFT JOIN snapshot ON snapshot.customer = sale.customer AND as_of = (SELECT max(as_of) FROM snapshot AS earlier WHERE earlier.as_of <= sale.day)
            GROUP BY ALL ORDER BY tier NULLS LAST
            """));
    }

    [Fact]
    public async Task NowAndThen_StandSideBySide()
    {
        await using var shop = await Create();

        await shop.Answers(
            Sums("standing_then.tier, standing.tier"),
            "gold | gold | 12", "gold | null | 48", "silver | gold | 2", "null | gold | 1", "null | silver | 64", "null | null | 384");
    }

    [Theory]
    [InlineData("2025-04-30", "gold | 319")]
    [InlineData("2025-02-28", "gold | 304", "silver | 3")]
    [InlineData("2025-01-30", "null | 257")]
    public async Task AskedAsOfADay_NowIsThatDay(string day, params string[] rows)
    {
        await using var shop = await Create();

        await shop.Answers(Sums("standing.tier") with { AsOf = day }, rows);
    }

    [Fact]
    public async Task AnyDay_CanBeNamed_ButNoneAfterTheOneAskedAsOf()
    {
        await using var shop = await Create();

        await shop.Answers(Sums("standing.tier@2025-02-01"), "gold | 304", "silver | 15", "null | 192");
        await shop.Answers(Sums("standing.rich@2025-03-01, standing.tier"), "False | silver | 64", "True | gold | 15", "True | null | 304", "null | null | 128");
        await shop.Answers(Sums("customer.city@2025-03-14, customer.city"), "Hull | Hull | 368", "York | Leeds | 15", "null | null | 128");
        await shop.Answers(Sums("customer.city@2025-01-31"), "Hull | 304", "York | 15", "null | 192");
        await shop.Answers(Sums("standing.tier@2025-05-31") with { AsOf = "2025-04-30" }, "gold | 319");
    }

    [Fact]
    public async Task ConditionsAndRankings_KnowDays()
    {
        await using var shop = await Create();

        await shop.Answers(new QueryTexts { Cube = "sales", Measures = "lines", Where = "standing.tier@2025-02-01 = 'silver' and standing_then.tier = 'gold'" }, "2");
        await shop.Answers(new QueryTexts { Cube = "sales", Measures = "amount", By = "standing.tier@2025-03-01", Top = "top 1 standing.tier@2025-03-01 by amount", Totals = "grand" }, "gold | 319", "Others | 192", "* | 511");
    }

    [Theory]
    [InlineData("standing_then.tier@2025-01-01", "as of the day of each fact")]
    [InlineData("date.month@2025-01-01", "no versions and no snapshots")]
    [InlineData("standing.tier@2025-01", "Expected a day")]
    [InlineData("standing.tear@2025-01-01", "\"standing\" has no attribute \"tear\"")]
    public async Task WhatHasNoOtherDay_IsRefused(string member, string message)
    {
        await using var shop = await Create();

        var fault = await Assert.ThrowsAnyAsync<UserFaultException>(() => shop.Ask(Sums(member)));

        Assert.Contains(message, fault.Message);
    }

    [Fact]
    public async Task ASegment_IsADimension_OfItsLastMembershipUpToTheDay()
    {
        await using var shop = await Create();

        await shop.Answers(Sums("segment_then.best"), "False | 194", "True | 60", "null | 257");
        await shop.Answers(Sums("segment.best"), "False | 511");
        await shop.Answers(Sums("segment.best") with { AsOf = "2025-05-30" }, "False | 192", "True | 319");
        await shop.Answers(Sums("segment.best@2025-03-01, segment_then.lost, segment.none") with { Where = "customer.key <> 1" },
            "False | False | null | 128", "False | True | null | 64", "True | null | null | 304");
    }

    [Fact]
    public async Task AsManyAreInASegment_AsWereStored()
    {
        await using var shop = await Create();

        foreach (var (day, build) in new[] { ("2025-01-31", 1), ("2025-02-28", 1), ("2025-03-01", 3), ("2025-06-30", 5) })
        {
            var stored = await shop.Rows($"SELECT count(*) FROM member WHERE build = {build}");
            await shop.Answers(new QueryTexts { Cube = "everybody", Measures = "people", Where = $"segment.best@{day}" }, stored);
        }
    }

    [Fact]
    public async Task FactsOfTwoCubes_MeetByTheTierThatACustomerHadThen()
    {
        await using var shop = await Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "amount, complaints.complaints", By = "standing_then.tier", Totals = "grand" },
            "gold | 60 | 2", "silver | 2 | 1", "null | 449 | 1", "* | 511 | 4");
    }

    [Fact]
    public async Task WhoMovedFromTierToTier_AddsUpToThePopulation_AndEachCellShowsWho()
    {
        await using var shop = await Create();
        var moves = new QueryTexts { Cube = "everybody", Measures = "people", By = "standing.tier@2025-01-31, standing.tier@2025-05-31", Totals = "grand" };

        await shop.Answers(moves, "gold | null | 1", "silver | gold | 1", "null | silver | 1", "* | * | 3");
        await shop.Answers(moves with { By = "standing.tier@2025-01-31", Pivot = "standing.tier@2025-05-31" }, "gold | null | null | 1 | 1", "silver | 1 | null | null | 1", "null | null | 1 | null | 1", "* | 1 | 1 | 1 | 3");
        var answer = await shop.Ask(moves);
        foreach (var row in answer.Rows)
        {
            var who = await shop.Engine.DetailsAsync(new DetailQuery(moves.Parse(), row), CubeAccess.Everything);
            Assert.Equal(row.Values[^1], (long)who.Rows.Count);
        }
    }

    [Fact]
    public async Task Balances_AreTakenAlongSnapshots()
    {
        await using var shop = await Create();

        await shop.Answers(new QueryTexts { Cube = "customers", Measures = "worth, customers", By = "standing.tier" }, "gold | 60 | 1", "silver | 20 | 1", "null | 95 | 1");
        await shop.Answers(new QueryTexts { Cube = "customers", Measures = "customers", By = "at.tier, standing.tier", Where = "date.day = 2025-01-31" }, "gold | null | 1", "silver | gold | 1");
    }

    [Fact]
    public async Task Snapshots_MultiplyNoFacts_AndAnAuditSaysSo()
    {
        await using var shop = await Create();
        var one = await shop.Ask(new QueryTexts { Cube = "sales", Measures = "lines, amount" });
        var all = await shop.Ask(new QueryTexts { Cube = "sales", Measures = "lines, amount", By = "standing.tier, standing_then.worth, segment.best, segment_then.lost, standing.tier@2025-02-02", Totals = "grand" });

        Assert.Equal(one.Rows[0].Values, all.Rows[^1].Values[^2..]);
        Assert.All(await shop.Engine.AuditAsync(), finding => Assert.Equal(0, finding.Offenders));
        await shop.Execute("INSERT INTO snapshot VALUES ('2025-01-31', 1, 'gold', 1); INSERT INTO member VALUES (3, 2)");
        Assert.Equal(2, (await shop.Engine.AuditAsync()).Where(finding => finding.Offenders > 0).Select(finding => finding.Rule).Distinct().Count());
    }

    [Theory]
    [InlineData("  standing_then: { dimension: standing, on: customer, as: then }", "this cube has no time dimension")]
    [InlineData("  standing_then: { dimension: standing, on: customer, as: then, by: dat }\n  date: day", "\"dat\" is no time dimension of this cube. Did you mean \"date\"?")]
    public void WithoutADay_ThereIsNoThen(string dimensions, string message)
    {
        var fault = Assert.Throws<DefinitionException>(() => CubeModel.Parse(("a", Shared), ("b", $"cube: c\ntable: sale\ndimensions:\n{dimensions}\nmeasures: {{ n: {{ count: rows }} }}\n")));

        Assert.Contains(message, fault.Message);
    }

    private static QueryTexts Sums(string by) => new() { Cube = "sales", Measures = "amount", By = by };

    private static Task<CubeTest> Create() => CubeTest.Create(
        Tables, Shared, Sales, Complaints, Customers,
        """
        cube: everybody
        table: person
        dimensions: { customer: key, standing: key, segment: key }
        measures: { people: { count: rows } }
        """);
}
