using Warehouse.Campaigns.Plans;
using Warehouse.Campaigns.Suppression;
using Warehouse.Definitions;

namespace Warehouse.Campaigns.Tests.Suppression;

public class SuppressionTests
{
    private const string Trouble =
        """
        DELETE FROM star.customer_consent WHERE customer_key <= 10;
        INSERT INTO star.customer_consent (customer_key, channel, purpose, is_granted, stated_at, source, known_at, generation, load_key, source_line, identity_key)
        SELECT customer_key, 'email', 'marketing', false, TIMESTAMPTZ '2025-06-29 00:00:00+00', 'crm', TIMESTAMPTZ '2025-06-29 00:00:00+00', 0, -1, 0, customer_key
        FROM star.dim_customer WHERE customer_key BETWEEN 11 AND 30;
        INSERT INTO ops.forgotten_customer SELECT 'h' || customer_key, customer_key, TIMESTAMPTZ '2025-06-01 00:00:00+00' FROM star.dim_customer WHERE customer_key BETWEEN 29 AND 32;
        UPDATE star.customer_contact SET email = NULL WHERE customer_key BETWEEN 26 AND 35;
        UPDATE star.customer_contact SET email = 'nobody at home' WHERE customer_key = 36;
        INSERT INTO star.fact_contact (contact_key, contact_id, customer_key, customer_version_key, channel_key, reason_key, agent_key, product_key, date_key, opened_at, resolved_at, is_answered, is_resolved, is_complaint, known_at, generation, load_key, source_line, identity_key)
        SELECT customer_key, 'K', customer_key, -1, -1, -1, -1, -1, DATE '2025-06-01', TIMESTAMPTZ '2025-06-01 00:00:00+00',
            CASE WHEN customer_key >= 39 THEN TIMESTAMPTZ '2025-06-10 00:00:00+00' END, true, customer_key >= 39, true, TIMESTAMPTZ '2025-06-01 00:00:00+00', 0, -1, 0, -1
        FROM star.dim_customer WHERE customer_key BETWEEN 35 AND 42;
        """;

    [Fact]
    public async Task Waterfall_CountsEachCustomerAtTheFirstReason_AndAddsUpToTheSegment()
    {
        await using var warehouse = await MailingShop.OpenAsync(200);
        await warehouse.RunAsync(Trouble);

        var audience = await MailingShop.AudienceAsync(warehouse, MailingShop.PlanOf("a"));

        Assert.Equal(200, audience.Members);
        Assert.Equal(
            [("no_consent", 10L), ("opted_out", 20L), ("erased", 2L), ("held_out", 0L), ("open_complaint", 4L), ("contacted_too_often", 0L), ("other_experiment", 0L), ("undeliverable", 2L), ("below_depth", 0L)],
            audience.Steps.Select(step => (step.Rule, step.Customers)));
        Assert.Equal(audience.Members, audience.Steps.Sum(step => step.Customers) + audience.Reachable);
        Assert.Equal(audience.Reachable, audience.Treated + audience.Control);
        Assert.Equal(audience.Reachable, audience.Steps[^1].Remaining);
    }

    [Fact]
    public async Task StatedOrder_DecidesWhichReasonCounts_AndNotWhoIsReached()
    {
        await using var warehouse = await MailingShop.OpenAsync(200);
        await warehouse.RunAsync(Trouble);
        const string Turned = MailingShop.Plan + "\nsuppress: [undeliverable, open_complaint, erased, opted_out, no_consent, held_out]\n";

        var usual = await MailingShop.AudienceAsync(warehouse, MailingShop.PlanOf("a"));
        var turned = await MailingShop.AudienceAsync(warehouse, MailingShop.PlanOf("a", Turned));

        Assert.Equal(
            [("undeliverable", 11L), ("open_complaint", 2L), ("erased", 0L), ("opted_out", 15L), ("no_consent", 10L), ("held_out", 0L)],
            turned.Steps.Select(step => (step.Rule, step.Customers)));
        Assert.Equal(usual.Reachable, turned.Reachable);
    }

