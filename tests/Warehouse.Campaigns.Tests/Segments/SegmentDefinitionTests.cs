using Warehouse.Analysis.Populations;
using Warehouse.Campaigns.Segments;
using Warehouse.Definitions;
using Warehouse.Testing;
using Segment = Warehouse.Campaigns.Segments.Segment;

namespace Warehouse.Campaigns.Tests.Segments;

/// <summary>Sequences, measures, parameters, and values that nothing has.</summary>
public class SegmentDefinitionTests
{
    private const string Shelf = "description: By shelf.\nparameters: {country: IE, least: 5}\nwhere: {country: :country, value: {from: :least}}\n";

    [Theory]
    [InlineData("where: {sequence: [{bought: {}}]}\n", "\"sequence\" is a list of at least two steps.")]
    [InlineData("where: {sequence: [{bought: {}, within: 3d}, {returned: {}}]}\n", "segments/a.yaml:1:41: The first step has none before it")]
    [InlineData("where: {sequence: [{bought: {}}, {returned: {}, within: 3}]}\n", "\"3\" is no number of days; write it like 30d.")]
    [InlineData("where: {sequence: [{bought: {times: {from: 2}}}, {returned: {}}]}\n", "A step happens once")]
    [InlineData("where: {sequence: [{bought: {}, returned: {}}, {returned: {}}]}\n", "A step of a sequence is one of bought, returned, contacted and campaign.")]
    [InlineData("where: {sequence: [{bougth: {}}, {returned: {}}]}\n", "Did you mean \"bought\"?")]
    [InlineData("where: {sequence: [{not: {bought: {}}, within: 3d}, {returned: {}}]}\n", "What did not happen is the last step")]
    [InlineData("where: {sequence: [{returned: {}}, {not: {bought: {}}}]}\n", "says \"within\" how many days")]
    [InlineData("where: {measure: {name: sales.net_sale, from: 1}}\n", "segments/a.yaml:1:25: The cube \"sales\" has no measure \"net_sale\". Did you mean \"net_sales\"?")]
    [InlineData("where: {measure: {name: sale.net_sales, from: 1}}\n", "There is no cube \"sale\". Did you mean \"sales\"?")]
    [InlineData("where: {measure: {name: people.customers, from: 1}}\n", "are no customer's")]
    [InlineData("where: {measure: {name: net_sales, from: 1}}\n", "write it like sales.net_sales")]
    [InlineData("where: {measure: {name: sales.net_sales}}\n", "\"from\", \"to\" or both are needed here.")]
    [InlineData("where: {country: :land}\nparameters: {country: IE}\n", "There is no parameter \"land\". The parameters are country.")]
    [InlineData("where: {tier: [Gold]}\n", "There is no tier \"Gold\". The tiers are A, B, C.")]
    [InlineData("where: {churn_band: [hihg]}\n", "There is no churn band \"hihg\". Did you mean \"high\"?")]
    public void WrongDefinition_IsFault_WithPlaceAndNearName(string text, string words) =>
        Assert.Contains(words, Assert.Throws<DefinitionException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parameters_TakeTheirDefaults_OrWhatIsGiven_AndMakeAnotherDefinition()
    {
        var (plain, given, same) = (Read(Shelf), Read(Shelf, ("country", "FR")), Read(Shelf, ("country", "FR")));

        Assert.Equal("country IE", plain.Where.Tests().First().Words);
        Assert.Equal("country FR", given.Where.Tests().First().Words);
        Assert.Equal("value from 5", given.Where.Tests().Last().Words);
        Assert.NotEqual(plain.Hash, given.Hash);
        Assert.Equal(given.Hash, same.Hash);
    }

    [Fact]
    public void ParameterThatTheSegmentHasNot_IsWrongCommand() => Assert.Contains(
        "The segment \"a\" has no parameter \"contry\". Did you mean \"country\"?",
        Assert.Throws<WrongCommandException>(() => Read(Shelf, ("contry", "FR"))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void ParameterOfTheWrongKind_IsFault() => Assert.Contains(
        "\"many\" is no number.", Assert.Throws<DefinitionException>(() => Read(Shelf, ("least", "many"))).Message, StringComparison.Ordinal);

    [Fact]
    public void QuotedColon_IsText() =>
        Assert.Equal("country :x", Read("where: {country: \":x\"}\n").Where.Tests().First().Words);

    [Fact]
    public async Task ValuesThatNothingHas_AreTold_WithNearValues()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await new RandomShop(warehouse, new Random(1)).OpenAsync();
        await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);

        var doubts = await DoubtsAsync("where: {any: [{country: [GB, Narnia]}, {sequence: [{bought: {category: TOYS}}, {campaign: {name: C2}}]}], consent: email}\n");

        Assert.Equal(
            [
                "\"a\": no country \"Narnia\" is known. The countries are FR, GB, IE.",
                "\"a\": no category \"TOYS\" is known. There are no categories.",
                "\"a\": no launched campaign \"C2\" is known. Did you mean \"C1\"?",
                "\"a\": no channel of consent \"email\" is known. There are no channels.",
            ],
            doubts);
        Assert.Empty(await DoubtsAsync("where: {country: [GB], campaign: {name: C1}, tier: A, rfm_segment: Champions}\n"));

        Task<IReadOnlyList<string>> DoubtsAsync(string text) =>
            SegmentDoubts.FindAsync(connection, Read(text), [Read(text)], CancellationToken.None);
    }

    [Theory]
    [InlineData("where: {bought: {}}\n", "bought 2 times for 5,861.44, last on 2025-03-01", "bought once for 0.50 on 2025-04-08")]
    [InlineData("where: {value: {from: 0}, orders: {from: 1}}\n", "orders 2; value 5,861.44", "orders 1; value 0.50")]
    [InlineData("where: {recency_days: {from: 0}}\n", "last bought 39 days before", "last bought the day before")]
    public async Task Reason_SaysItAsPeopleDo(string text, string often, string once)
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await new RandomShop(warehouse, new Random(1)).OpenAsync();
        await warehouse.AddSalesAsync(
            new Sale(1, new(2025, 1, 1), "A", 5_000.4m), new Sale(1, new(2025, 3, 1), "B", 861.04m), new Sale(2, new(2025, 4, 8), "C", .5m));
        await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);
        var segment = Read(text);

