using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Warehouse.Acceptance.Pages;

/// <summary>From all customers to one, and from a group of them to a segment; every number is the API's.</summary>
[Collection(nameof(ServedSample))]
public class CustomersJourneyTests(ServedSample sample)
{
    [SkippableFact]
    public async Task ACellOfTheGrid_LeadsToItsCustomers_ToOneOfThem_AndToASegmentOfThem()
    {
        await using var page = await sample.EnterAsync();
        await page.GoAsync("/customers/rfm");
        var cells = await sample.AskAsync("/api/v1/rfm?of=5-4");
        var customers = cells.GetProperty("rows").GetArrayLength();

        var cell = page.Page.GetByRole(AriaRole.Table, new PageGetByRoleOptions { Name = "Customers by recency and frequency" })
            .GetByRole(AriaRole.Row).Nth(1).GetByRole(AriaRole.Link).Nth(3);
        Assert.Equal(customers.ToString("#,##0", CultureInfo.InvariantCulture), await cell.InnerTextAsync());
        await cell.ClickAsync();
        await page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "RFM: 5-4" }).WaitForAsync();
        await page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = $"{customers} customers" }).WaitForAsync();

        var segment = await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Make a segment of these" }).GetAttributeAsync("href");
        Assert.Equal(customers, await sample.MembersAsync(Uri.UnescapeDataString(segment!.Split("yaml=")[1])));

        var first = page.Page.Locator("table.cells tbody tr").First.GetByRole(AriaRole.Link);
        var id = await first.InnerTextAsync();
        Assert.Contains(cells.GetProperty("rows").EnumerateArray(), row => row[1].GetString() == id);
        await first.ClickAsync();
        await page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = id, Level = 1 }).WaitForAsync();
        await page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Value so far" }).WaitForAsync();
        var shown = await sample.AskAsync($"/api/v1/customer/show?id={id}");
        Assert.Contains(
            shown.GetProperty("amount").GetDecimal().ToString("N2", CultureInfo.InvariantCulture), await page.Page.Locator(".figure").AllInnerTextsAsync());
        Assert.Contains(shown.GetProperty("stage").GetString(), await page.Page.Locator(".figure").AllInnerTextsAsync());
        await page.Page.GetByText($"Why {id} leaves").WaitForAsync();
        Assert.Empty(page.Faults);
    }

    [SkippableFact]
    public async Task MovesBetweenTwoDates_LeadToThoseWhoMoved()
    {
        await using var page = await sample.EnterAsync();
        await page.GoAsync("/customers/lifecycle");
        await page.Page.GetByLabel("Moves since").FillAsync("2026-03-31");
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show", Exact = true }).ClickAsync();
        var moves = page.Page.GetByRole(AriaRole.Table, new PageGetByRoleOptions { Name = "Who moved from which stage to which" });
        await page.Page.GetByText("Who moved from which stage to which").First.WaitForAsync();
        Assert.Contains("since=2026-03-31", page.Page.Url, StringComparison.Ordinal);

        var told = await sample.AskAsync("/api/v1/lifecycle?since=2026-03-31");
        var move = told.GetProperty("rows").EnumerateArray().First(row => row[0].GetString() == "pre-divorce" && row[1].GetString() == "divorce");
        var movers = await sample.AskAsync("/api/v1/lifecycle?since=2026-03-31&from=pre-divorce&of=divorce");
        Assert.Equal(move[2].GetInt64(), movers.GetProperty("rows").GetArrayLength());

        await page.GoAsync("/customers/group?of=lifecycle&group=divorce&since=2026-03-31&from=pre-divorce");
        await page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = $"{move[2].GetInt64()} customers" }).WaitForAsync();
        Assert.Empty(page.Faults);
    }

    [SkippableFact]
    public async Task AMoveBetweenTiers_LeadsToThoseWhoMoved_AndIntoASegmentOfThem()
    {
        await using var page = await sample.EnterAsync();
        const string Moved = "as-of=2026-06-30&since=2026-03-31";
        await page.GoAsync($"/customers/tiers?{Moved}");
        await page.Page.GetByText("Who moved from which tier to which").First.WaitForAsync();
        var told = await sample.AskAsync($"/api/v1/tiers?{Moved}");
        var count = told.GetProperty("moves").EnumerateArray()
            .First(move => move.GetProperty("from").GetString() == "A" && move.GetProperty("to").GetString() == "B").GetProperty("customers").GetInt64();
        var movers = await sample.AskAsync($"/api/v1/tiers?{Moved}&from=A&of=B");
        Assert.Equal(count, movers.GetProperty("rows").GetArrayLength());

        await page.GoAsync($"/customers/group?of=tiers&group=B&{Moved}&from=A");
        await page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "From A to B" }).WaitForAsync();
        await page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = $"{count} customers" }).WaitForAsync();
        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Make a segment of these" }).ClickAsync();
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Textbox, new PageGetByRoleOptions { Name = "The same as text (YAML), to be changed here as well" }))
            .ToHaveValueAsync(new Regex("tier: \"B\"\n +was: \\{on: \"2026-03-31\", tier: \"A\"\\}", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await Assertions.Expect(page.Page.Locator("[data-figure=members]")).ToHaveTextAsync(new Regex("^[1-9]", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Empty(page.Faults);
    }

    [SkippableFact]
    public async Task ASearch_FindsByTheBeginning_AndAWrongNumberNamesThoseNearIt()
    {
        await using var page = await sample.EnterAsync();
        await page.GoAsync("/customers");
        await page.Page.GetByLabel("Search for").FillAsync("C100000");
        await page.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Find", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "C1000002" }).WaitForAsync();
        var found = await sample.AskAsync("/api/v1/customer/find?text=C100000");
        Assert.Equal(
            found.GetProperty("rows").EnumerateArray().Select(row => row[0].GetString()),
            await page.Page.Locator("table.cells tbody th").AllInnerTextsAsync());

        await page.GoAsync("/customers/C1000001");
        Assert.Contains("C1000001", await page.Page.GetByRole(AriaRole.Alert).First.InnerTextAsync(), StringComparison.Ordinal);
        await page.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "C1000002" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "C1000002", Level = 1 }).WaitForAsync();
        Assert.Empty(page.Faults);
    }
}