    [Fact]
    public async Task AsOfAnEarlierInstant_WhatHappenedLaterDoesNotCount()
    {
        await using var warehouse = await MailingShop.OpenAsync(200);
        await warehouse.RunAsync(Trouble);

        var audience = await MailingShop.AudienceAsync(
            warehouse, MailingShop.PlanOf("a"), at: new DateTimeOffset(2025, 6, 5, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(0, Step(audience, "opted_out"));
        Assert.Equal(8, Step(audience, "open_complaint"));
    }

    [Theory]
    [InlineData("{touches: 1, days: 7}", 160)]
    [InlineData("{touches: 2, days: 7}", 0)]
    [InlineData("{touches: 1, days: 7, channel: post}", 0)]
    [InlineData("{touches: 1, days: 7, channel: email}", 160)]
    public async Task Cap_CountsTreatmentsOfAllCampaigns_AndNoControls(string cap, int capped)
    {
        await using var warehouse = await MailingShop.OpenAsync(200);
        var stratified = MailingShop.PlanOf("first", MailingShop.Plan.Replace("share: 0.2", "share: 0.2, stratify: tier", StringComparison.Ordinal)
            .Replace("2025-07-01, ends_on: 2025-07-15", "2025-09-01, ends_on: 2025-09-15", StringComparison.Ordinal));
        var (launch, _) = await MailingShop.LaunchAsync(warehouse, stratified);
        Assert.InRange(launch.Treated, 158, 162);

        var policy = ContactPolicy.Read(DefinitionFile.Parse($"caps: [{cap}]\n", "campaigns/_policy.yaml"));
        var audience = await MailingShop.AudienceAsync(warehouse, MailingShop.PlanOf("second"), policy);

        Assert.Equal(capped == 0 ? 0 : launch.Treated, Step(audience, "contacted_too_often"));
        Assert.Equal(0, Step(audience, "other_experiment"));
    }

    [Fact]
    public async Task OverlappingWindow_LeavesOutBothArmsOfTheOtherExperiment()
    {
        await using var warehouse = await MailingShop.OpenAsync(100);
        await MailingShop.LaunchAsync(warehouse, MailingShop.PlanOf("first"));

        Assert.Equal(100, Step(await MailingShop.AudienceAsync(warehouse, MailingShop.PlanOf("second")), "other_experiment"));
    }

    [Fact]
    public async Task HoldOut_LeavesOutTheSameCustomers_OfEveryCampaign()
    {
        await using var warehouse = await MailingShop.OpenAsync(2000);
        var policy = ContactPolicy.Read(DefinitionFile.Parse("hold_out: {share: .1, seed: y}\n", "campaigns/_policy.yaml"));

        var first = await HeldOutAsync("a");

        Assert.InRange(first.Count, 150, 250);
        Assert.Equal(first, await HeldOutAsync("b"));

        async Task<List<int>> HeldOutAsync(string name)
        {
            await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);
            var plan = MailingShop.PlanOf(name);
            await CampaignAudience.FindAsync(connection, plan, plan.Waves[0], policy, MailingShop.Segments, MailingShop.Options, MailingShop.Now, CancellationToken.None);
            return await Store.SqlExtensions.RowsAsync(
                connection, "SELECT customer_key FROM temp.campaign_draw WHERE suppression = 'universal hold-out' ORDER BY 1", row => row.GetInt32(0), CancellationToken.None);
        }
    }

    [Theory]
    [InlineData("suppress: [no_consent]", "\"opted_out\" is missing in \"suppress\"")]
    [InlineData("suppress: [no_consents]", "Did you mean \"no_consent\"?")]
    [InlineData("suppress: [below_depth, no_consent, opted_out, erased, held_out]", "\"below_depth\" is asked last")]
    [InlineData("caps: [{touches: 0, days: 7}]", "is a whole number from 1")]
    [InlineData("caps: [{days: 7}]", "\"touches\" is missing")]
    public void WrongRule_IsFault(string line, string words) => Assert.Contains(
        words, Assert.Throws<DefinitionException>(() => MailingShop.PlanOf("a", $"{MailingShop.Plan}\n{line}\n")).Message, StringComparison.Ordinal);

    private static long Step(CampaignAudience audience, string rule) => audience.Steps.Single(step => step.Rule == rule).Customers;
}
