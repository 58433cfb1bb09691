using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Warehouse.Service.Tests.Api;

public class AnswerTests(ServedShop shop) : IClassFixture<ServedShop>
{
    private const string Question = "/api/v1/query?cube=sales&measures=net_sales,lines&by=date.year";

    [Theory]
    [InlineData("/api/v1/query?cube=sales&measures=net_sales,lines,buyers&by=date.year,product.id&totals=rollup", "query sales --measures net_sales,lines,buyers --by date.year,product.id --totals rollup")]
    [InlineData("/api/v1/query?cube=sales&measures=lines&totals=&by=date.month", "query sales --measures lines --by date.month --totals")]
    [InlineData("/api/v1/rfm?as-of=2025-12-31&window=12m", "rfm --as-of 2025-12-31 --window 12m")]
    [InlineData("/api/v1/rfm?customers=true", "rfm --customers")]
    [InlineData("/api/v1/tiers", "tiers")]
    [InlineData("/api/v1/cohorts", "cohorts")]
    [InlineData("/api/v1/status", "status")]
    [InlineData("/api/v1/quality", "quality")]
    [InlineData("/api/v1/segment/preview?segment=buyers", "segment preview buyers")]
    public async Task ARoute_AnswersWhatItsVerbAnswers(string address, string words)
    {
        foreach (var format in new[] { "json", "csv", "table" })
        {
            var (code, said) = await shop.RunAsync([.. words.Split(' '), "--format", format]);
            Assert.Equal(0, code);
            var answer = await shop.ClientOf("admin").GetStringAsync($"{address}{(address.Contains('?') ? '&' : '?')}format={format}");
            Assert.StartsWith(answer.TrimEnd(), said, StringComparison.Ordinal);
            Assert.NotEmpty(answer);
        }
    }

    [Theory]
    [InlineData("text/csv", "text/csv")]
    [InlineData("application/json", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/x-ndjson", "application/x-ndjson")]
    [InlineData("text/csv;q=0.5, application/vnd.apache.arrow.stream", "application/vnd.apache.arrow.stream")]
    [InlineData("application/vnd.apache.parquet", "application/vnd.apache.parquet")]
    public async Task TheFormOfAnAnswer_IsWhatIsAcceptedMost(string accept, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Question);
        request.Headers.Add("Accept", accept);
        using var response = await shop.ClientOf("viewer").SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task AFormThatThereIsNone_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Question);
        request.Headers.Add("Accept", "image/png");
        using var response = await shop.ClientOf("viewer").SendAsync(request);

        Assert.Equal(HttpStatusCode.NotAcceptable, response.StatusCode);
    }

    [Fact]
    public async Task AnAnswer_IsNotSentAgain_UntilSomethingHasChanged()
    {
        var client = shop.ClientOf("steward");
        using var first = await client.GetAsync(Question);
        var tag = first.Headers.ETag!;
        Assert.Equal(HttpStatusCode.NotModified, (await AskAgainAsync(client, tag)).StatusCode);

        using var form = new MultipartFormDataContent { { new StringContent("orders"), "feed" } };
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(ServedShop.Orders(30, firstOrder: 50_000))), "file", "late.csv");
        using var loaded = await client.PostAsync("/api/v1/load", form);
        Assert.True(loaded.IsSuccessStatusCode, await loaded.Content.ReadAsStringAsync());

        using var after = await AskAgainAsync(client, tag);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.NotEqual(tag, after.Headers.ETag);
        Assert.NotEqual(await first.Content.ReadAsStringAsync(), await after.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task AnAnswer_StaysKnown_WhenItIsOnlyRecordedWhatWasDone()
    {
        var client = shop.ClientOf("steward");
        using var first = await client.GetAsync(Question);
        using var exports = await client.GetAsync("/api/v1/export/list");
        using var shown = await client.GetAsync("/api/v1/customer/show?id=C1");
        using var exportsAfter = await client.GetAsync("/api/v1/export/list");

        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.NotEqual(exports.Headers.ETag, exportsAfter.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, (await AskAgainAsync(client, first.Headers.ETag!)).StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/status")]
    [InlineData("/api/v1/doctor")]
    [InlineData("/api/v1/job/list")]
    [InlineData("/api/v1/query?suggest-rollups=true")]
    [InlineData("/api/v1/customer/show?id=C1")]
    public async Task AnAnswerOfTheMoment_IsNotKept(string address)
    {
        using var answer = await shop.ClientOf("admin").GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Null(answer.Headers.ETag);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task AQuestionInABody_IsTheSameAsInTheAddress()
    {
        var client = shop.ClientOf("viewer");
        using var posted = await client.PostAsJsonAsync("/api/v1/query", new { cube = "sales", measures = new[] { "net_sales", "lines" }, by = "date.year" });

        Assert.Equal(await client.GetStringAsync(Question), await posted.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/api/v1/query?cube=sales&measures=net_sals", 400, "net_sales")]
    [InlineData("/api/v1/query?cube=sale&measures=net_sales", 400, "sales")]
    [InlineData("/api/v1/query?cube=sales&mesures=net_sales", 400, "measures")]
    [InlineData("/api/v1/query?cube=sales&measures=net_sales&limit=many", 400, "many")]
    [InlineData("/api/v1/segment/preview?segment=byers", 400, "buyers")]
    [InlineData("/api/v1/rfm?format=pdf", 400, "json")]
    [InlineData("/api/v1/nothing", 404, "/api/v1/nothing")]
    public async Task AFault_IsAProblem_ThatSaysWhatWouldHaveBeenRight(string address, int status, string told)
    {
        using var response = await shop.ClientOf("admin").GetAsync(address);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(told, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task TheDescription_NamesEveryRouteAndParameter()
    {
        var description = await shop.ClientOf("viewer").GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        foreach (var route in new Warehouse.Service.Api.VerbCatalogue(TimeProvider.System).Routes)
        {
            var operation = description.GetProperty("paths").GetProperty(route.Path).GetProperty(route.Method == "GET" ? "get" : "post");
            Assert.False(string.IsNullOrEmpty(operation.GetProperty("summary").GetString()));
            var named = route.Method == "GET"
                ? operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()).ToArray() : []
                : [.. operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema").TryGetProperty("properties", out var properties) ? properties.EnumerateObject().Select(property => property.Name) : []];
            Assert.Empty(route.Parameters.Select(parameter => parameter.Name).Except(named));
        }
    }

    private static async Task<HttpResponseMessage> AskAgainAsync(HttpClient client, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Question);
        request.Headers.IfNoneMatch.Add(tag);
        return await client.SendAsync(request);
    }
}
