using System.Globalization;
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

    [SkippableFact]
    public async Task AnAnswer_IsDrawnInEveryWay_AndAPointOfItLeadsOn()
    {
        await using var page = await sample.EnterAsync();
        await page.GoAsync("/explore?cube=sales&measures=net_sales,margin_rate&by=product.category");
        var drawn = new List<string>();
        foreach (var way in new[] { "line", "area", "bar", "stacked", "heat map", "scatter", "pareto" })
        {
            await page.Page.GetByRole(AriaRole.Button, new() { Name = way, Exact = true }).ClickAsync();
            await page.IsAtAsync($"drawn={Uri.EscapeDataString(way)}");
            await page.Page.Locator("button[aria-pressed=true]", new() { HasText = way }).WaitForAsync();
            await page.Page.WaitForFunctionAsync(
                "before => { const plot = document.querySelector('.plot svg'); return plot && plot.querySelectorAll('path').length > 5 && plot.outerHTML !== before; }", drawn.LastOrDefault() ?? "");
            drawn.Add(await page.Page.Locator(".plot svg").EvaluateAsync<string>("plot => plot.outerHTML"));
            Assert.Empty(await page.BarriersAsync());
        }

        Assert.Distinct(drawn);
        Assert.Empty(page.Faults);
    }

    [SkippableFact]
    public async Task AQuestion_IsSorted_Filtered_CutToTheFirst_ComparedWithTime_AskedAsOfADate_AndTakenBack()
    {
        await using var page = await sample.EnterAsync();
        await page.GoAsync("/explore?cube=sales&measures=net_sales&by=product.category");
        await page.Page.GetByRole(AriaRole.Columnheader).GetByRole(AriaRole.Button, new() { Name = "Net sales" }).ClickAsync();
        await IsAnsweredAsync(page, "order=");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Net sales" })).ToHaveAttributeAsync("aria-sort", "descending");

        await page.Page.GetByLabel("Member").SelectOptionAsync("date.year");
        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "How", Exact = true }).SelectOptionAsync(">=");
        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Value", Exact = true }).FillAsync("2025");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await IsAnsweredAsync(page, "where=date.year");

        await page.Page.GetByLabel("Only the first").FillAsync("3");
        await page.Page.GetByLabel("Only the first").PressAsync("Tab");
        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "of", Exact = true }).SelectOptionAsync("product.category");
        await IsAnsweredAsync(page, "top=");
        Assert.Equal(4, await page.Page.Locator("table.cells tbody tr").CountAsync());
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Others", Exact = true }).WaitForAsync();

        await page.Page.GetByLabel("Ask for net_sales otherwise").SelectOptionAsync(new SelectOptionValue { Label = "share of the total" });
        await IsAnsweredAsync(page, "share");

        await page.GoAsync("/explore?cube=sales&measures=net_sales&by=date.year");
        await page.Page.GetByLabel("Ask for net_sales otherwise").SelectOptionAsync(new SelectOptionValue { Label = "% change on a year before" });
        await IsAnsweredAsync(page, "change_percent");
        await page.Page.GetByLabel("As of").FillAsync("2025-06-30");
        await IsAnsweredAsync(page, "as-of=2025-06-30");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await page.IsNotAtAsync("as-of");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await page.IsNotAtAsync("change_percent");
        await IsAnsweredAsync(page, "by=date.year");
        Assert.Empty(page.Faults);
    }

    [SkippableFact]
    public async Task Fields_AreDraggedToRowsAndColumns_AndDrilledUp()
    {
        await using var page = await sample.EnterAsync();
        await page.GoAsync("/explore?cube=sales");
        ILocator Field(string name) => page.Page.Locator(".fields").GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).First;
        ILocator Shelf(string name) => page.Page.GetByRole(AriaRole.Group, new() { Name = name, Exact = true });
        await Field("Units").DragToAsync(Shelf("Measures"));
        await page.IsAtAsync("measures=units");
        await page.Page.GetByLabel("Find").FillAsync("categ");
        await Field("Category").DragToAsync(Shelf("Rows"));
        await page.IsAtAsync("by=product.category");
        await page.Page.GetByLabel("Find").FillAsync("year");
        await Field("Year").DragToAsync(Shelf("Columns"));
        await page.IsAtAsync("pivot=date.year");
        await page.Page.GetByRole(AriaRole.Columnheader, new() { Name = "2025", Exact = true }).WaitForAsync();
        await IsAnsweredAsync(page, "pivot=date.year");

        await Shelf("Columns").GetByRole(AriaRole.Listitem).DragToAsync(Shelf("Rows"));
        await page.IsNotAtAsync("pivot=");
        await IsAnsweredAsync(page, "date.year");
        await page.Page.Locator("table.cells tbody th").Nth(1).GetByRole(AriaRole.Button).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Drill up", Exact = true }).ClickAsync();
        await page.IsNotAtAsync("date.year");
        await IsAnsweredAsync(page, "by=product.category");
        Assert.Empty(page.Faults);
    }

    [SkippableFact]
    public async Task AQuestion_IsTakenAway_AsTextLinkAndFiles_AndKept()
    {
        await using var page = await sample.EnterAsync();
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GoAsync(ByCategory);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Copy the link" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "The link is copied" }).WaitForAsync();
        Assert.Equal(page.Page.Url, await page.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        await page.Page.GetByText("The question as YAML").ClickAsync();
        var yaml = await page.Page.Locator("details[open] pre").InnerTextAsync();
        Assert.Contains("measures: 'net_sales'", yaml, StringComparison.Ordinal);

        foreach (var (button, begins) in new[] { ("CSV", "product.category"), ("XLSX", "PK"), ("PARQUET", "PAR1"), ("PNG", "\u0089PNG"), ("SVG", "<svg") })
        {
            var name = new PageGetByRoleOptions { Name = button, Exact = true };
            var file = await page.Page.RunAndWaitForDownloadAsync(
                () => page.Page.GetByRole(button is "PNG" or "SVG" ? AriaRole.Button : AriaRole.Link, name).ClickAsync());
            Assert.StartsWith(begins, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(await file.PathAsync())), StringComparison.Ordinal);
            Assert.EndsWith($".{button}", file.SuggestedFilename, StringComparison.OrdinalIgnoreCase);
        }

        await page.Page.GetByLabel("Save as").FillAsync("kept_by_test");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Saved", Exact = true }).WaitForAsync();
        await page.GoAsync("/explore");
        await page.Page.GetByLabel("Saved questions").SelectOptionAsync("kept_by_test");
        await IsAnsweredAsync(page, "by=product.category");
        var asked = await sample.RunAsync("query", "--file", Path.Combine(sample.Folder, "questions", "kept_by_test.yaml"), "--format", "csv");
        Assert.Contains("GARDEN", asked.Output, StringComparison.Ordinal);
        Assert.Empty(page.Faults);
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
        await Assertions.Expect(page.Page.Locator("table.cells tbody th")).ToHaveTextAsync(["PAPER", "PETS", "Total"]);

        await Cell("PAPER").ClickAsync();
        await Cell("PETS").ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await page.Page.GetByText("2 cells are marked").WaitForAsync();
        Assert.Empty(page.Faults);
    }

    /// <summary>Waits until the address has a part, and the table shows, members and numbers, what the API answers to the question of the address.</summary>
    private async Task IsAnsweredAsync(WatchedPage page, string part)
    {
        await page.IsAtAsync(part);
        var query = new Uri(page.Page.Url).Query.TrimStart('?').Split('&').Where(pair => !pair.StartsWith("drawn=", StringComparison.Ordinal)).ToList();
        var members = query.SingleOrDefault(pair => pair.StartsWith("by=", StringComparison.Ordinal)) is { } by ? Uri.UnescapeDataString(by).Split(',').Length : 0;
        var isTotalled = query.Exists(pair => pair.StartsWith("totals=", StringComparison.Ordinal));
        var answer = await sample.AskAsync($"/api/v1/query?{string.Join('&', query)}&limit=500&format=display");
        await Assertions.Expect(page.Page.Locator("table.cells tbody").Locator("th, td.number")).ToHaveTextAsync(TextsOf(answer).SelectMany(row => Shown(isTotalled ? row[..^1] : row, members, isTotalled ? int.Parse(row[^1], CultureInfo.InvariantCulture) : 0)));
    }

    /// <summary>A row as the table shows it: what it is a total over (a bit for each member) and what has no value is said.</summary>
    private static IEnumerable<string> Shown(string[] row, int members, int total) =>
        row.Select((text, place) => place >= members ? text : (total >> place & 1) == 1 ? "Total" : text.Length > 0 ? text : "(no value)");

    private static IEnumerable<string[]> TextsOf(JsonElement answer) =>
        answer.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("texts").EnumerateArray().Select(text => text.GetString()!).ToArray());
}
