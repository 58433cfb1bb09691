using System.IO.Compression;
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
        var before = await RejectedAsync();
        await Assertions.Expect(page.Page.Locator("table.cells tbody tr")).ToHaveCountAsync(before);
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

        Assert.Equal(before - 1, await RejectedAsync());
        Assert.Empty(page.Faults);
    }

    [SkippableFact]
    public async Task ALoadUnderWay_IsSeenFromAnotherPage_AndStopped_AndLeavesNothing()
    {
        const int Lines = 1_500_000;
        await using var page = await sample.EnterAsync();
        var before = await GenerationAsync();
        var file = Path.Combine(sample.Folder, "data", "orders", "late.csv.gz");
        await using (var text = new StreamWriter(new GZipStream(File.Create(file), CompressionLevel.Fastest)))
        {
            await text.WriteLineAsync("order_id,line,ordered_at,customer,store,channel,sku,quantity,unit_price,discount,currency,payment,return_of_order,return_of_line");
            for (var line = 0; line < Lines; line++)
            {
                await text.WriteLineAsync(FormattableString.Invariant($"L{line},1,2026-06-01 10:00:00,C1000002,W01,web,PAN-COF-06,1,2.50,0.00,GBP,card,,"));
            }
        }

        try
        {
            await page.GoAsync("/data");
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Load now" }).ClickAsync();
            await page.Page.GetByRole(AriaRole.Progressbar, new() { Name = "Load now" }).WaitForAsync();
            await page.GoAsync("/jobs");
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
            await page.Page.GetByText("It was stopped; nothing half-done remains.").First.WaitForAsync();

            Assert.Equal(before, await GenerationAsync());
            Assert.Empty(page.Faults);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<int> RejectedAsync() => (await sample.AskAsync("/api/v1/quality?rejects=products&format=json")).GetProperty("rows").GetArrayLength();

    private async Task<int> GenerationAsync() => (await sample.AskAsync("/api/v1/status?format=json")).GetProperty("generation").GetInt32();
}
