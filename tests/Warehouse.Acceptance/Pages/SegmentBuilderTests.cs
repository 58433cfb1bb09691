using System.Globalization;
using Microsoft.Playwright;

namespace Warehouse.Acceptance.Pages;

/// <summary>Conditions as forms: put together, taken back into the form, changed; the text beside them says the same.</summary>
[Collection(nameof(ServedSample))]
public class SegmentBuilderTests(ServedSample sample)
{
    [SkippableFact]
    public async Task AWrittenCondition_IsChangedInTheForm_AndEarlierScoresAndSequencesAreAskedFor()
    {
        await using var watched = await sample.EnterAsync();
        var page = watched.Page;
        await watched.GoAsync("/segments/new?yaml=" + Uri.EscapeDataString("segment: built\nwhere:\n  value: {from: 100}   # of revenue\n  bought: {category: [GARDEN, PETS]}\n"));
        var text = page.GetByRole(AriaRole.Textbox, Named("The same as text (YAML), to be changed here as well"));
        await page.GetByRole(AriaRole.Button, Named("Change value: {from: 100}   # of revenue")).ClickAsync();
        await page.GetByRole(AriaRole.Spinbutton, Named("From")).FillAsync("200");
        await page.GetByRole(AriaRole.Button, Named("Change it")).ClickAsync();
        await Assertions.Expect(text).ToHaveValueAsync("segment: built\nwhere:\n  value: {from: 200}   # of revenue\n  bought: {category: [GARDEN, PETS]}\n");
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, Named("Change bought: {category: [GARDEN, PETS]}")).CountAsync());

        await ChooseAsync(page, "was");
        await page.Locator(".builder").GetByRole(AriaRole.Combobox, new() { Name = "What", Exact = true }).Nth(1).SelectOptionAsync("tier");
        await page.GetByRole(AriaRole.Listbox, Named("values")).SelectOptionAsync(["A"]);
        await page.GetByLabel("date", new() { Exact = true }).FillAsync("2026-03-31");
        await page.GetByRole(AriaRole.Button, Named("Add")).ClickAsync();
        await page.Locator(".written code").GetByText("was: {on: 2026-03-31, tier: [A]}").WaitForAsync();

        await ChooseAsync(page, "sequence");
        var first = page.GetByRole(AriaRole.Group, Named("Step 1"));
        var second = page.GetByRole(AriaRole.Group, Named("Step 2"));
        await first.GetByRole(AriaRole.Combobox, new() { Name = "channel", Exact = true }).SelectOptionAsync("web");
        await second.GetByRole(AriaRole.Combobox, new() { Name = "What", Exact = true }).SelectOptionAsync("contacted");
        await second.GetByRole(AriaRole.Combobox, new() { Name = "complaint", Exact = true }).SelectOptionAsync("true");
        await second.GetByRole(AriaRole.Spinbutton).FillAsync("60");
        await page.GetByRole(AriaRole.Button, Named("Add")).ClickAsync();
        await page.Locator(".written code").GetByText("sequence: [{bought: {channel: web}}, {contacted: {complaint: true}, within: 60d}]").WaitForAsync();

        await page.Locator("[data-figure=members]").WaitForAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('[aria-busy=false]') && !document.querySelector('.busy')");
        var members = await sample.MembersAsync(await text.InputValueAsync());
        await Assertions.Expect(page.Locator("[data-figure=members]")).ToHaveTextAsync(members.ToString("N0", CultureInfo.InvariantCulture));
        Assert.Empty(await watched.BarriersAsync());
        await watched.KeepPictureAsync("segment-builder");
        Assert.Empty(watched.Faults);
    }

    private static async Task ChooseAsync(IPage page, string condition) =>
        await page.Locator(".builder").GetByRole(AriaRole.Combobox, new() { Name = "What", Exact = true }).First.SelectOptionAsync(condition);

    private static PageGetByRoleOptions Named(string name) => new() { Name = name, Exact = true };
}
