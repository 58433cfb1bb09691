using Microsoft.Playwright;

namespace Warehouse.Acceptance.Pages;

/// <summary>The pages by those who have a keyboard alone: no test here touches the mouse.</summary>
[Collection(nameof(ServedSample))]
public class KeyboardTests(ServedSample sample)
{
    private const string Focused = "() => document.activeElement.textContent.trim()";

    [SkippableFact]
    public async Task AQuestion_IsPutTogether_PivotedAndDrilled()
    {
        await using var watched = await sample.EnterAsync();
        var page = watched.Page;
        await watched.GoAsync("/explore?cube=sales");
        await page.GetByRole(AriaRole.Button, Named("Net sales")).PressAsync("Enter");
        await watched.IsAtAsync("measures=net_sales");
        await page.GetByLabel("Find").FocusAsync();
        await page.Keyboard.TypeAsync("category");
        await page.GetByRole(AriaRole.Button, Named("Category")).First.PressAsync(" ");
        await watched.IsAtAsync("by=product.category");
        await page.GetByLabel("Find").FocusAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("year");
        await page.GetByRole(AriaRole.Button, Named("Year")).First.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, Named("Move Year · date to Columns")).PressAsync("Enter");
        await watched.IsAtAsync("pivot=date.year");
        await page.GetByRole(AriaRole.Columnheader, Named("2025")).WaitForAsync();
        await page.GetByRole(AriaRole.Button, Named("Move Year · date to Rows")).PressAsync("Enter");
        await watched.IsNotAtAsync("pivot=");
        await page.GetByRole(AriaRole.Button, Named("Take Year · date away")).PressAsync("Enter");
        await watched.IsNotAtAsync("date.year");
        Assert.NotEqual("BODY", await page.EvaluateAsync<string>("() => document.activeElement.tagName"));

        await Assertions.Expect(page.Locator("table.cells thead th")).ToHaveTextAsync(["Category", "Net sales"]);
        var cell = page.GetByRole(AriaRole.Button, Named("BEAUTY"));
        await cell.FocusAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("CLEANING", await page.EvaluateAsync<string>(Focused));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.activeElement.matches('.actions')");
        await page.Keyboard.PressAsync("Escape");
        await page.WaitForFunctionAsync("() => document.activeElement.textContent === 'CLEANING' && !document.querySelector('.actions')");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.activeElement.matches('.actions')");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Drill down", await page.EvaluateAsync<string>(Focused));
        await page.Keyboard.PressAsync("Enter");
        await watched.IsAtAsync("product.subcategory");
        Assert.Empty(watched.Faults);
    }

    [SkippableFact]
    public async Task ATableOfManyCells_IsOneStop_WithTheArrowKeysInIt()
    {
        await using var watched = await sample.EnterAsync();
        var page = watched.Page;
        await watched.GoAsync("/explore?cube=sales&measures=net_sales,margin_rate&by=product.category,date.year");
        await page.GetByRole(AriaRole.Region, new() { Name = "The answer" }).FocusAsync();
        for (var head = 0; head < 4; head++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("BEAUTY", await page.EvaluateAsync<string>(Focused));
        await page.Keyboard.PressAsync("Control+End");
        var last = await page.EvaluateAsync<string>(Focused);
        Assert.Equal(await page.Locator("table.cells td button").Last.InnerTextAsync(), last);
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("CSV", await page.EvaluateAsync<string>(Focused));
        await page.Keyboard.PressAsync("Shift+Tab");
        Assert.Equal(last, await page.EvaluateAsync<string>(Focused));
        await page.Keyboard.PressAsync("Control+Home");
        Assert.Equal("BEAUTY", await page.EvaluateAsync<string>(Focused));
    }

    [SkippableFact]
    public async Task OnAPhone_TheMenuOpens_ClosesByEscape_AndLeadsOn_AndContentCanBeSkippedTo()
    {
        await using var watched = await sample.EnterAsync(width: 390);
        var page = watched.Page;
        await watched.GoAsync("/");
        await page.GetByRole(AriaRole.Link, Named("Skip to the content")).PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.activeElement.id === 'content'");

        var menu = page.Locator("details.menu");
        var link = menu.GetByRole(AriaRole.Link, new() { Name = "Segments" });
        await menu.Locator("summary").PressAsync("Enter");
        await link.FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal("Menu", await page.EvaluateAsync<string>(Focused));
        Assert.False(await link.IsVisibleAsync());
        await page.Keyboard.PressAsync("Enter");
        await link.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, Named("Segments")).WaitForAsync();
        await page.WaitForFunctionAsync("() => document.activeElement.tagName === 'H1' && !document.querySelector('details.menu').open");
        Assert.Empty(watched.Faults);
    }

    private static PageGetByRoleOptions Named(string name) => new() { Name = name, Exact = true };
}
