using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Warehouse.Service.Tests.Api;

public partial class PagingTests(ServedShop shop) : IClassFixture<ServedShop>
{
    [Theory]
    [InlineData("/api/v1/query?cube=sales&measures=net_sales,lines&by=date.month,product.id&totals=rollup")]
    [InlineData("/api/v1/query?cube=sales&measures=lines&details=lines")]
    [InlineData("/api/v1/rfm?customers=true")]
    [InlineData("/api/v1/cubes")]
    [InlineData("/api/v1/tiers")]
    [InlineData("/api/v1/job/history")]
    public async Task ThePages_AreTheWholeAnswer(string address)
    {
        var client = shop.ClientOf("analyst");
        using var whole = await client.GetAsync(Csv(address));
        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        var expected = Lines(await whole.Content.ReadAsStringAsync());
        foreach (var size in new[] { 1 + (expected.Length / 3), 100_000 })
        {
            var rows = new List<string>();
            for (var next = $"{Csv(address)}&page-size={size}"; next is not null;)
            {
                using var page = await client.GetAsync(next);
                Assert.Equal(HttpStatusCode.OK, page.StatusCode);
                Assert.Equal(expected.Length - 1, int.Parse(Assert.Single(page.Headers.GetValues("Warehouse-Rows")), System.Globalization.CultureInfo.InvariantCulture));
                var lines = Lines(await page.Content.ReadAsStringAsync());
                Assert.Equal(expected[0], lines[0]);
                Assert.InRange(lines.Length - 1, 0, size);
                rows.AddRange(lines[1..]);
                next = Link(page, "next");
            }

            Assert.Equal(expected[1..], rows);
        }
    }

    [Fact]
    public async Task Pages_LeadBothWays_AndComeInEveryForm()
    {
        var client = shop.ClientOf("viewer");
        const string Question = "/api/v1/query?cube=sales&measures=lines&by=product.id";
        using var first = await client.GetAsync($"{Question}&page-size=5");
        using var second = await client.GetAsync(Link(first, "next"));
        Assert.Null(Link(first, "prev"));
        var json = await first.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(5, json.GetProperty("rows").GetArrayLength());
        Assert.Equal(json.ToString(), (await client.GetFromJsonAsync<JsonElement>(Link(second, "prev"))).ToString());
        Assert.Equal(Link(first, "first"), Link(second, "first"));
        using var posted = await client.PostAsJsonAsync("/api/v1/query?page-size=5", new { cube = "sales", measures = "lines", by = "product.id" });
        Assert.Equal(json.ToString(), (await posted.Content.ReadFromJsonAsync<JsonElement>()).ToString());
        foreach (var form in new[] { "ndjson", "arrow", "parquet", "xlsx", "table", "display" })
        {
            using var page = await client.GetAsync($"{Question}&page-size=5&format={form}");
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.NotNull(Link(page, "next"));
        }
    }

    [Fact]
    public async Task ACursor_OutlivesARestart_AndIsGoneWithTheNextGeneration()
    {
        var client = shop.ClientOf("steward");
        using var first = await client.GetAsync("/api/v1/query?cube=sales&measures=lines&by=product.id&page-size=5");
        var next = Link(first, "next")!;
        await shop.StopAsync();
        await shop.StartAsync();
        client = shop.ClientOf("steward");
        using var second = await client.GetAsync(next);
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);

        shop.Folder.Write("data/orders-later.csv", ServedShop.Orders(30, firstOrder: 90_000));
        using var loaded = await client.PostAsync("/api/v1/load", null);
        Assert.True(loaded.IsSuccessStatusCode, await loaded.Content.ReadAsStringAsync());
        using var gone = await client.GetAsync(next);
        Assert.Equal((HttpStatusCode.Gone, "page-gone"), (gone.StatusCode, (await gone.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task ACursor_IsOfItsQuestionAlone()
    {
        var client = shop.ClientOf("viewer");
        using var first = await client.GetAsync("/api/v1/query?cube=sales&measures=lines&by=product.id&page-size=5");
        using var other = await client.GetAsync(Link(first, "next")!.Replace("measures=lines", "measures=net_sales", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Gone, other.StatusCode);
    }

    [Theory]
    [InlineData("page-size=0")]
    [InlineData("page-size=-1")]
    [InlineData("page-size=many")]
    [InlineData("page-size=100001")]
    [InlineData("page-size=99999999999999999999")]
    [InlineData("cursor=x")]
    [InlineData("cursor=%20%00")]
    [InlineData("cursor=MS4x")]
    [InlineData("cursor=MTAuNS54&page-size=5")]
    public async Task APageThatIsNone_IsRefused(string page)
    {
        using var answer = await shop.ClientOf("viewer").GetAsync($"/api/v1/query?cube=sales&measures=lines&{page}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/status?page-size=5")]
    [InlineData("/api/v1/query?cube=sales&measures=lines&details=lines&format=arrow&page-size=5")]
    public async Task WhatIsNoTable_HasNoPages_OrIsOne(string address)
    {
        using var answer = await shop.ClientOf("analyst").GetAsync(address);

        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest || answer.Headers.Contains("Link"), answer.StatusCode.ToString());
    }

    private static string Csv(string address) => $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}format=csv";

    private static string[] Lines(string csv) => csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private static string? Link(HttpResponseMessage page, string relation) => page.Headers.TryGetValues("Link", out var links)
        ? Links().Matches(string.Join(", ", links)).FirstOrDefault(link => link.Groups["relation"].Value == relation)?.Groups["place"].Value
        : null;

    [GeneratedRegex("<(?<place>[^>]*)>; rel=\"(?<relation>[a-z]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Links();
}
