using System.Globalization;
using System.Text;
using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>Reports with charts as people write them, and what the commands of customers say of next to nothing.</summary>
public class ReportTests
{
    /// <summary>The questions, and how many charts their reports have where there is something to show.</summary>
    private static readonly (string Question, int Charts)[] Questions =
    [
        ("rfm", 2), ("rfm --customers", 0), ("tiers", 2), ("tiers --since 2024-06-30", 1), ("tiers --measure expected", 2), ("lifetime", 3), ("cohorts", 3),
        ("lifecycle", 1), ("lifecycle --since 2024-06-30", 2), ("contacts", 2), ("contacts --queue", 0), ("contacts --recovery", 1), ("baskets", 2),
        ("baskets --due 30", 0), ("baskets --evaluate 90", 0), ("forecast sales --measure net_sales", 1),
    ];

    [SkippableFact]
    public async Task EveryQuestionAboutCustomers_IsWrittenAsAReport_ThatABrowserDrawsWithoutAWord()
    {
        using var shop = BusyShop.Create();
        (await shop.RunAsync("load")).Done();
        var reports = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (question, charts) in Questions)
        {
            var path = Path.Combine(shop.Path, $"{question}.html");
            (await shop.RunAsync([.. question.Split(' '), "--format", "html", "--out", path])).Done();
            var html = await File.ReadAllTextAsync(path);
            Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
            Assert.Contains("<dt>Generation</dt>", html, StringComparison.Ordinal);
            Assert.Contains("<dd>2024-12-28</dd>", html, StringComparison.Ordinal);
            Assert.EndsWith("</html>\n", html, StringComparison.Ordinal);
            Assert.True(charts == Count(html, "<div class=\"plot\""), $"{question}: {string.Join(' ', html.Split('\n').Where(line => line.StartsWith("<li>", StringComparison.Ordinal)))}");
            reports.Add(question, html);
        }

        foreach (var (question, charts) in Questions.Where(question => question.Charts > 0))
        {
            var page = await Chromium.RenderAsync(reports[question]);
            Assert.True(page.Console.Count == 0, $"{question}: {string.Join('\n', page.Console)}");
            Assert.True(charts == Count(page.Document, "data-drawn=\"true\""), question);
        }

        static int Count(string text, string part) => text.Split(part, StringSplitOptions.None).Length - 1;
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("one")]
    [InlineData("equal")]
    [InlineData("returns")]
    [InlineData("future")]
    public async Task NextToNothing_IsAnsweredInWords_NeverWithATraceOrNaN(string shopOf)
    {
        using var shop = new SmallShop(lines: 0);
        shop.Write("data/orders.csv", Lines(shopOf));
        await shop.RunAsync("load");

        foreach (var (question, _) in Questions)
        {
            var answer = await shop.RunAsync([.. question.Split(' '), "--format", "json", "--as-of", "2024-12-31"]);
            Assert.True(answer.ExitCode is 0 or 1 or 2, $"{question}: {answer.Error}");
            Assert.DoesNotContain("NaN", answer.Output + answer.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("Infinity", answer.Output + answer.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", answer.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", answer.Error, StringComparison.Ordinal);
            Assert.NotEqual("", answer.Error);
        }
    }

    [Fact]
    public async Task ForecastLongAfterTheLastSale_SaysWhereItBegins()
    {
        using var shop = new SmallShop();
        (await shop.RunAsync("load")).Done();

        var forecast = (await shop.RunAsync("forecast", "sales", "--measure", "net_sales", "--as-of", "2031-01-01", "--hindsight")).Done();

        Assert.Contains("The last month with a value is 2024-12, and the forecast begins after it", forecast.Error, StringComparison.Ordinal);
    }

    private static string Lines(string shopOf)
    {
        var text = new StringBuilder("order,line,at,customer,product,quantity,price\n");
        var count = shopOf switch { "nothing" => 0, "one" => 1, _ => 40 };
        for (var line = 0; line < count; line++)
        {
            var day = shopOf == "future" ? "2031-05-05" : "2024-05-05";
            text.Append(CultureInfo.InvariantCulture, $"O{line},0,{day} 10:00:00,C{line},P1,{(shopOf == "returns" ? -1 : 1)},10\n");
        }

        return text.ToString();
    }
}
