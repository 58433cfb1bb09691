using System.Text.Json;

namespace Warehouse.Acceptance;

/// <summary><c>warehouse campaign plan</c> and <c>launch</c> as people run them.</summary>
public class CampaignTests
{
    private const string Plan =
        """
        segment: everybody
        channel: email
        waves: [{starts_on: 2030-01-01, ends_on: 2030-02-01}]
        depth: all
        """;

    [Fact]
    public async Task Plan_TellsTheSteps_RefusesWhatCannotBeShown_AndIsLaunchedOnce()
    {
        using var shop = await MailedShopAsync();
        shop.Write("campaigns/c.yaml", $"{Plan}\nobjective: {{expected_lift: .01}}\n");

        var plan = await shop.RunAsync("campaign", "plan", "c", "--format", "json");
        Assert.Equal(3, plan.ExitCode);
        Assert.Contains("it cannot be shown. It takes", plan.Error, StringComparison.Ordinal);
        var answer = JsonDocument.Parse(plan.Output).RootElement;
        Assert.Equal(
            answer.GetProperty("members").GetInt64(),
            answer.GetProperty("reachable").GetInt64() + answer.GetProperty("steps").EnumerateArray().Sum(step => step.GetProperty("customers").GetInt64()));

        Assert.Contains("arm treated", (await shop.RunAsync("campaign", "launch", "c")).Done().Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", (await shop.RunAsync("campaign", "launch", "c")).Done().Error, StringComparison.Ordinal);

        shop.Write("destinations/mailer.yaml", "to: folder\npath: exports/outbox\nchannel: email\ncolumns: {Mail: email, Id: customer_id}\n");
        Assert.Contains("changes of c to mailer", (await shop.RunAsync("campaign", "export", "c", "--to", "mailer", "--purpose", "spring")).Done().Output, StringComparison.Ordinal);
        Assert.Contains("nothing was sent", (await shop.RunAsync("campaign", "export", "c", "--to", "mailer")).Done().Output, StringComparison.Ordinal);
        var again = Path.Combine(shop.Path, "again.csv");
        Assert.Contains("These are the bytes", (await shop.RunAsync("export", "rebuild", "0", "--out", again)).Done().Error, StringComparison.Ordinal);
        Assert.Equal(await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(Path.Combine(shop.Path, "exports", "outbox")))), await File.ReadAllBytesAsync(again));
        Assert.Equal("spring", (await shop.RunAsync("export", "list", "--format", "json")).Done().Rows[0][6].GetString());

        var progress = (await shop.RunAsync("campaign", "refresh", "--as-of", "2030-01-02", "--format", "json")).Done();
        Assert.Equal(["control", "treated"], progress.Rows.EnumerateArray().Select(row => row[2].GetString()));
        var report = (await shop.RunAsync("report", "tiers")).Done().Output.Trim();
        Assert.StartsWith("exports/reports/tiers-2024-", report, StringComparison.Ordinal);
        Assert.Contains("<table", await File.ReadAllTextAsync(Path.Combine(shop.Path, report)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoUnsubscribes_IsSuppressedFromTheNextLoadOn_AndHisTouchKeepsItsArm()
    {
        using var shop = await MailedShopAsync();
        shop.Write("campaigns/c.yaml", Plan);
        shop.Write("campaigns/d.yaml", Plan.Replace("2030-01-01, ends_on: 2030-02-01", "2030-03-01, ends_on: 2030-04-01", StringComparison.Ordinal));
        shop.Write("destinations/mailer.yaml", "to: file\npath: exports/c.csv\ncolumns: {Id: customer_id}\n");
        (await shop.RunAsync("campaign", "launch", "c")).Done();
        (await shop.RunAsync("campaign", "export", "c", "--to", "mailer")).Done();
        var treated = (await File.ReadAllLinesAsync(Path.Combine(shop.Path, "exports", "c.csv"))).Skip(1).Take(3).ToArray();

        shop.Write("feeds/touches.yaml", "feed: touches\nsource: {files: data/touches.csv}\nidentity: shop\ninto: touch\ncolumns: {campaign: campaign, customer: id, arm: arm, assigned_at: assigned, delivered_at: delivered, unsubscribed_at: unsubscribed}\n");
        shop.Write("data/touches.csv", "campaign,id,arm,assigned,delivered,unsubscribed\n" + string.Concat(treated.Select(id => $"c,{id},treated,2026-01-01 00:00:00,2026-01-01 01:00:00,2026-01-02 00:00:00\n")));
        (await shop.RunAsync("load")).Done();

        var plan = await shop.RunAsync("campaign", "plan", "d", "--format", "json");
        var steps = JsonDocument.Parse(plan.Output).RootElement.GetProperty("steps").EnumerateArray();
        Assert.Equal(3, steps.Single(step => step.GetProperty("rule").GetString() == "opted_out").GetProperty("customers").GetInt64());
    }

    [Fact]
    public async Task SixteenProcessesLaunchAtTheSameMoment_AndTheCapHolds()
    {
        using var shop = await MailedShopAsync();
        shop.Write("campaigns/_policy.yaml", "caps: [{touches: 2, days: 30}]\n");
        for (var place = 1; place <= 16; place++)
        {
            shop.Write($"campaigns/c{place}.yaml", Plan.Replace("2030-01-01, ends_on: 2030-02-01", $"2030-03-{place:00}, ends_on: 2030-03-{place + 1:00}", StringComparison.Ordinal));
        }

        var launches = await Task.WhenAll(Enumerable.Range(1, 16).Select(place => shop.RunAsync("campaign", "launch", $"c{place}")));

        Assert.All(launches, launch => Assert.True(launch.ExitCode == 0 || launch.Error.Contains("Nobody is left to treat", StringComparison.Ordinal), launch.Error));
        shop.Write("cubes/touches.yaml", "cube: touches\ntable: star.fact_touch\ndimensions:\n  customer: { table: star.dim_customer, key: customer_key, on: customer_key, unknown: -1 }\n  touch: { attributes: [arm, customer_key] }\nmeasures:\n  touches: { count: rows }\n");
        var touches = (await shop.RunAsync("query", "touches", "--measures", "touches", "--by", "touch.customer_key", "--where", "touch.arm = 'treated'", "--format", "json")).Done();
        Assert.All(touches.Rows.EnumerateArray(), row => Assert.Equal(2, row[1].GetInt64()));
        Assert.True(touches.Rows.GetArrayLength() >= 45);
    }

    private static async Task<SmallShop> MailedShopAsync()
    {
        var shop = new SmallShop(300);
        shop.Write("segments/everybody.yaml", "where: {all: []}\n");
        shop.Write("feeds/people.yaml", "feed: people\nsource: {files: data/people.csv}\nidentity: shop\ninto: customer\ncolumns: {id: id, email: email}\n");
        shop.Write("feeds/consents.yaml", "feed: consents\nsource: {files: data/consents.csv}\nidentity: shop\ninto: consent\ncolumns: {customer: id, channel: channel, is_granted: granted, stated_at: at}\n");
        shop.Write("data/people.csv", "id,email\n" + string.Concat(Enumerable.Range(0, 50).Select(key => $"C{key},c{key}@example.org\n")));
        shop.Write("data/consents.csv", "id,channel,granted,at\n" + string.Concat(Enumerable.Range(0, 50).Select(key => $"C{key},email,true,2024-01-01 00:00:00\n")));
        (await shop.RunAsync("load")).Done();
        return shop;
    }
}
