using System.Globalization;
using System.Text;

namespace Warehouse.Acceptance;

/// <summary>Reports with charts as people write them, and what the commands of customers say of next to nothing.</summary>
public class ReportTests
{
    private static readonly string[][] Questions =
    [
        ["rfm"], ["rfm", "--customers"], ["tiers"], ["tiers", "--since", "2024-06-30"], ["tiers", "--measure", "expected"], ["lifetime"], ["cohorts"], ["lifecycle"],
        ["lifecycle", "--since", "2024-06-30"], ["contacts"], ["contacts", "--queue"], ["contacts", "--recovery"], ["baskets"], ["baskets", "--due", "30"],
        ["baskets", "--evaluate", "90"], ["forecast", "sales", "--measure", "net_sales"],
    ];

    [Fact]
    public async Task EveryQuestionAboutCustomers_IsWrittenAsAReport()
    {
        using var shop = new SmallShop();
        (await shop.RunAsync("load")).Done();

        foreach (var question in Questions)
        {
            var path = Path.Combine(shop.Path, $"{string.Concat(question)}.html");
            (await shop.RunAsync([.. question, "--format", "html", "--out", path])).Done();
            var html = await File.ReadAllTextAsync(path);
            Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
            Assert.Contains("<dt>Generation</dt>", html, StringComparison.Ordinal);
            Assert.Contains("<dd>2024-12-28</dd>", html, StringComparison.Ordinal);
            Assert.EndsWith("</html>\n", html, StringComparison.Ordinal);
        }
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

        foreach (var question in Questions)
        {
            var answer = await shop.RunAsync([.. question, "--format", "json", "--as-of", "2024-12-31"]);
            Assert.True(answer.ExitCode is 0 or 1 or 2, $"{string.Join(' ', question)}: {answer.Error}");
            Assert.DoesNotContain("NaN", answer.Output + answer.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("Infinity", answer.Output + answer.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", answer.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", answer.Error, StringComparison.Ordinal);
            Assert.NotEqual("", answer.Error);
        }
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
