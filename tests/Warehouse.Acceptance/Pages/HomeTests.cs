using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Warehouse.Acceptance.Pages;

/// <summary>What the first page shows is what the API says, and each of its figures leads on.</summary>
[Collection(nameof(ServedSample))]
public class HomeTests(ServedSample sample)
{
    [SkippableFact]
    public async Task Figures_AreThoseOfTheApi_AndLeadToExplore()
    {
        await using var page = await sample.EnterAsync();
        await page.GoAsync("/");

        foreach (var (cube, measure, format) in new[] { ("sales", "net_sales", "#,##0.00"), ("sales", "orders", "#,##0"), ("sales", "customers", "#,##0"), ("contacts", "complaints", "#,##0") })
        {
            var last = (await RowsAsync($"/api/v1/query?cube={cube}&measures={measure}&by=date.month")).Last(row => row[1].ValueKind == JsonValueKind.Number);
            var tile = page.Page.Locator(".card", new() { Has = page.Page.Locator($"a[href='/explore?cube={cube}&measures={measure}&by=date.month']") });

            await Assertions.Expect(tile.Locator(".figure")).ToHaveTextAsync(last[1].GetDecimal().ToString(format, CultureInfo.InvariantCulture));
        }

        var open = await RowsAsync("/api/v1/contacts?queue=true");
        var due = page.Page.Locator(".card", new() { Has = page.Page.GetByRole(AriaRole.Heading, new() { Name = "Complaints that are due" }) });
        await Assertions.Expect(due.Locator(".figure")).ToHaveTextAsync(open.Count.ToString("#,##0", CultureInfo.InvariantCulture));

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Net sales" }).ClickAsync();
        await page.IsAtAsync("/explore?cube=sales&measures=net_sales");
        Assert.Empty(page.Faults);
    }

    [SkippableTheory]
    [InlineData("Customers by value tier", "standing.value_tier")]
    [InlineData("Customers by stage of life", "standing.lifecycle_stage")]
    public async Task Groups_AreCountedAsTheApiCountsThem_AndSinceTheDateBefore(string title, string member)
    {
        await using var page = await sample.EnterAsync();
        await page.GoAsync("/");
        var tile = page.Page.Locator(".card", new() { Has = page.Page.GetByRole(AriaRole.Heading, new() { Name = title }) });

        var counts = (await RowsAsync($"/api/v1/query?cube=snapshots&measures=customers&by=date.day,{member}"))
            .Where(row => row[1].ValueKind == JsonValueKind.String)
            .ToLookup(row => row[0].GetString()!, row => (Group: row[1].GetString()!, Customers: row[2].GetInt64()));
        var days = counts.Select(day => day.Key).Order(StringComparer.Ordinal).TakeLast(2).ToList();
        var before = counts[days[0]].ToDictionary(group => group.Group, group => group.Customers);
        await Assertions.Expect(tile.Locator("tbody").Locator("th, td")).ToHaveTextAsync(counts[days[1]].OrderByDescending(group => group.Customers).SelectMany(group => (string[])
        [
            group.Group,
            group.Customers.ToString("#,##0", CultureInfo.InvariantCulture),
            (group.Customers - before.GetValueOrDefault(group.Group)).ToString("+#,##0;−#,##0;0", CultureInfo.InvariantCulture),
        ]));

        await tile.GetByRole(AriaRole.Link).First.ClickAsync();
        await page.IsAtAsync("/customers/group?of=snapshots");
        Assert.Empty(page.Faults);
    }

    private async Task<List<JsonElement>> RowsAsync(string address) => [.. (await sample.AskAsync(address)).GetProperty("rows").EnumerateArray()];
}
