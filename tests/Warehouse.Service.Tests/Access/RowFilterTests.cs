using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Warehouse.Service.Tests.Access;

/// <summary>Who sees three products alone sees of every question what is true of them, and nothing by any other way.</summary>
public class RowFilterTests(ServedShop shop) : IClassFixture<ServedShop>
{
    private const string Visible = "product.id in ('P1', 'P2', 'P3')";
    private static readonly string[] Members = ["date.year", "date.month", "product.id"];
    private static readonly string[] Measures = ["net_sales", "lines", "buyers"];
    private static readonly string[] Filters = ["", "product.id in ('P2', 'P7')", "date.year = 2024", "not (product.id = 'P1')", "product.id = 'P9' or date.year = 2025"];

    /// <summary>10,000 questions with WAREHOUSE_LONG_TESTS=1, else 150: as the limited one, and as one who filters by hand.</summary>
    [Fact]
    public async Task RandomQuestions_AreAnswered_AsIfNothingElseWereThere()
    {
        var limited = shop.ClientOf("viewer", "shelf");
        var owner = shop.ClientOf("viewer");
        var random = new Random(20261122);
        var questions = Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") == "1" ? 10_000 : 150;
        for (var question = 0; question < questions; question++)
        {
            var by = string.Join(',', Members.Where(_ => random.Next(2) == 0));
            var measures = string.Join(',', Measures.Where(_ => random.Next(2) == 0).DefaultIfEmpty("lines"));
            var filter = Filters[random.Next(Filters.Length)];
            var rest = $"cube=sales&measures={measures}&by={by}&totals={(by.Length == 0 ? "none" : random.Next(2) == 0 ? "rollup" : "cube")}"
                + (random.Next(2) == 0 && by.EndsWith("product.id", StringComparison.Ordinal) ? $"&top={Uri.EscapeDataString("top 2 product.id by lines")}" : "");
            var seen = await AskAsync(limited, $"{rest}{(filter.Length == 0 ? "" : $"&where={Uri.EscapeDataString(filter)}")}");
            var true_ = await AskAsync(owner, $"{rest}&where={Uri.EscapeDataString(filter.Length == 0 ? Visible : $"({filter}) and {Visible}")}");
            Assert.True(true_ == seen, $"{rest} {filter}: {seen} instead of {true_}");
        }
    }

    [Fact]
    public async Task WhatIsHidden_IsAsIfItWereNotThere()
    {
        var limited = shop.ClientOf("viewer", "shelf");
        foreach (var address in new[]
        {
            "/api/v1/query?cube=sales&measures=lines&by=customer.id",
            "/api/v1/query?cube=sales&measures=lines&where=customer.id%20%3D%20'C1'",
            "/api/v1/query?cube=sales&measures=lines&order=customer.id",
        })
        {
            using var response = await limited.GetAsync(address);
            var told = await response.Content.ReadAsStringAsync();
            Assert.False(response.IsSuccessStatusCode, address);
            Assert.DoesNotContain("C1", told.Replace("'C1'", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        var details = await limited.GetStringAsync("/api/v1/query?cube=sales&measures=lines&by=date.year&details=lines&format=csv");
        Assert.DoesNotContain("C1", details, StringComparison.Ordinal);
        Assert.Equal(await AskAsync(shop.ClientOf("viewer"), $"cube=sales&measures=lines&where={Uri.EscapeDataString(Visible)}"), $"[{details.Trim().Split('\n').Length - 1}]");
    }

    [Fact]
    public async Task AnswersKeptForOthers_AreNotGivenToTheLimited()
    {
        const string Question = "/api/v1/query?cube=sales&measures=lines";
        var owner = shop.ClientOf("viewer");
        using var all = await owner.GetAsync(Question);
        using var request = new HttpRequestMessage(HttpMethod.Get, Question);
        request.Headers.IfNoneMatch.Add(all.Headers.ETag!);
        using var some = await shop.ClientOf("viewer", "shelf").SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, some.StatusCode);
        Assert.NotEqual(await all.Content.ReadAsStringAsync(), await some.Content.ReadAsStringAsync());
    }

    [Fact]
    public void WhoSeesSomeRowsAlone_CanBeNothingButAViewer() =>
        Assert.All(new[] { "analyst", "campaigner", "steward", "admin" }, role => Assert.Contains("viewer", Assert.ThrowsAny<Exception>(() => shop.Access.Put("somebody", role, ["shelf"])).Message, StringComparison.Ordinal));

    private static async Task<string> AskAsync(HttpClient client, string question)
    {
        using var response = await client.GetAsync($"/api/v1/query?{question}");
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, $"{question}: {answer}");
        return string.Join('\n', answer.GetProperty("rows").EnumerateArray().Select(row => row.GetRawText()));
    }
}
