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

        await page.GoAsync($"/churn/churn/{other}?against={before}");
        foreach (var (caption, verb) in new[] { ("Measures in its own test", "card"), ("Measures on the same customers", "evaluate") })
        {
            var (here, there) = (await MeasuresAsync(verb, other), await MeasuresAsync(verb, before));
            await Assertions.Expect(ReportOnPage.Table(page.Page, caption).Locator("tbody").Locator("th, td")).ToHaveTextAsync(
                here.SelectMany(row => (string[])[row.Measure, row.Value, there.Single(each => each.Measure == row.Measure).Value]));
        }

        Assert.Empty(await page.BarriersAsync());
        Assert.Empty(page.Faults);
    }

    /// <summary>Every part of a card stands under one of its tabs: measures, calibration, lift, gain, profit, drift, and what became of its scores.</summary>
    [SkippableFact]
    public async Task TheCard_ShowsEveryPartUnderATab_AndWhatBecameOfItsScores()
    {
        await using var page = await sample.EnterAsync();
        await sample.RunAsync("churn", "score", "--as-of", "2026-03-31", "--version", "1");
        await sample.RunAsync("churn", "backtest");
        var parts = ReportOnPage.PartsOf(await sample.AskAsync("/api/v1/churn/card?model=churn&version=1&format=display"));
        Assert.Contains(parts, part => part.GetProperty("title").GetString() == "AUC: in the test and since");
        var tabs = new (string Tab, string[] Parts)[]
        {
            ("", ["What it is", "How good it is", "Said and seen"]),
            ("?tab=depth", ["Lift by tenth of the customers", "Gain: churners reached by depth", "Expected profit by depth"]),
            ("?tab=reasons", ["What the scores come from", "By groups of customers", "Parameters"]),
            (
                "?tab=since",
                [
                    "What it has scored", "How far customers have moved since the test", "AUC: in the test and since", "calibration error: in the test and since",
                    "lift of the first tenth: in the test and since",
                ]),
        };
        Assert.Equal(parts.Select(part => part.GetProperty("title").GetString()).Order(StringComparer.Ordinal), tabs.SelectMany(tab => tab.Parts).Order(StringComparer.Ordinal));
        foreach (var (tab, titles) in tabs)
        {
            await page.GoAsync($"/churn/churn/1{tab}");
            await ReportOnPage.ShowsAsync(page.Page, [.. parts.Where(part => titles.Contains(part.GetProperty("title").GetString()))]);
            Assert.Empty(await page.BarriersAsync());
        }

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

    private async Task<List<(string Measure, string Value)>> MeasuresAsync(string verb, int version) =>
    [
        .. ReportOnPage.PartsOf(await sample.AskAsync($"/api/v1/churn/{verb}?model=churn&version={version}&format=display"))
            .Single(part => part.GetProperty("title").GetString() == "How good it is").GetProperty("rows").EnumerateArray()
            .Select(row => (row.GetProperty("texts")[0].GetString()!, row.GetProperty("texts")[1].GetString()!)),
    ];

    private static async Task DecideAsync(IPage page, string because)
    {
        await page.Locator("a[href$='promote=true']").ClickAsync();
        await WriteAsync(page, because);
    }

    private static async Task WriteAsync(IPage page, string because)
    {
        var button = page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Do it" });
        await Assertions.Expect(button).ToBeDisabledAsync();
        await page.GetByLabel("Why").FillAsync(because);
        await button.ClickAsync();
        await page.Locator(".done").WaitForAsync();
    }

    private async Task<List<JsonElement>> ModelsAsync() =>
        [.. (await sample.AskAsync("/api/v1/churn/models")).GetProperty("rows").EnumerateArray().Where(row => row[0].GetString() == "churn")];

    private async Task<int> PromotedAsync() => (await ModelsAsync()).Single(row => row[8].GetString() == "promoted")[1].GetInt32();

    private async Task<int> NewestAsync() => (await ModelsAsync()).Max(row => row[1].GetInt32());
}
