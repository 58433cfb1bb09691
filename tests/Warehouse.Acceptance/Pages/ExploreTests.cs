using System.Text.Json;
using Microsoft.Playwright;

namespace Warehouse.Acceptance.Pages;

/// <summary>An analyst's way from a cube to customers, in the browser; the numbers are those of the API.</summary>
[Collection(nameof(ServedSample))]
public class ExploreTests(ServedSample sample)
{
    private const string ByCategory = "/explore?cube=sales&measures=net_sales&by=product.category&totals=grand";

    [SkippableFact]
    public async Task FieldsThatAreClicked_BecomeAQuestion_AndItsNumbersAreThoseOfTheApi()
    {
        await using var page = await sample.EnterAsync();
        await page.GoAsync("/explore");
        await page.Page.GetByLabel("Cube").SelectOptionAsync("sales");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Net sales", Exact = true }).ClickAsync();
        await page.Page.GetByLabel("Find").FillAsync("category");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Category", Exact = true }).First.ClickAsync();
        await page.IsAtAsync("by=product.category");
        await page.Page.Locator("table.cells td.number").First.WaitForAsync();
        await page.Page.GetByLabel("Totals").SelectOptionAsync("grand");
        await page.Page.Locator("table.cells tr.total").WaitForAsync();

        var answer = await sample.AskAsync("/api/v1/query?cube=sales&measures=net_sales&by=product.category&totals=grand&limit=500&format=display");
        Assert.Equal(TextsOf(answer).Select(row => row[^2]), await page.Page.Locator("table.cells td.number").AllInnerTextsAsync());
        Assert.Empty(page.Faults);
    }

    [SkippableFact]
    public async Task ACell_IsDrilledDown_ToItsRows_AndBackAgain()
    {
        await using var page = await sample.EnterAsync();
        await page.GoAsync(ByCategory);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "GARDEN", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Drill down" }).ClickAsync();
        await page.IsAtAsync("product.subcategory");
        await page.Page.Locator("table.cells thead button", new() { HasText = "Subcategory" }).WaitForAsync();

        var drilled = await sample.AskAsync("/api/v1/query?cube=sales&measures=net_sales&by=product.category&totals=grand&limit=500&drill-down=product.category%3DGARDEN&format=display");
        var numbers = page.Page.Locator("table.cells td.number");
        Assert.Equal(TextsOf(drilled).Select(row => row[^2]), await numbers.AllInnerTextsAsync());

        await numbers.First.GetByRole(AriaRole.Button).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Show the rows behind it" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Heading, new() { Name = "The rows behind it" }).WaitForAsync();
        Assert.Empty(await page.BarriersAsync());

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await page.IsNotAtAsync("product.subcategory");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Redo" }).ClickAsync();
        await page.IsAtAsync("product.subcategory");
        Assert.Empty(page.Faults);
    }

    [SkippableFact]
    public async Task AQuestionThatIsWrong_IsToldWithTheNamesThereAre_AndWhatWasTypedStays()
    {
        await using var page = await sample.EnterAsync();
        await page.GoAsync(ByCategory);
        var filter = page.Page.GetByLabel("The filter as a question writes it");
        await filter.FillAsync("product.categori = 'GARDEN'");
        await filter.PressAsync("Enter");
        await page.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Did you mean" }).WaitForAsync();

        Assert.Equal("product.categori = 'GARDEN'", await filter.InputValueAsync());
        Assert.Empty(page.Faults);
    }

    [SkippableFact]
    public async Task WhyThisNumber_ShowsPlanAndSql()
    {
        await using var page = await sample.EnterAsync();
        await page.GoAsync(ByCategory);
        await page.Page.GetByText("Why this number").ClickAsync();
        var told = page.Page.Locator("pre").First;
        await told.WaitForAsync();

        Assert.Contains("SELECT", await told.InnerTextAsync(), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("line")]
    [InlineData("heat map")]
    [InlineData("pareto")]
    public async Task AnAnswer_IsDrawn_AsItIsChosen(string way)
    {
        await using var page = await sample.EnterAsync();
        await page.GoAsync("/explore?cube=sales&measures=net_sales&by=product.category&pivot=date.year");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = way, Exact = true }).ClickAsync();
        await page.Page.Locator("button[aria-pressed=true]", new() { HasText = way }).WaitForAsync();
        await page.Page.Locator(".plot svg path").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });

        Assert.Empty(page.Faults);
        Assert.Empty(await page.BarriersAsync());
    }

    [SkippableFact]
    public async Task SeveralCells_AreMarkedByMouseAndKeyboard_AndMakeOneSegmentOfTheirCustomers()
    {
        await using var page = await sample.EnterAsync();
        await page.GoAsync(ByCategory);
        ILocator Cell(string name) => page.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
        await Cell("GARDEN").ClickAsync();
        await Cell("PETS").ClickAsync(new() { Modifiers = [KeyboardModifier.Control] });
        await page.Page.GetByText("2 cells are marked").WaitForAsync();
        await Cell("PAPER").PressAsync(" ");
        await page.Page.GetByText("3 cells are marked").WaitForAsync();
        await Cell("GARDEN").PressAsync(" ");
        await page.Page.GetByText("2 cells are marked").WaitForAsync();
        Assert.Equal(["PAPER", "PETS"], await page.Page.Locator("table.cells button[aria-pressed=true]").AllInnerTextsAsync());
        Assert.Empty(await page.BarriersAsync());

        var yaml = Uri.UnescapeDataString((await page.Page.GetByRole(AriaRole.Link, new() { Name = "Make a segment of these customers" }).GetAttributeAsync("href"))!.Split("yaml=")[1]);
        var both = await sample.MembersAsync(yaml);
        var pets = await sample.MembersAsync("segment: tried_once\nwhere:\n  measure: {name: sales.net_sales, where: \"product.category = 'PETS'\", from: 0.01}\n");
        var neither = await sample.MembersAsync(
            "segment: tried_once\nwhere:\n  measure: {name: sales.net_sales, where: \"product.category = 'PAPER'\", from: 0.01}\n"
            + "  not: {measure: {name: sales.net_sales, where: \"product.category = 'PETS'\", from: 0.01}}\n");
        Assert.Equal(both, pets + neither);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Only these" }).ClickAsync();
        await page.Page.Locator("table.cells tbody tr").Nth(2).WaitForAsync();
        await page.Page.Locator("table.cells tbody tr").Nth(3).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Equal(["PAPER", "PETS", "Total"], await page.Page.Locator("table.cells tbody th").AllInnerTextsAsync());

        await Cell("PAPER").ClickAsync();
        await Cell("PETS").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await page.Page.GetByText("2 cells are marked").WaitForAsync();
        Assert.Empty(page.Faults);
    }

    private static IEnumerable<string[]> TextsOf(JsonElement answer) =>
        answer.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("texts").EnumerateArray().Select(text => text.GetString()!).ToArray());
}
