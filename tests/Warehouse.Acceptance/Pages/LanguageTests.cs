using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Warehouse.Acceptance.Pages;

/// <summary>Each page in Traditional Chinese: what the pages say, and what the service says in them.</summary>
[Collection(nameof(ServedSample))]
public partial class LanguageTests(ServedSample sample)
{
    /// <summary>What stands in no language: names of formats, models and measures.</summary>
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "ARROW", "AUC", "BG/NBD", "Brier", "CSV", "English", "F", "JSON", "M", "MBG/NBD", "PARQUET", "PNG", "PR-AUC", "Pareto/NBD", "R", "RFM", "SVG", "XLSX",
    };

    [SkippableFact]
    public async Task InChinese_NoSentenceOfAnyPage_IsLeftInEnglish()
    {
        await using var page = await sample.EnterAsync(language: "zh-TW");
        var written = WrittenByPeople();
        var left = new List<string>();
        foreach (var address in EveryPageTests.Addresses.Cast<object[]>().Select(row => (string)row[0]))
        {
            await page.GoAsync(address);
            var heads = await TextsAsync(page, "h2, h3, caption, legend, th[scope=col], label, summary, dt, main button:not(.cell), main a.button, [role=tab]");
            var all = await TextsAsync(page, "main");
            left.AddRange(heads.Where(text => Word().IsMatch(text) && !Names.Contains(text) && !IsWritten(text)).Select(text => $"{address}: {text}"));
            left.AddRange(all.Where(text => Sentence().IsMatch(text) && !Raw().IsMatch(text) && !IsWritten(text)).Select(text => $"{address}: {text}"));
        }

        Assert.Empty(left);
        Assert.Empty(page.Faults);

        bool IsWritten(string text) =>
            written.Contains(text, StringComparison.Ordinal) || written.Contains(text.Replace(' ', '_'), StringComparison.OrdinalIgnoreCase);
    }

    [SkippableFact]
    public async Task Cubes_AreCalledByTheCaptionsOfTheirFiles()
    {
        await using var page = await sample.EnterAsync(language: "zh-TW");
        await page.GoAsync("/explore");
        var cubes = page.Page.GetByLabel("資料方塊").Locator("option[value]:not([value=''])");

        await Assertions.Expect(cubes).ToHaveTextAsync(["聯繫", "銷售", "顧客快照", "行銷接觸"]);
    }

    /// <summary>The texts of the workspace's own files: names and sentences that its people wrote.</summary>
    private string WrittenByPeople() => string.Join('\n', Directory.EnumerateFiles(sample.Folder, "*.*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".yaml" or ".csv")
        .Select(File.ReadAllText));

    /// <summary>The texts within elements that have no Chinese sign; what is code, and what is drawn, is left out.</summary>
    private static Task<string[]> TextsAsync(WatchedPage page, string within) => page.Page.EvaluateAsync<string[]>(
        """
        within => {
          const texts = new Set();
          for (const element of document.querySelectorAll(within)) {
            const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
              const text = walker.currentNode.data.trim();
              if (!walker.currentNode.parentElement.closest('pre, code, textarea, option, .plot') && !/[\u3400-\u9fff]/.test(text)) {
                texts.add(text);
              }
            }
          }
          return [...texts];
        }
        """,
        within);

    [GeneratedRegex("[A-Za-z]{2}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();

    /// <summary>Five words at least: shorter ones may be names.</summary>
    [GeneratedRegex("([A-Za-z]+[,;:]? ){4}[A-Za-z]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sentence();

    /// <summary>A rejected row as it was read, and an identifier.</summary>
    [GeneratedRegex(@"^\{|^\S+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Raw();
}
