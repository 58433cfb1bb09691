using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Warehouse.Campaigns.Measurement;
using Warehouse.Campaigns.Plans;
using Warehouse.Campaigns.Suppression;
using Warehouse.Testing;

namespace Warehouse.Campaigns.Tests.ControlGroups;

public class ControlGroupTests
{
    private const int Customers = 20_000;

    [Fact]
    public async Task Arms_AreBalanced_IndependentBetweenSeeds_AndTheSameAgain()
    {
        await using var warehouse = await MailingShop.OpenAsync(Customers);
        var first = await ArmsAsync(warehouse, "share: 0.2, seed: one");
        var other = await ArmsAsync(warehouse, "share: 0.2, seed: two");

        Assert.Equal(first, await ArmsAsync(warehouse, "share: 0.2, seed: one"));
        Assert.True(SampleRatio.Of(["control", "treated"], Sizes(first), [.2, .8]).P > .001);
        var both = Enumerable.Range(0, first.Length).GroupBy(row => (first[row], other[row])).OrderBy(cell => cell.Key).Select(cell => cell.Count()).ToArray();
        Assert.True(SampleRatio.Of(["cc", "ct", "tc", "tt"], both, [.04, .16, .16, .64]).P > .001);
        var ofBuyers = Enumerable.Range(0, 300).Where(row => row % 2 == 1).Select(row => first[row]).ToArray();
        Assert.True(SampleRatio.Of(["control", "treated"], Sizes(ofBuyers), [.2, .8]).P > .001);
    }

    [Fact]
    public async Task Arm_FollowsFromSeedAndCustomerAlone_SoThatAnybodyCanCheckIt()
    {
        await using var warehouse = await MailingShop.OpenAsync(500);

        var arms = await ArmsAsync(warehouse, "share: 0.2, seed: one");

        Assert.Equal(
            Enumerable.Range(1, 500).Select(key => Draw($"one/1:C{key}") < 200_000 ? "control" : "treated"), arms);
    }

    [Fact]
    public async Task Arm_OfACustomer_DoesNotDependOnWhoElseIsThere()
    {
        await using var few = await MailingShop.OpenAsync(200);
        await using var many = await MailingShop.OpenAsync(1000);

        Assert.Equal(await ArmsAsync(few, "share: 0.3"), (await ArmsAsync(many, "share: 0.3")).Take(200));
    }

    [Fact]
    public async Task Strata_HaveTheirSharesToWithinACustomer()
    {
        await using var warehouse = await MailingShop.OpenAsync(1000);
        var plan = MailingShop.PlanOf("a", MailingShop.Plan.Replace("share: 0.2", "share: 0.2, stratify: [country, tier]", StringComparison.Ordinal));
        await MailingShop.LaunchAsync(warehouse, plan);

        var strata = await warehouse.RowsAsync(
            "SELECT stratum, abs(count(*) FILTER (arm = 'control') - .2 * count(*)) <= 1 FROM mart.campaign_member GROUP BY stratum");

        Assert.True(strata.Count >= 4);
        Assert.All(strata, stratum => Assert.EndsWith(" | True", stratum, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SeveralTreatments_ShareWhatTheControlLeaves()
    {
        await using var warehouse = await MailingShop.OpenAsync(Customers);

        var arms = await ArmsAsync(warehouse, "share: 0.25}\narms: {letter: 2, call: 1");

        Assert.True(SampleRatio.Of(
            ["control", "letter", "call"], [arms.Count(arm => arm == "control"), arms.Count(arm => arm == "letter"), arms.Count(arm => arm == "call")], [.25, .5, .25]).P > .001);
    }

    private static int[] Sizes(string[] arms) => [arms.Count(arm => arm == "control"), arms.Count(arm => arm == "treated")];

    /// <summary>The lower half of the MD5, modulo a million.</summary>
#pragma warning disable CA5351 // MD5 spreads customers over arms here; it keeps no secret.
    private static ulong Draw(string text) => BinaryPrimitives.ReadUInt64LittleEndian(MD5.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(8)) % 1_000_000;
#pragma warning restore CA5351

    private static async Task<string[]> ArmsAsync(FreshWarehouse warehouse, string control)
    {
        await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);
        var plan = MailingShop.PlanOf("a", MailingShop.Plan.Replace("share: 0.2", control, StringComparison.Ordinal));
        await CampaignAudience.FindAsync(
            connection, plan, plan.Waves[0], ContactPolicy.None, MailingShop.Segments, MailingShop.Options, MailingShop.Now, CancellationToken.None);
        return [.. await Store.SqlExtensions.RowsAsync(
            connection, "SELECT arm FROM temp.campaign_draw ORDER BY customer_key", row => row.GetString(0), CancellationToken.None)];
    }
}
