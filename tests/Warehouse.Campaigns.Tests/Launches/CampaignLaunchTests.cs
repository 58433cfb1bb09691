using Warehouse.Campaigns.Suppression;
using Warehouse.Definitions;

namespace Warehouse.Campaigns.Tests.Launches;

public class CampaignLaunchTests
{
    [Fact]
    public async Task Launch_RecordsBothArms_AndFreezesEveryMember()
    {
        await using var warehouse = await MailingShop.OpenAsync(300);
        await warehouse.RunAsync("DELETE FROM star.customer_consent WHERE customer_key <= 10");

        var (launch, audience) = await MailingShop.LaunchAsync(warehouse, MailingShop.PlanOf("a"));

        Assert.Equal(
            [$"control | {launch.Control} | 0.0000", $"treated | {launch.Treated} | {launch.Treated * .5m:0.0000}"],
            await warehouse.RowsAsync("SELECT arm, count(*), sum(cost_amount)::DECIMAL(18,4) FROM star.fact_touch GROUP BY arm ORDER BY arm"));
        Assert.Equal(
            [$"control | NULL | {launch.Control}", $"treated | NULL | {launch.Treated}", "NULL | no consent | 10"],
            await warehouse.RowsAsync("SELECT arm, suppression, count(*) FROM mart.campaign_member GROUP BY ALL ORDER BY arm NULLS LAST"));
        Assert.Equal(300, launch.Members);
        Assert.Equal(audience!.Steps.Sum(step => step.Customers) + launch.Treated + launch.Control, launch.Members);
        Assert.Equal(["0"], await warehouse.RowsAsync(
            "SELECT count(*) FROM star.fact_touch AS touch JOIN star.customer_identity AS identity USING (identity_key) WHERE identity.customer_key <> touch.customer_key"));
    }

    [Fact]
    public async Task SecondLaunch_ChangesNothing_AndGivesTheFirst()
    {
        await using var warehouse = await MailingShop.OpenAsync(300);
        var (first, _) = await MailingShop.LaunchAsync(warehouse, MailingShop.PlanOf("a"));
        await warehouse.RunAsync("DELETE FROM star.customer_consent WHERE customer_key <= 100");

        var (second, audience) = await MailingShop.LaunchAsync(warehouse, MailingShop.PlanOf("a"));

        Assert.Null(audience);
        Assert.Equal(first, second);
        Assert.Equal(["1 | 300"], await warehouse.RowsAsync("SELECT max(generation), (SELECT count(*) FROM mart.campaign_member) FROM ops.generation"));
    }

    [Fact]
    public async Task WaveThatAFeedBrought_IsNotLaunched()
    {
        await using var warehouse = await MailingShop.OpenAsync(30);
        await warehouse.RunAsync(
            """
            INSERT INTO star.dim_campaign (campaign_key, campaign_id, wave, is_inferred, known_at, generation, load_key, source_line) VALUES (0, 'a', 1, true, now(), 0, -1, 0);
            INSERT INTO star.fact_touch (touch_key, campaign_key, customer_key, customer_version_key, date_key, arm, assigned_at, cost_amount, known_at, generation, load_key, source_line, identity_key)
            VALUES (0, 0, 1, 1, DATE '2025-01-01', 'treated', now(), 0, now(), 0, -1, 0, 1);
            """);

        Assert.Contains(
            "touches that a feed brought",
            (await Assert.ThrowsAsync<UserFaultException>(() => MailingShop.LaunchAsync(warehouse, MailingShop.PlanOf("a")))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task SixteenLaunchesAtTheSameMoment_KeepTheCapExactly()
    {
        await using var warehouse = await MailingShop.OpenAsync(300);
        var policy = ContactPolicy.Read(DefinitionFile.Parse("caps: [{touches: 3, days: 30}]\n", "campaigns/_policy.yaml"));

        // Windows apart, so that only the cap holds them back.
        var plans = Enumerable.Range(0, 16).Select(place => MailingShop.PlanOf(
            $"c{place}", MailingShop.Plan.Replace("2025-07-01, ends_on: 2025-07-15", $"2025-08-{place + 1:00}, ends_on: 2025-08-{place + 2:00}", StringComparison.Ordinal)));
        var launched = await Task.WhenAll(plans.Select(plan => Task.Run(async () =>
        {
            try
            {
                return (await MailingShop.LaunchAsync(warehouse, plan, policy)).Launch.Treated;
            }
            catch (UserFaultException nobodyLeft)
            {
                Assert.Contains("Nobody is left to treat", nobodyLeft.Message, StringComparison.Ordinal);
                return 0;
            }
        })));

        Assert.Equal([$"{launched.Sum()}"], await warehouse.RowsAsync("SELECT count(*) FROM star.fact_touch WHERE arm = 'treated'"));
        Assert.Equal(["3 | 3"], await warehouse.RowsAsync(
            "SELECT min(touches), max(touches) FROM (SELECT count(*) AS touches FROM star.fact_touch WHERE arm = 'treated' GROUP BY customer_key)"));
    }
}
