using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Warehouse.Acceptance.Pages;

/// <summary>Days are shown as the reader's people write them, and asked, linked and kept in ISO 8601.</summary>
[Collection(nameof(ServedSample))]
public partial class DayTests(ServedSample sample)
{
    [SkippableTheory]
    [InlineData("en", "date.day", "d MMM yyyy")]
    [InlineData("en", "date.month", "MMM yyyy")]
    [InlineData("zh-TW", "date.day", "yyyy/M/d")]
    [InlineData("zh-TW", "date.month", "yyyy年M月")]
    public async Task Members_AreWrittenByCulture_AndAskedForInIso(string language, string member, string form)
    {
        var isEnglish = language == "en";
        await using var page = await sample.EnterAsync(language: language);
        await page.GoAsync($"/explore?cube=sales&measures=net_sales&by={member}&where=date.year%20%3D%202025&limit=40");
        var answer = await sample.AskAsync($"/api/v1/query?cube=sales&measures=net_sales&by={member}&where=date.year%20%3D%202025&limit=40&format=display");
        List<DateOnly> days = [.. answer.GetProperty("rows").EnumerateArray()
            .Select(row => DateOnly.ParseExact(row.GetProperty("values")[0].GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture))];
        var heads = page.Page.Locator("table.cells tbody th");
        await Assertions.Expect(heads).ToHaveTextAsync(days.Select(day => day.ToString(form, CultureInfo.InvariantCulture)));
        await page.Page.Locator(".plot svg text", new() { HasText = days[0].ToString(form, CultureInfo.InvariantCulture) }).First.WaitForAsync();

        await heads.Nth(5).GetByRole(AriaRole.Button).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Show the rows behind it" : "顯示背後的明細" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Heading, new() { Name = isEnglish ? "The rows behind it" : "背後的明細" }).WaitForAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = isEnglish ? "Only this" : "只看這個" }).ClickAsync();
        await page.IsAtAsync(Uri.EscapeDataString($"{member} = {answer.GetProperty("rows")[5].GetProperty("texts")[0].GetString()}"));
        await Assertions.Expect(heads).ToHaveTextAsync([days[5].ToString(form, CultureInfo.InvariantCulture)]);
        await Assertions.Expect(page.Page.Locator("table.cells tbody td.number")).ToHaveTextAsync([answer.GetProperty("rows")[5].GetProperty("texts")[1].GetString()!]);
        Assert.Empty(page.Faults);
    }

    [SkippableTheory]
    [InlineData("en")]
    [InlineData("zh-TW")]
    public async Task NoPage_ShowsADayInIso_ButWhereItIsTyped(string language)
    {
        await using var page = await sample.EnterAsync(language: language);
        var left = new List<string>();
        foreach (var address in EveryPageTests.Addresses.Cast<object[]>().Select(row => (string)row[0]))
        {
            await page.GoAsync(address);
            var texts = await page.Page.EvaluateAsync<string[]>(
                """
                () => {
                  const texts = [], walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
                  while (walker.nextNode()) {
                    if (!walker.currentNode.parentElement.closest('pre, code, textarea, option')) {
                      texts.push(walker.currentNode.data.trim());
                    }
                  }
                  return texts;
                }
                """);
            left.AddRange(texts.Where(text => IsoDay().IsMatch(text) && !text.StartsWith('{')).Select(text => $"{address}: {text}"));
        }

        Assert.Empty(left);
        Assert.Empty(page.Faults);
    }

    /// <summary>A day or a month; names of files, what stands in quotes and what says how to write one may hold one.</summary>
    [GeneratedRegex("""(?<![\w'"=/.-]|like |如 )\d{4}-\d{2}(-\d{2})?(?![\w'"=/-]|\.\w)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex IsoDay();
}
