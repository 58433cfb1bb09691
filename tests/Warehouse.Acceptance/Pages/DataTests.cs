using Microsoft.Playwright;

namespace Warehouse.Acceptance.Pages;

/// <summary>A steward's way from a rejected row to one that is loaded.</summary>
[Collection(nameof(ServedSample))]
public class DataTests(ServedSample sample)
{
    [SkippableFact]
    public async Task ARejectedRow_IsMended_AndLoaded_AndWhatWasTypedOutlivesTheLine()
    {
        await using var page = await sample.EnterAsync();
        await page.GoAsync("/data/rejects?feed=products");
        var before = await page.Page.Locator("table.cells tbody tr").CountAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Mend them here" }).ClickAsync();
        var text = page.Page.GetByLabel("The rows, as CSV");
        var csv = (await text.InputValueAsync()).ReplaceLineEndings("\n");
        await text.FillAsync(csv + "\n");
        await page.Page.WaitForFunctionAsync("() => sessionStorage.getItem('rejects of products')?.endsWith('\\n\\n')");
        await page.GoAsync("/data/rejects?feed=products");

        Assert.Equal(csv + "\n", (await text.InputValueAsync()).ReplaceLineEndings("\n"));

        var lines = csv.Split('\n');
        await text.FillAsync($"{lines[0]}\ndata/products/products.csv,331,mended,,PAN-COF-06,2023-07-01,Mossen Coastal coffee 06,Pantry,Coffee,Mossen,2.10,4.99,2021-01-01,no\n");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Load the mended rows" }).ClickAsync();
        await page.Page.GetByText("Done").First.WaitForAsync();

        Assert.Equal(before - 1, (await sample.AskAsync("/api/v1/quality?rejects=products&format=json")).GetProperty("rows").GetArrayLength());
        Assert.Empty(page.Faults);
    }
}
