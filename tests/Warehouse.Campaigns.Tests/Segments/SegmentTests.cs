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

        Assert.Equal([3, 2, 1], found.Members.Select(member => member.Scores.CustomerKey));
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
            Assert.Equal(segment.Sums.Revenue, found.Members.Sum(member => member.Scores.Revenue));
            Assert.All(found.Members, member => Assert.StartsWith(segment.Name, member.Reason, StringComparison.Ordinal));
        }
    }

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

        Assert.Equal([2], (await FindAsync(warehouse, segment, Today)).Members.Select(member => member.Scores.CustomerKey));
        Assert.Equal([2, 1], (await FindAsync(warehouse, segment, new(2025, 5, 20))).Members.Select(member => member.Scores.CustomerKey));
        Assert.Equal([3, 2], (await FindAsync(warehouse, segment, new(2025, 7, 2))).Members.Select(member => member.Scores.CustomerKey));
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

    private static Segment Read(string text) => Segment.Read(DefinitionFile.Parse(text, "segments/a.yaml"), "a");

    private static async Task<FreshWarehouse> ShopAsync(int customers = 3)
    {
        var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddCustomersAsync(Enumerable.Range(1, customers));
        await warehouse.AddSalesAsync(Enumerable.Range(1, customers).SelectMany(key => Enumerable.Range(0, 1 + (key % 5)).Select(order =>
            new Sale(key, new DateOnly(2025, 1, 1).AddDays((key * 7 % 90) + order), $"O{key}-{order}", 10 * key))));
        return warehouse;
    }

    private static async Task<SegmentMembers> FindAsync(FreshWarehouse warehouse, Segment segment, DateOnly date)
    {
        await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);
        return await SegmentMembers.FindAsync(
            connection, segment, new RfmOptions(new PopulationOptions(AsOf.EndOf(date, TimeZoneInfo.Utc))), CancellationToken.None);
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