        var found = await SegmentMembers.FindAsync(connection, segment, [segment], new PopulationOptions(AsOf.EndOf(new(2025, 4, 9), TimeZoneInfo.Utc)), CancellationToken.None);
        Assert.Equal([(1, often), (2, once)], found.Members.Select(member => (member.CustomerKey, member.Reason)).OrderBy(member => member.CustomerKey));
    }

    [Fact]
    public async Task Sequence_SaysWhenWhatFollowedWhat()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await new RandomShop(warehouse, new Random(1)).OpenAsync();
        await warehouse.AddSalesAsync(
            new Sale(1, new(2025, 1, 1), "A", 5), new Sale(1, new(2025, 3, 1), "B", 5), new Sale(1, new(2025, 3, 9), "C", -5, IsReturn: true),
            new Sale(2, new(2025, 3, 9), "D", -5, IsReturn: true), new Sale(2, new(2025, 3, 10), "E", 5), new Sale(3, new(2025, 3, 1), "F", 5), new Sale(3, new(2025, 3, 1), "G", -5, IsReturn: true));
        await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);
        var segment = Read("where: {sequence: [{bought: {}}, {returned: {}, within: 10d}, {not: {bought: {}}, within: 30d}]}\n");

        var found = await FindAsync(new(2025, 4, 9));
        Assert.Equal((1, "bought on 2025-03-01, then returned on 2025-03-09, and not bought since"), Assert.Single(found.Select(member => (member.CustomerKey, member.Reason))));
        Assert.Empty(await FindAsync(new(2025, 4, 7)));

        async Task<IReadOnlyList<SegmentMember>> FindAsync(DateOnly date) =>
            (await SegmentMembers.FindAsync(connection, segment, [segment], new PopulationOptions(AsOf.EndOf(date, TimeZoneInfo.Utc)), CancellationToken.None)).Members;
    }

    [Fact]
    public async Task ProfileToldLater_ChangesNoEarlierMembership()
    {
        await using var warehouse = await MailingShop.OpenAsync(6);
        await warehouse.RunAsync(
            """
            INSERT INTO star.customer_record (source, source_id, valid_from, country, known_at, generation, load_key, source_line, is_timeless)
            SELECT 'crm', 'C' || key, TIMESTAMPTZ '2020-01-01 00:00:00+00', 'GB', TIMESTAMPTZ '2020-01-01 00:00:00+00', 0, -1, 1, false FROM range(1, 7) AS people (key);
            INSERT INTO star.customer_record (source, source_id, valid_from, country, known_at, generation, load_key, source_line, is_timeless)
            VALUES ('crm', 'C1', TIMESTAMPTZ '2021-01-01 00:00:00+00', 'FR', TIMESTAMPTZ '2025-06-15 00:00:00+00', 1, -1, 2, false);
            UPDATE star.dim_customer SET country = 'GB';
            UPDATE star.dim_customer SET valid_to = TIMESTAMPTZ '2021-01-01 00:00:00+00', is_current = false WHERE customer_key = 1;
            INSERT INTO star.dim_customer (customer_version_key, customer_key, customer_id, country, is_inferred, is_test, valid_from, valid_to, is_current, known_at, generation, load_key, source_line)
            VALUES (100, 1, 'C1', 'FR', false, false, TIMESTAMPTZ '2021-01-01 00:00:00+00', TIMESTAMPTZ '9999-12-31 00:00:00+00', true, TIMESTAMPTZ '2025-06-15 00:00:00+00', 1, -1, 0);
            """);
        await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);
        var segment = Read("where: {country: FR}\n");

        Assert.Empty(await KeysAsync(AsOf.EndOf(new(2025, 6, 14), TimeZoneInfo.Utc)));
        Assert.Equal([1], await KeysAsync(AsOf.EndOf(new(2025, 6, 15), TimeZoneInfo.Utc)));
        Assert.Equal([1], await KeysAsync(AsOf.EndOfWithHindsight(new(2025, 6, 14), TimeZoneInfo.Utc)));

        async Task<IEnumerable<int>> KeysAsync(AsOf asOf) =>
            (await SegmentMembers.FindAsync(connection, segment, [segment], new PopulationOptions(asOf), CancellationToken.None)).Members.Select(member => member.CustomerKey);
    }

    private static Segment Read(string text, params (string Name, string Value)[] given) => Segment.Read(
        [(DefinitionFile.Parse(text, "segments/a.yaml"), "a")], [], SegmentCubes.Of(RandomShop.Cubes, TimeZoneInfo.Utc), "a",
        given.ToDictionary(value => value.Name, value => value.Value, StringComparer.Ordinal))[0];
}
