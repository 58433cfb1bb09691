using Warehouse.Analysis.Populations;
using Warehouse.Analysis.Rfm;
using Warehouse.Campaigns.Segments;
using Warehouse.Definitions;
using Warehouse.Testing;
using Segment = Warehouse.Campaigns.Segments.Segment;

namespace Warehouse.Campaigns.Tests.Segments;

public class SegmentTests
{
    private static readonly DateOnly Today = new(2025, 6, 30);

    [Fact]
    public void UnknownRfmSegment_IsFault_WithPlaceAndNearName()
    {
        var fault = Assert.Single(Assert.Throws<DefinitionException>(
            () => Read("where:\n  rfm_segment: [Champion]\n")).Faults);

        Assert.Equal("segments/a.yaml:2:17: There is no RFM segment \"Champion\". Did you mean \"Champions\"?", fault.ToString());
    }

    [Fact]
    public void MissingWhere_IsFault() =>
        Assert.Contains("\"where\" is missing", Assert.Throws<DefinitionException>(() => Read("segment: a\n")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task NoCondition_ListsThePopulation_TheMostValuableFirst()
    {
        await using var warehouse = await ShopAsync();

        var found = await FindAsync(warehouse, Read("where: {country: []}\n"), Today);

        Assert.Equal([3, 2, 1], found.Members.Select(member => member.CustomerKey));
    }

    [Fact]
    public async Task RfmSegments_ListExactlyTheCustomersWhomRfmPutsThere()
    {
        await using var warehouse = await ShopAsync(customers: 60);
        var options = new RfmOptions(new PopulationOptions(AsOf.EndOf(Today, TimeZoneInfo.Utc)));
        await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);
        var expected = (await RfmAnalysis.RunAsync(connection, options, CancellationToken.None)).Segments;

        foreach (var segment in expected)
        {
            var found = await FindAsync(warehouse, Read($"where: {{rfm_segment: [{segment.Name}]}}\n"), Today);
            Assert.Equal(segment.Sums.Customers, found.Members.Count);
            Assert.Equal(segment.Sums.Revenue, found.Revenue);
            Assert.All(found.Members, member => Assert.StartsWith(segment.Name, member.Reason, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task EarlierScores_AreThoseOfTheLastSnapshotByThen()
    {
        await using var warehouse = await ShopAsync();
        await warehouse.RunAsync(
            """
            INSERT INTO mart.customer_snapshot (as_of, customer_key, value_tier, rfm_segment, lifecycle_stage, churn_band) VALUES
                ('2025-02-28', 1, 'A', 'Champions', 'welcoming', 'low'), ('2025-02-28', 2, 'B', 'Lost', 'divorce', 'high'),
                ('2025-03-31', 1, 'B', 'Champions', 'welcoming', 'low'), ('2025-03-31', 2, 'A', 'Lost', 'divorce', 'high'), ('2025-03-31', 3, 'A', 'Loyal', 'divorce', 'low'),
                ('2025-07-31', 1, 'A', 'Lost', 'divorce', 'high')
            """);

        Assert.Equal([1], await KeysAsync("{on: 2025-03-30, tier: A}"));
        Assert.Equal([2, 3], await KeysAsync("{on: 2025-03-31, tier: A}"));
        Assert.Equal([3], await KeysAsync("{on: 2025-04-15, tier: A, lifecycle_stage: divorce, churn_band: [low, medium]}"));
        Assert.Equal([1], await KeysAsync("{ago: 92d, tier: [A, C]}"));
        Assert.Equal([2, 3], await KeysAsync("{ago: 91d, tier: [A, C]}"));
        Assert.Equal([2], await KeysAsync("{ago: 3m, rfm_segment: Lost}, value: {from: 0}"));
        Assert.Empty(await KeysAsync("{on: 2025-01-01, tier: A}"));
        Assert.Empty(await KeysAsync("{ago: 9999y, tier: A}"));
        Assert.Equal([2, 3], await KeysAsync("{on: 2099-01-01, tier: A}"));
        var found = await FindAsync(warehouse, Read("where: {was: {on: 2025-03-31, tier: A}, not: {was: {ago: 92d, tier: B}}}\n"), Today);
        Assert.Equal("not was tier B, 92d ago; was tier A on 2025-03-31", Assert.Single(found.Members).Reason);

        async Task<IEnumerable<int>> KeysAsync(string was) =>
            (await FindAsync(warehouse, Read($"where: {{was: {was}}}\n"), Today)).Members.Select(member => member.CustomerKey).Order();
    }

    [Theory]
    [InlineData("{tier: A}", "says when")]
    [InlineData("{on: 2025-01-01, ago: 3m, tier: A}", "says when")]
    [InlineData("{ago: all, tier: A}", "says when")]
    [InlineData("{on: 2025-01-01}", "says what")]
    [InlineData("{on: soon, tier: A}", "no date")]
    [InlineData("{ago: 3m, tier: AA}", "There is no tier")]
    public void EarlierScores_ThatSayNoDateOrNoScore_AreFaults(string was, string told) =>
        Assert.Contains(told, Assert.Throws<DefinitionException>(() => Read($"where: {{was: {was}}}\n")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Consent_CountsAsItWasKnownAtTheDate_AndTheLastStatementHolds()
    {
        await using var warehouse = await ShopAsync();
        await SayAsync(warehouse, 1, "email", true, new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await SayAsync(warehouse, 1, "email", false, new(2025, 6, 1, 0, 0, 0, TimeSpan.Zero));
        await SayAsync(warehouse, 2, "email", true, new(2025, 5, 1, 0, 0, 0, TimeSpan.Zero));
        await SayAsync(warehouse, 3, "phone", true, new(2025, 5, 1, 0, 0, 0, TimeSpan.Zero));
        await SayAsync(warehouse, 3, "email", true, new(2025, 7, 1, 0, 0, 0, TimeSpan.Zero));
        var segment = Read("where: {consent: email}\n");

        Assert.Equal([2], (await FindAsync(warehouse, segment, Today)).Members.Select(member => member.CustomerKey));
        Assert.Equal([2, 1], (await FindAsync(warehouse, segment, new(2025, 5, 20))).Members.Select(member => member.CustomerKey));
        Assert.Equal([3, 2], (await FindAsync(warehouse, segment, new(2025, 7, 2))).Members.Select(member => member.CustomerKey));
    }

    [Fact]
    public async Task Preview_CountsAsTheListDoes_AndSharesWithOthers_WhetherTheyAreStoredOrNot()
    {
        await using var warehouse = await ShopAsync(customers: 60);
        foreach (var customer in Enumerable.Range(1, 60))
        {
            foreach (var channel in new[] { "email", "a|b", "mail" }.Where((_, place) => (customer + place) % (place + 2) == 0))
            {
                await SayAsync(warehouse, customer, channel, true, new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
            }
        }

        string[] texts =
        [
            "where: {consent: email}\n", "where: {consent: \"a|b\"}\n", "where: {not: {consent: mail}}\n", "where: {any: [{consent: mail}, {bought: {times: {from: 2}}}]}\n",
            "where: {value: {from: 10}}\ntop: 12\n", "where: {segment: s4, consent: email}\n", "where: {all: [{segment: s0}, {not: {segment: s4}}]}\n",
        ];
        var segments = Segment.Read([.. texts.Select((text, place) => (DefinitionFile.Parse(text, $"segments/s{place}.yaml"), $"s{place}"))], [], SegmentCubes.Of(warehouse.Workspace));
        var options = new PopulationOptions(AsOf.EndOf(Today, TimeZoneInfo.Utc));
        await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);
        var lists = new Dictionary<string, SegmentMembers>();
        foreach (var segment in segments)
        {
            lists.Add(segment.Name, await SegmentMembers.FindAsync(connection, segment, segments, options, CancellationToken.None));
        }

        await AgreeAsync();
        foreach (var segment in segments)
        {
            await SegmentBuild.StoreAsync(warehouse.Database, segment, segments, options, CancellationToken.None);
            await AgreeAsync();
        }

        async Task AgreeAsync()
        {
            foreach (var segment in segments)
            {
                var (list, preview) = (lists[segment.Name], await SegmentPreview.FindAsync(connection, segment, segments, options, 10, CancellationToken.None));
                Assert.Equal((list.Members.Count, list.Revenue), ((int)preview.Members, preview.Revenue));
                Assert.Equal(list.Members.Take(10), preview.Examples);
                Assert.All(preview.Overlaps, overlap => Assert.Equal(
                    (lists[overlap.Segment].Members.Count, lists[overlap.Segment].Members.Select(member => member.CustomerKey).Intersect(list.Members.Select(member => member.CustomerKey)).Count()),
                    ((int)overlap.Members, (int)overlap.Shared)));
            }
        }
    }

    [Fact]
    public async Task PeopleOfADate_AreKeptOnce_UntilACustomerChanges()
    {
        await using var warehouse = await ShopAsync();
        var options = new PopulationOptions(AsOf.EndOf(Today, TimeZoneInfo.Utc));

        Assert.True(await SegmentPopulation.KeepAsync(warehouse.Database, options, CancellationToken.None));
        Assert.False(await SegmentPopulation.KeepAsync(warehouse.Database, options, CancellationToken.None));
        await warehouse.Database.PublishAsync("load", (_, _) => Task.FromResult(true), CancellationToken.None);
        Assert.True(await SegmentPopulation.KeepAsync(warehouse.Database, options, CancellationToken.None));
        Assert.Equal(["3"], await warehouse.RowsAsync("SELECT count(*) FROM mart.segment_person"));
    }

    [Fact]
    public async Task SumsTooWideForTheStore_AreCountedAllTheSame()
    {
        await using var warehouse = await ShopAsync();
        await warehouse.AddSalesAsync(Enumerable.Range(0, 2).Select(line => new Sale(1, Today, $"huge {line}", 99_999_999_999_999m)).ToArray());
        var everybody = Read("where: {value: {from: 100000000000000}}\n");
        var options = new PopulationOptions(AsOf.EndOf(Today, TimeZoneInfo.Utc));

        var build = await SegmentBuild.StoreAsync(warehouse.Database, everybody, [everybody], options, CancellationToken.None);

        await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);
        Assert.Equal(1, build.Members);
        Assert.Equal(1, (await SegmentPreview.FindAsync(connection, everybody, [everybody], options, 10, CancellationToken.None)).Members);
        Assert.Equal(["0"], await warehouse.RowsAsync("SELECT count(*) FROM mart.segment_population"));
    }

    [Fact]
    public async Task GrantAndWithdrawalAtTheSameInstant_IsNoConsent()
    {
        await using var warehouse = await ShopAsync();
        var at = new DateTimeOffset(2025, 5, 1, 0, 0, 0, TimeSpan.Zero);
        await SayAsync(warehouse, 1, "email", false, at);
        await SayAsync(warehouse, 1, "email", true, at);

        Assert.Empty((await FindAsync(warehouse, Read("where: {consent: email}\n"), Today)).Members);
    }

    [Theory]
    [InlineData("where: {bought: {times: {from: 3}}}\n", 2, 3, 4)]
    [InlineData("where: {not: {bought: {times: {from: 3}}}}\n", 1, 5, 6)]
    [InlineData("where: {bought: {within: 30d}}\n", 4)]
    [InlineData("where: {bought: {until: 2025-01-10, value: {from: 20}}}\n", 1, 2)]
    [InlineData("where: {returned: {times: {from: 1}}}\n", 5)]
    [InlineData("where: {any: [{returned: {within: all}}, {bought: {within: 30d}}]}\n", 4, 5)]
    [InlineData("where: {all: [{orders: {from: 1}}, {not: {returned: {within: all}}}], orders: {to: 3}}\n", 1, 2, 4)]
    [InlineData("where: {orders: {to: 0}}\n", 6)]
    [InlineData("where: {contacted: {complaint: true, resolved: false}}\n", 2)]
    [InlineData("where: {contacted: {complaint: true}}\n", 2, 3)]
    [InlineData("where: {contacted: {topic: [no such]}}\n")]
    [InlineData("where: {campaign: {name: C1, arm: treated}}\n", 1, 2)]
    [InlineData("where: {campaign: {name: C1, response: opened}}\n", 2)]
    [InlineData("where: {all: [{campaign: {name: C1}}, {not: {campaign: {name: C1, response: opened}}}]}\n", 1, 3)]
    [InlineData("where: {value: {from: 1}}\ntop: 2\n", 3, 4)]
    [InlineData("where: {country: [IE]}\n")]
    public async Task Condition_ChoosesThese(string text, params int[] expected)
    {
        await using var warehouse = await BehaviourAsync();

        var found = await FindAsync(warehouse, Read(text), Today);

        Assert.Equal(expected, found.Members.Select(member => member.CustomerKey).Order());
        Assert.All(found.Members, member => Assert.False(string.IsNullOrEmpty(member.Reason)));
    }

    [Fact]
    public async Task Samples_AreTheSameForASeedWhateverTheKeys_AndIndependentOfAnotherSeeds()
    {
        const int Customers = 4000;
        await using var warehouse = await WithCustomersAsync("key");
        await using var reloaded = await WithCustomersAsync($"{Customers + 1} - key");
        var samples = new List<HashSet<string>>();
        for (var seed = 0; seed < 12; seed++)
        {
            samples.Add(await DrawnAsync(warehouse, seed));
            Assert.Equal(samples[^1], await DrawnAsync(reloaded, seed));
        }

        var deviation = Math.Sqrt(Customers * .25 * .75);
        Assert.All(samples, sample => Assert.InRange(sample.Count, 1000 - (4 * deviation), 1000 + (4 * deviation)));
        var deviationOfBoth = Math.Sqrt(Customers * .0625 * .9375);
        Assert.All(
            samples.SelectMany((one, place) => samples.Skip(place + 1).Select(other => one.Intersect(other).Count())),
            both => Assert.InRange(both, 250 - (4 * deviationOfBoth), 250 + (4 * deviationOfBoth)));

        static async Task<FreshWarehouse> WithCustomersAsync(string key)
        {
            var warehouse = await FreshWarehouse.CreateAsync();
            await warehouse.RunAsync(
                $"""
                INSERT INTO star.dim_customer (customer_version_key, customer_key, customer_id, is_inferred, is_test, valid_from, valid_to, is_current, known_at, generation, load_key, source_line)
                SELECT {key}, {key}, 'C' || key, false, false, TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMPTZ '9999-12-31 00:00:00+00', true, TIMESTAMPTZ '0001-01-01 00:00:00+00', 0, -1, 0
                FROM range(1, {Customers} + 1) AS people (key)
                """);
            return warehouse;
        }

        static async Task<HashSet<string>> DrawnAsync(FreshWarehouse warehouse, int seed) =>
            [.. (await FindAsync(warehouse, Read($"where: {{sample: {{share: 0.25, seed: {seed}}}}}\n"), Today)).Members.Select(member => member.CustomerId)];
    }

    [Fact]
    public async Task RandomSegments_AddUp_AndCountListAndStoreAgree()
    {
        string[] tests =
        [
            "bought: {times: {from: 3}}", "bought: {within: 30d}", "returned: {within: all}", "orders: {to: 3}", "contacted: {complaint: true}",
            "campaign: {name: C1}", "sample: {share: 0.5, seed: s}", "tier: [A]", "was: {ago: 30d, tier: [A, B]}", "value: {from: 40}", "segment: a",
        ];
        await using var warehouse = await BehaviourAsync();
        var random = new Random(20260701);
        for (var time = 0; time < 8; time++)
        {
            var (one, two) = (tests[random.Next(tests.Length)], tests[random.Next(tests.Length)]);
            var date = Today.AddDays(-random.Next(100));
            var segments = Read(
                "where: {recency_days: {from: 30}}\n",
                $"where: {{{one}}}\n",
                $"where: {{not: {{{one}}}}}\n",
                $"where: {{{two}}}\n",
                $"where: {{any: [{{{one}}}, {{{two}}}]}}\n",
                $"where: {{all: [{{{one}}}, {{{two}}}]}}\n");
            var counts = new List<int>();
            foreach (var segment in segments)
            {
                var members = (await FindAsync(warehouse, segment, date, segments)).Members;
                var build = await SegmentBuild.StoreAsync(
                    warehouse.Database, segment, segments, new PopulationOptions(AsOf.EndOf(date, TimeZoneInfo.Utc)), CancellationToken.None);
                Assert.Equal(members.Count, build.Members);
                Assert.Equal(
                    members.Select(member => $"{member.CustomerKey}").Order(StringComparer.Ordinal),
                    (await warehouse.RowsAsync("SELECT customer_key FROM mart.segment_member WHERE build_key = $key", ("key", build.Key))).Order(StringComparer.Ordinal));
                counts.Add(members.Count);
            }

            Assert.Equal(6, counts[1] + counts[2]);
            Assert.Equal(counts[1] + counts[3], counts[4] + counts[5]);
        }
    }

    [Fact]
    public async Task Build_OfTheSameMembers_IsNotStoredTwice_AndNamesItsDefinition()
    {
        await using var warehouse = await BehaviourAsync();
        var segments = Read("where: {bought: {times: {from: 3}}}\n", "where: {not: {segment: a}}\n");
        var changed = Read("where: {bought: {times: {from: 4}}}\n", "where: {not: {segment: a}}\n");
        var options = new PopulationOptions(AsOf.EndOf(Today, TimeZoneInfo.Utc));

        var first = await SegmentBuild.StoreAsync(warehouse.Database, segments[1], segments, options, CancellationToken.None);
        var again = await SegmentBuild.StoreAsync(warehouse.Database, segments[1], segments, options, CancellationToken.None);
        var other = await SegmentBuild.StoreAsync(warehouse.Database, changed[1], changed, options, CancellationToken.None);

        Assert.True(first.IsNew);
        Assert.Equal(first with { IsNew = false }, again);
        Assert.True(other.IsNew);
        Assert.NotEqual(first.Definition, other.Definition);
        Assert.Equal(["2"], await warehouse.RowsAsync("SELECT count(*) FROM mart.segment_build"));
    }

    [Fact]
    public async Task Diff_SaysWhoJoinedAndLeft_AndByWhichTest()
    {
        await using var warehouse = await BehaviourAsync();
        var segment = Read("where: {all: [{orders: {from: 1}}, {not: {contacted: {complaint: true, resolved: false}}}]}\n");
        await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);

        var moves = await SegmentMoves.FindAsync(
            connection, segment, [segment],
            new PopulationOptions(AsOf.EndOf(new(2025, 1, 31), TimeZoneInfo.Utc)), new PopulationOptions(AsOf.EndOf(Today, TimeZoneInfo.Utc)), CancellationToken.None);

        Assert.Equal(moves.After, moves.Before + moves.Moves.Count(move => move.HasJoined) - moves.Moves.Count(move => !move.HasJoined));
        Assert.Contains(moves.Moves, move => move is { CustomerKey: 4, HasJoined: true, Reason: "now orders from 1" });
        Assert.Contains(moves.Moves, move => move is { CustomerKey: 2, HasJoined: false, Reason: "now has an open complaint" });
    }

    [Theory]
    [InlineData("where: {segment: c}\n", "segments/a.yaml:1:18: There is no segment \"c\".")]
    [InlineData("where: {segment: b}\n", "\"a\" names \"b\", which leads back to \"a\".")]
    [InlineData("where: {bougth: {times: {from: 1}}}\n", "segments/a.yaml:1:9: \"bougth\" is not known in \"where\". Did you mean \"bought\"?")]
    [InlineData("where: {bought: {times: {form: 1}}}\n", "\"form\" is not known in \"times\". Did you mean \"from\"")]
    [InlineData("where: {bought: {times: {from: many}}}\n", "segments/a.yaml:1:32: \"many\" is no number.")]
    [InlineData("where: {bought: {within: soon}}\n", "segments/a.yaml:1:26:")]
    [InlineData("where: {campaign: {name: C1, response: open}}\n", "\"open\" is none of the responses. Did you mean \"opened\"?")]
    [InlineData("where: {any: {country: IE}}\n", "\"any\" is a list of conditions.")]
    public void WrongDefinition_IsFault_WithPlaceAndNearName(string text, string words) => Assert.Contains(
        words,
        Assert.Throws<DefinitionException>(() => Read(text, "where: {segment: a}\n")).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task HostileValues_AreValues()
    {
        await using var warehouse = await ShopAsync();

        Assert.Empty((await FindAsync(
            warehouse,
            Read("where: {country: [\"'; DROP TABLE star.fact_sale; --\"], campaign: {name: \"') OR 1=1 --\"}, sample: {share: 0.5, seed: \"' || 1\"}}\n"),
            Today)).Members);
        Assert.NotEqual(["0"], await warehouse.RowsAsync("SELECT count(*) FROM star.fact_sale"));
    }

    /// <summary>1 bought once long ago, 2 and 3 often, 4 lately, 5 sent all back, 6 never bought; 2 complains, 3 was answered; 1 to 3 are in C1.</summary>
    private static async Task<FreshWarehouse> BehaviourAsync()
    {
        var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddCustomersAsync(Enumerable.Range(1, 6));
        var january = new DateOnly(2025, 1, 5);
        await warehouse.AddSalesAsync(
        [
            new Sale(1, january, "O1", 20),
            .. Enumerable.Range(0, 3).Select(order => new Sale(2, january.AddDays(order), $"P{order}", 12)),
            .. Enumerable.Range(0, 4).Select(order => new Sale(3, january.AddDays(10 + order), $"Q{order}", 100)),
            .. Enumerable.Range(0, 3).Select(order => new Sale(4, Today.AddDays(-order), $"R{order}", 50)),
            new Sale(5, january.AddDays(20), "S1", 30),
            new Sale(5, january.AddDays(25), "S2", -30, IsReturn: true),
        ]);
        await warehouse.RunAsync(
            """
            INSERT INTO star.fact_contact (contact_key, contact_id, customer_key, customer_version_key, channel_key, reason_key, agent_key, product_key, date_key, opened_at, resolved_at, is_answered, is_resolved, is_complaint, known_at, generation, load_key, source_line, identity_key)
            SELECT key, 'K' || key, key, key, -1, -1, -1, -1, DATE '2025-03-01', TIMESTAMPTZ '2025-03-01 10:00:00+00',
                   CASE WHEN key = 3 THEN TIMESTAMPTZ '2025-03-05 10:00:00+00' END, true, key = 3, true, TIMESTAMPTZ '2025-03-01 10:00:00+00', 0, -1, 0, -1
            FROM (VALUES (2), (3)) AS people (key);
            INSERT INTO star.dim_campaign (campaign_key, campaign_id, wave, is_inferred, known_at, generation, load_key, source_line)
            VALUES (0, 'C1', 1, false, TIMESTAMPTZ '2025-02-01 00:00:00+00', 0, -1, 0);
            INSERT INTO star.fact_touch (touch_key, campaign_key, customer_key, customer_version_key, date_key, arm, assigned_at, opened_at, cost_amount, known_at, generation, load_key, source_line, identity_key)
            SELECT key, 0, key, key, DATE '2025-02-01', CASE WHEN key = 3 THEN 'control' ELSE 'treated' END, TIMESTAMPTZ '2025-02-01 09:00:00+00',
                   CASE WHEN key = 2 THEN TIMESTAMPTZ '2025-02-02 09:00:00+00' END, 0, TIMESTAMPTZ '2025-02-01 09:00:00+00', 0, -1, 0, -1
            FROM (VALUES (1), (2), (3)) AS people (key);
            """);
        return warehouse;
    }

    private static Segment Read(string text) => Read([text])[0];

    private static IReadOnlyList<Segment> Read(params string[] texts) =>
        Segment.Read([.. texts.Select((text, place) => (DefinitionFile.Parse(text, $"segments/{(char)('a' + place)}.yaml"), $"{(char)('a' + place)}"))], [], MailingShop.NoCubes);

    private static async Task<FreshWarehouse> ShopAsync(int customers = 3)
    {
        var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddCustomersAsync(Enumerable.Range(1, customers));
        await warehouse.AddSalesAsync(Enumerable.Range(1, customers).SelectMany(key => Enumerable.Range(0, 1 + (key % 5)).Select(order =>
            new Sale(key, new DateOnly(2025, 1, 1).AddDays((key * 7 % 90) + order), $"O{key}-{order}", 10 * key))));
        return warehouse;
    }

    private static async Task<SegmentMembers> FindAsync(FreshWarehouse warehouse, Segment segment, DateOnly date, IReadOnlyList<Segment>? segments = null)
    {
        await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);
        return await SegmentMembers.FindAsync(
            connection, segment, segments ?? [segment], new PopulationOptions(AsOf.EndOf(date, TimeZoneInfo.Utc)), CancellationToken.None);
    }

    private static Task SayAsync(FreshWarehouse warehouse, int customer, string channel, bool isGranted, DateTimeOffset at) => warehouse.RunAsync(
        """
        INSERT INTO star.customer_consent (customer_key, channel, purpose, is_granted, stated_at, source, known_at, generation, load_key, source_line)
        VALUES ($customer, $channel, 'marketing', $is_granted, $at, 'crm', $at, 0, -1, 0)
        """,
        ("customer", customer),
        ("channel", channel),
        ("is_granted", isGranted),
        ("at", at));
}
