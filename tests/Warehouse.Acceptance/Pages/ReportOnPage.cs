using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Warehouse.Acceptance.Pages;

/// <summary>Holds the tables and charts of a page to the report that the API gives.</summary>
internal static partial class ReportOnPage
{
    /// <summary>A table shows so many rows before it is asked for more.</summary>
    private const int RowsShown = 100;

    /// <summary>Waits until the page shows every part of a report, each number of it, and the chart of each that has one.</summary>
    /// <param name="page">The page, in English.</param>
    /// <param name="parts">The parts, as <c>--format display</c> gives them.</param>
    public static async Task ShowsAsync(IPage page, IReadOnlyList<JsonElement> parts)
    {
        foreach (var part in parts.Where(part => part.GetProperty("rows").GetArrayLength() > 0))
        {
            var cells = Table(page, part.GetProperty("title").GetString()!).Locator("tbody").Locator("th, td");
            await Assertions.Expect(cells).ToHaveTextAsync(part.GetProperty("rows").EnumerateArray().Take(RowsShown)
                .SelectMany(row => row.GetProperty("texts").EnumerateArray().Select(text => Day().Replace(text.GetString()!, day => Shown(day.Value)))));
            var charts = page.Locator("section.card", new() { Has = page.Locator("caption").GetByText(part.GetProperty("title").GetString()!, new() { Exact = true }) }).Locator(".plot svg");
            await Assertions.Expect(charts).ToHaveCountAsync(part.GetProperty("chart").ValueKind == JsonValueKind.Object ? 1 : 0);
        }
    }

    /// <summary>The table of a part; it may be folded.</summary>
    public static ILocator Table(IPage page, string title) => page.Locator("table.cells", new() { Has = page.Locator("caption").GetByText(title, new() { Exact = true }) });

    /// <summary>The parts of a report.</summary>
    public static List<JsonElement> PartsOf(JsonElement report) => [.. report.GetProperty("parts").EnumerateArray()];

    /// <summary>A day as English pages show it.</summary>
    public static string Shown(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Day();
}
