using Warehouse.Analysis.Populations;
using Warehouse.Campaigns.Launches;
using Warehouse.Campaigns.Plans;
using Warehouse.Campaigns.Segments;
using Warehouse.Campaigns.Suppression;
using Warehouse.Cubes;
using Warehouse.Definitions;
using Warehouse.Testing;
using Segment = Warehouse.Campaigns.Segments.Segment;

namespace Warehouse.Campaigns.Tests;

/// <summary>A shop whose customers, with the identifiers C1, C2 and so on, may all be written to; every second one of the first 300 bought lately.</summary>
internal static class MailingShop
{
    public const string Plan =
        """
        segment: everybody
        channel: email
        cost_per_contact: 0.5
        waves: [{starts_on: 2025-07-01, ends_on: 2025-07-15}]
        control: {share: 0.2}
        """;

    public static DateTimeOffset Now { get; } = new(2025, 6, 30, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The cubes of a workspace that has none.</summary>
    public static SegmentCubes NoCubes { get; } = SegmentCubes.Of(CubeModel.Parse(), TimeZoneInfo.Utc);

    public static IReadOnlyList<Segment> Segments { get; } = Segment.Read([(DefinitionFile.Parse("where: {all: []}\n", "segments/everybody.yaml"), "everybody")], [], NoCubes);

    public static PopulationOptions Options { get; } = new(AsOf.EndOf(new DateOnly(2025, 6, 29), TimeZoneInfo.Utc));

    public static CampaignPlan PlanOf(string name, string text = Plan) => PlanReader.Read(text, "a.yaml", name);

    public static async Task<FreshWarehouse> OpenAsync(int customers)
    {
        var warehouse = await FreshWarehouse.CreateAsync(new FixedTime(Now));
        await warehouse.RunAsync(
            """
            INSERT INTO star.dim_customer (customer_version_key, customer_key, customer_id, country, is_inferred, is_test, valid_from, valid_to, is_current, known_at, generation, load_key, source_line)
            SELECT key, key, 'C' || key, CASE WHEN key % 3 = 0 THEN 'IE' ELSE 'GB' END, false, false, TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMPTZ '9999-12-31 00:00:00+00', true, TIMESTAMPTZ '2020-01-01 00:00:00+00', 0, -1, 0
            FROM range(1, $customers + 1) AS people (key)
            """,
            ("customers", customers));
        await warehouse.RunAsync(
            """
            INSERT INTO star.customer_identity (source, source_id, customer_key, rule, known_at, generation, load_key, source_line, identity_key, home_key)
            SELECT 'crm', customer_id, customer_key, 'own identifier', known_at, 0, -1, 0, customer_key, customer_key FROM star.dim_customer WHERE customer_key > 0;
            INSERT INTO star.customer_record (source, source_id, valid_from, given_name, family_name, email, phone, street, known_at, generation, load_key, source_line, is_timeless)
            SELECT 'crm', customer_id, known_at, 'Ann' || customer_key, 'Oak' || customer_key, 'c' || customer_key || '@example.org', '+4420' || (7000000 + customer_key), customer_key || ' Elm Road', known_at, 0, -1, 0, false FROM star.dim_customer WHERE customer_key > 0;
            INSERT INTO star.customer_contact (customer_key, given_name, family_name, email, phone, street, known_at, generation, load_key, source_line)
            SELECT identity.customer_key, given_name, family_name, email, phone, street, record.known_at, 0, -1, 0 FROM star.customer_record AS record JOIN star.customer_identity AS identity USING (source, source_id);
            INSERT INTO star.customer_consent (customer_key, channel, purpose, is_granted, stated_at, source, known_at, generation, load_key, source_line, identity_key)
            SELECT customer_key, 'email', 'marketing', true, known_at, 'crm', known_at, 0, -1, 0, customer_key FROM star.dim_customer WHERE customer_key > 0;
            """);
        await warehouse.AddSalesAsync(Enumerable.Range(1, Math.Min(customers, 300)).Where(key => key % 2 == 0).Select(key => new Sale(key, new DateOnly(2025, 6, 20), $"O{key}", 10)));
        return warehouse;
    }

    public static async Task<CampaignAudience> AudienceAsync(FreshWarehouse warehouse, CampaignPlan plan, ContactPolicy? policy = null, DateTimeOffset? at = null)
    {
        await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);
        return await CampaignAudience.FindAsync(
            connection, plan, plan.Waves[0], policy ?? ContactPolicy.None, Segments, Options, at ?? Now, CancellationToken.None);
    }

    public static Task<(CampaignLaunch Launch, CampaignAudience? Audience)> LaunchAsync(FreshWarehouse warehouse, CampaignPlan plan, ContactPolicy? policy = null) =>
        CampaignLaunch.RunAsync(warehouse.Database, plan, plan.Waves[0], policy ?? ContactPolicy.None, Segments, Options, CancellationToken.None);
}
