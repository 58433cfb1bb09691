using Warehouse.Campaigns.Measurement;
using Warehouse.Campaigns.Plans;
using Warehouse.Definitions;
using Warehouse.Testing;

namespace Warehouse.Campaigns.Tests.Plans;

public class CampaignPlanTests
{
    [Theory]
    [InlineData("2025-07-01", null)]
    [InlineData("2025-07-02", "began on 2025-07-01: what customers did in the 1 days since")]
    [InlineData("2025-07-15", "was over on 2025-07-15")]
    public void WaveInThePast_IsSaid(string today, string? words)
    {
        var late = new PlannedWave(1, new DateOnly(2025, 7, 1), new DateOnly(2025, 7, 15)).Lateness(DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(words is null, late is null);
        Assert.Contains(words ?? "", late ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlanThatCannotShowWhatItExpects_SaysHowManyMoreOrHowMuchLonger()
    {
        await using var warehouse = await MailingShop.OpenAsync(300);
        var plan = MailingShop.PlanOf("a", MailingShop.Plan + "\nobjective: {expected_lift: 0.1}\ndepth: all\n");

        var power = (await MailingShop.AudienceAsync(warehouse, plan)).Power;

        Assert.False(power.CanShow);
        Assert.Equal(Math.Ceiling(Power.CustomersForRate(power.Baseline, .1)), power.CustomersPerArm);
        Assert.InRange(power.Baseline, .4, .6);
        Assert.Contains($"{power.MoreCustomers:#,##0} more customers, or a window of {power.DaysNeeded} days", power.Words[0], StringComparison.Ordinal);
        Assert.InRange(power.DaysNeeded!.Value, 15, 730);

        // As many more, with the same shares, would do; a tenth fewer would not.
        var times = (300 + power.MoreCustomers!.Value) / 300d;
        Assert.InRange(power.MinimumDetectable!.Value / Math.Sqrt(times), power.Expected!.Value * .99, power.Expected.Value);
    }

    [Fact]
    public async Task PlanThatCanShowWhatItExpects_SaysSo()
    {
        await using var warehouse = await MailingShop.OpenAsync(300);

        var power = (await MailingShop.AudienceAsync(warehouse, MailingShop.PlanOf("a", MailingShop.Plan + "\nobjective: {expected_lift: 0.9}\ndepth: all\n"))).Power;

        Assert.True(power.CanShow);
        Assert.Null(power.MoreCustomers);
        Assert.Null(power.DaysNeeded);
        Assert.Contains("it can be shown", power.Words[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Depth_EndsWhereAContactCostsMoreThanItBrings_AndIsKeptWithTheList()
    {
        await using var warehouse = await MailingShop.OpenAsync(300);
        await warehouse.AddSalesAsync(Enumerable.Range(1, 75).Select(place => new Sale(4 * place, new DateOnly(2025, 6, 21), $"P{place}", 100)));
        var plan = MailingShop.PlanOf("a", MailingShop.Plan.Replace("0.5", "4.5", StringComparison.Ordinal) + "\nobjective: {expected_lift: 0.5, margin: 0.5}\n");

        var (launch, audience) = await MailingShop.LaunchAsync(warehouse, plan);

        // Half of them buy, .5 more do, and half of it is kept: a contact pays where a purchase brings 36 or more. That of the 75 with one small order does not.
        Assert.Equal(75, audience!.Steps[^1].Customers);
        Assert.True(audience.Depth.Lowest > 0);
        Assert.Equal(["0"], await warehouse.RowsAsync("SELECT count(*) FROM mart.campaign_member WHERE (expected_profit <= 0) <> (suppression IS NOT NULL AND suppression = 'below the profitable depth')"));
        Assert.Equal([$"{audience.Depth.ExpectedProfit}"], await warehouse.RowsAsync("SELECT sum(expected_profit) FROM mart.campaign_member WHERE arm = 'treated'"));
        Assert.Equal(300, launch.Members);
    }

    [Theory]
    [InlineData("")]
    [InlineData(", stratify: country")]
    public async Task Budget_IsNeverExceeded_AndTakesTheBestFirst(string strata)
    {
        await using var warehouse = await MailingShop.OpenAsync(300);
        var plan = MailingShop.PlanOf(
            "a", MailingShop.Plan.Replace("share: 0.2", $"share: 0.2{strata}", StringComparison.Ordinal) + "\nbudget: 20\nobjective: {expected_lift: 2, margin: 1}\n");

        var (launch, audience) = await MailingShop.LaunchAsync(warehouse, plan);

        Assert.InRange(launch.Treated, 35, 40);
        Assert.True(audience!.Depth.Cost <= 20);
        Assert.Equal(["0"], await warehouse.RowsAsync(
            "SELECT count(*) FROM mart.campaign_member WHERE arm IS NULL AND expected_profit > (SELECT min(expected_profit) FROM mart.campaign_member WHERE arm IS NOT NULL)"));
    }

    [Theory]
    [InlineData("channel: email", "channel: mail", "a.yaml:2:10: \"mail\" is no channel. Did you mean \"email\"?")]
    [InlineData("ends_on: 2025-07-15", "ends_on: 2025-07-01", "lies after \"starts_on\"")]
    [InlineData("starts_on: 2025-07-01", "starts_on: soon", "\"soon\" is no date")]
    [InlineData("control:", "controls:", "\"controls\" is not known")]
    [InlineData("share: 0.2", "share: 0.2, stratify: tiers", "Did you mean \"tier\"?")]
    [InlineData("waves:", "wave:", "\"wave\" is not known")]
    [InlineData("cost_per_contact: 0.5", "objective: {measure: sales}", "\"measure\" of \"objective\" cannot be \"sales\".")]
    [InlineData("cost_per_contact: 0.5", "budget: 5\nsuppress: [no_consent, opted_out, erased, held_out]", "\"below_depth\" is missing")]
    [InlineData("cost_per_contact: 0.5", "depth: some", "\"depth\" is \"profit\", \"all\" or a number")]
    public void WrongPlan_IsFault_WithPlaceAndNearName(string right, string wrong, string words) => Assert.Contains(
        words, Assert.Throws<DefinitionException>(() => MailingShop.PlanOf("a", MailingShop.Plan.Replace(right, wrong, StringComparison.Ordinal))).Message, StringComparison.Ordinal);

    [Fact]
    public void PlanOfSeveralWaves_HasToBeAskedForOne()
    {
        var plan = MailingShop.PlanOf("a", MailingShop.Plan.Replace("waves: [", "waves: [{starts_on: 2025-06-01, ends_on: 2025-06-15}, ", StringComparison.Ordinal));

        Assert.Equal(new DateOnly(2025, 7, 1), plan.Wave(2).StartsOn);
        Assert.Contains("has 2 waves", Assert.Throws<WrongCommandException>(() => plan.Wave(null)).Message, StringComparison.Ordinal);
        Assert.Contains("1 to 2", Assert.Throws<WrongCommandException>(() => plan.Wave(3)).Message, StringComparison.Ordinal);
    }
}
