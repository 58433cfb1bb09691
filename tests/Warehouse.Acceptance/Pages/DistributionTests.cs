using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Warehouse.Acceptance.Pages;

/// <summary>Cohorts, expected value and risk: figures as in the API, and ways from each down to customers and into a segment of the same ones.</summary>
[Collection(nameof(ServedSample))]
public class DistributionTests(ServedSample sample)
{
    [SkippableFact]
    public async Task ACellOfTheHeatMapOfCohorts_LeadsToItsCustomers_AndIntoASegment()
    {
        await using var watched = await sample.EnterAsync();
        var page = watched.Page;
        await watched.GoAsync("/customers/cohorts?as-of=2026-06-30");
        await ReportOnPage.ShowsAsync(page, ReportOnPage.PartsOf(await sample.AskAsync("/api/v1/cohorts?as-of=2026-06-30&format=display")));

        var cohort = (await sample.AskAsync("/api/v1/cohorts?as-of=2026-06-30")).GetProperty("rows").EnumerateArray()
            .Single(row => row[0].GetString() == "2025-03-01" && row[1].GetInt32() == 2);
        var active = cohort[3].GetInt64();
        await ClickCellAsync(page, "1 Mar 2025", "2");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Cohort 1 Mar 2025, active at age 2" }).WaitForAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = $"{active} customers", Exact = true }).WaitForAsync();
        Assert.Equal(active, await SegmentMembersAsync(page));
        await OneIsShownAsync(page);
        Assert.Empty(watched.Faults);
    }

    [SkippableFact]
    public async Task ATenthByExpectedValue_LeadsToItsCustomers_AndIntoASegmentOfWhatIsStored()
    {
        await using var watched = await sample.EnterAsync();
        var page = watched.Page;
        await watched.GoAsync("/customers/lifetime");
        await ReportOnPage.ShowsAsync(page, ReportOnPage.PartsOf(await sample.AskAsync("/api/v1/lifetime?format=display")));

        var tenth = (await sample.AskAsync("/api/v1/lifetime")).GetProperty("tenths")[1];
        await ReportOnPage.Table(page, "Tenths by expected value").GetByRole(AriaRole.Link, new() { Name = "2", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Tenth 2 by expected value" }).WaitForAsync();
        Assert.Equal(tenth.GetProperty("customers").GetInt64(), await SegmentMembersAsync(page));
        var shown = (await sample.AskAsync("/api/v1/lifetime?of=2&limit=1000")).GetProperty("rows").EnumerateArray().ToList();
        await Assertions.Expect(page.Locator("table.cells tbody tr")).ToHaveCountAsync(100);
        await Assertions.Expect(page.Locator("table.cells tbody tr").First).ToContainTextAsync(shown[0][1].GetString()!);
        await OneIsShownAsync(page);
        Assert.Empty(watched.Faults);
    }

    [SkippableFact]
    public async Task ABandOfRisk_IsCountedAsTheApiCounts_AndLeadsIntoASegment()
    {
        await using var watched = await sample.EnterAsync();
        var page = watched.Page;
        await watched.GoAsync("/churn");
        var answer = await sample.AskAsync("/api/v1/query?cube=snapshots&measures=customers,value&by=date.day,standing.churn_band&where=standing.churn_band%20is%20not%20null&format=display");
        string[] order = ["high", "medium", "low"];
        var rows = answer.GetProperty("rows").EnumerateArray()
            .OrderByDescending(row => row.GetProperty("values")[0].GetString(), StringComparer.Ordinal).ThenBy(row => Array.IndexOf(order, row.GetProperty("values")[1].GetString())).ToList();
        await Assertions.Expect(page.Locator("table.cells tbody").Locator("th, td")).ToHaveTextAsync(rows.SelectMany(row =>
        {
            string[] texts = [.. row.GetProperty("texts").EnumerateArray().Select(text => text.GetString()!)];
            return texts.Skip(1).Prepend(ReportOnPage.Shown(texts[0]));
        }));

        await page.Locator("table.cells tbody tr").First.GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "high, stored for 30 Jun 2026" }).WaitForAsync();
        Assert.Equal(rows[0].GetProperty("values")[2].GetInt64(), await SegmentMembersAsync(page));
        await OneIsShownAsync(page);
        Assert.Empty(watched.Faults);
    }

    /// <summary>Clicks the heat map where a row and a column cross.</summary>
    private static async Task ClickCellAsync(IPage page, string row, string column)
    {
        var labels = page.Locator(".plot").First.Locator("svg text");
        await labels.GetByText(column, new() { Exact = true }).First.WaitForAsync();
        await page.Locator(".plot").First.ScrollIntoViewIfNeededAsync();
        var (down, across) = (await BoxAsync(labels, row), await BoxAsync(labels, column));
        await page.Mouse.ClickAsync(across.X + (across.Width / 2), down.Y + (down.Height / 2));
    }

    private static async Task<LocatorBoundingBoxResult> BoxAsync(ILocator labels, string text) =>
        (await labels.Filter(new() { HasTextRegex = new Regex($"^{text.Replace(" ", "\\s", StringComparison.Ordinal)}$", RegexOptions.None, TimeSpan.FromSeconds(1)) }).First.BoundingBoxAsync())!;

    /// <summary>How many the segment chooses that the page offers to make of the group.</summary>
    private async Task<long> SegmentMembersAsync(IPage page)
    {
        var segment = await page.GetByRole(AriaRole.Link, new() { Name = "Make a segment of these" }).GetAttributeAsync("href");
        return await sample.MembersAsync(Uri.UnescapeDataString(segment!.Split("yaml=")[1]));
    }

    private static async Task OneIsShownAsync(IPage page)
    {
        var first = page.Locator("table.cells tbody tr").First.GetByRole(AriaRole.Link);
        var id = await first.InnerTextAsync();
        await first.ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = id, Level = 1 }).WaitForAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Scores over time" }).WaitForAsync();
    }
}
