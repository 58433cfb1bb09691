using Microsoft.Playwright;

namespace Warehouse.Acceptance.Pages;

/// <summary>A page whose line to the service is cut says so, keeps what was typed, and goes on.</summary>
[Collection(nameof(ServedSample))]
public class LostLineTests(ServedSample sample)
{
    [SkippableFact]
    public async Task AFilterThatWasTyped_IsAsked_WhenTheLineIsBack()
    {
        Skip.If(sample.Browser is null, "needs Chromium on the PATH (Debian: apt-get install chromium)");
        await using var line = Line.To(sample.Url);
        await using var page = await WatchedPage.OpenAsync(sample.Browser, line.Url);
        var address = new UriBuilder((await sample.RunAsync("open")).Output.Trim()) { Port = line.Url.Port }.Uri;
        await page.GoAsync(address.PathAndQuery);
        await page.GoAsync("/explore?cube=sales&measures=net_sales&by=product.category");
        var cut = page.Page.GetByText("The line to the warehouse is cut");
        var filter = page.Page.GetByLabel("The filter as a question writes it");

        line.Cut();
        await cut.WaitForAsync();
        await filter.FillAsync("product.category = 'GARDEN'");
        line.Mend();
        await cut.WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        Assert.Equal("product.category = 'GARDEN'", await filter.InputValueAsync());
        await filter.PressAsync("Enter");
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('table.cells tbody tr').length === 1");
    }
}
