using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Warehouse.Acceptance.Pages;

/// <summary>A steward lets another version of a model score, and the earlier one again; an analyst goes from a risk to those who have it.</summary>
[Collection(nameof(ServedSample))]
public class ChurnJourneyTests(ServedSample sample)
{
    [SkippableFact]
    public async Task AVersion_IsPromotedWithAReason_AndRolledBack()
    {
        await using var page = await sample.EnterAsync();
        await sample.RunAsync("churn", "train", "--as-of", "2026-03-01", "--learner", "logistic");
        var (before, other) = (await PromotedAsync(), await NewestAsync());
        if (before == other)
        {
            other = before - 1;
        }

        await page.GoAsync("/churn");
        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = $"churn, version {other}" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "How good it is" }).WaitForAsync();
        var auc = (await sample.AskAsync($"/api/v1/churn/card?version={other}")).GetProperty("training").GetProperty("test").GetProperty("auc").GetProperty("value").GetDouble();
        Assert.Equal(
            auc.ToString("0.###", CultureInfo.InvariantCulture),
            await page.Page.GetByRole(AriaRole.Table, new PageGetByRoleOptions { Name = "How good it is" }).GetByRole(AriaRole.Cell).First.InnerTextAsync());
        await DecideAsync(page.Page, "It is simpler.");
        Assert.Equal(other, await PromotedAsync());
        await page.Page.Locator("[data-figure=status]", new() { HasText = "promoted" }).WaitForAsync();
        Assert.Equal("It is simpler.", (await ModelsAsync()).Single(row => row[1].GetInt32() == other)[9].GetString());

        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = $"Roll back to version {before}" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = $"churn, version {before}" }).WaitForAsync();
        await WriteAsync(page.Page, "It ranked better.");
        Assert.Equal(before, await PromotedAsync());
        await page.Page.Locator("[data-figure=status]", new() { HasText = "promoted" }).WaitForAsync();
        await page.GoAsync("/churn");
        var champion = page.Page.Locator(".card", new() { Has = page.Page.GetByText("promoted", new() { Exact = true }) });
        Assert.Equal($"churn, version {before}", await champion.GetByRole(AriaRole.Link).InnerTextAsync());
        await page.GoAsync("/jobs");
        await page.Page.GetByText($"Let version {other} of churn score").First.WaitForAsync();
        Assert.Empty(page.Faults);
    }

    [SkippableFact]
    public async Task ABandOfRisk_LeadsToItsCustomers()
    {
        await using var page = await sample.EnterAsync();
        await page.GoAsync("/churn");
        var told = await sample.AskAsync("/api/v1/query?cube=snapshots&measures=customers&by=standing.churn_band&where=standing.churn_band%20is%20not%20null%20and%20date.day%20%3D%20'2026-06-30'");
        var low = told.GetProperty("rows").EnumerateArray().Single(row => row[0].GetString() == "low")[1].GetInt64();
        var row = page.Page.GetByRole(AriaRole.Row, new PageGetByRoleOptions { Name = "30 Jun 2026 low" });
        await row.WaitForAsync();
        Assert.Contains(low.ToString("#,##0", CultureInfo.InvariantCulture), await row.InnerTextAsync(), StringComparison.Ordinal);

        await row.GetByRole(AriaRole.Link).ClickAsync();
        await page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "low, stored for 30 Jun 2026" }).WaitForAsync();
        await page.Page.Locator("table.cells tbody tr").First.GetByRole(AriaRole.Link).ClickAsync();
        await page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Scores over time" }).WaitForAsync();
        Assert.Empty(page.Faults);
    }

    private static async Task DecideAsync(IPage page, string because)
    {
        await page.Locator("a[href$='promote=true']").ClickAsync();
        await WriteAsync(page, because);
    }

    private static async Task WriteAsync(IPage page, string because)
    {
        var button = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Do it" });
        Assert.True(await button.IsDisabledAsync());
        await page.GetByLabel("Why").FillAsync(because);
        await button.ClickAsync();
        await page.Locator(".done").WaitForAsync();
    }

    private async Task<List<JsonElement>> ModelsAsync() =>
        [.. (await sample.AskAsync("/api/v1/churn/models")).GetProperty("rows").EnumerateArray().Where(row => row[0].GetString() == "churn")];

    private async Task<int> PromotedAsync() => (await ModelsAsync()).Single(row => row[8].GetString() == "promoted")[1].GetInt32();

    private async Task<int> NewestAsync() => (await ModelsAsync()).Max(row => row[1].GetInt32());
}
