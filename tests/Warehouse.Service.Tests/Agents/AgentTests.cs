using System.Net.Http.Json;
using System.Text.Json;

namespace Warehouse.Service.Tests.Agents;

/// <summary>What agents are told over HTTP, by messages written out.</summary>
public class AgentTests(ServedShop shop) : IClassFixture<ServedShop>
{
    [Fact]
    public async Task AnAgent_SeesTheToolsThatItsRoleMayAsk_AndNoneThatChangesAnything()
    {
        var viewer = Names(await CallAsync(shop.ClientOf("viewer"), "tools/list", new { }));
        var admin = Names(await CallAsync(shop.ClientOf("admin"), "tools/list", new { }));

        Assert.Equal(["cubes", "query", "schema"], viewer.Order(StringComparer.Ordinal));
        Assert.Contains("segment_preview", admin);
        Assert.Contains("churn_explain", admin);
        Assert.Contains("customer_show", admin);
        Assert.All(new[] { "load", "snapshot", "segment_build", "campaign_launch", "customer_forget", "churn_train" }, tool => Assert.DoesNotContain(tool, admin));
    }

    [Fact]
    public async Task AQuestion_IsAnsweredAsTheCommandLineAnswersIt()
    {
        var told = Text(await CallAsync(shop.ClientOf("viewer"), "tools/call", new { name = "query", arguments = new { cube = "sales", measures = "lines", by = "date.year" } }));
        var (_, said) = await shop.RunAsync("query", "sales", "--measures", "lines", "--by", "date.year", "--format", "json");

        Assert.Equal(JsonSerializer.Serialize(JsonDocument.Parse(said)), JsonSerializer.Serialize(JsonDocument.Parse(told)));
    }

    [Fact]
    public async Task AnAgentOfSomeRows_SeesThoseAlone()
    {
        var told = Text(await CallAsync(shop.ClientOf("viewer", "shelf"), "tools/call", new { name = "query", arguments = new { cube = "sales", measures = "lines", by = "product.id" } }));
        var hidden = Text(await CallAsync(shop.ClientOf("viewer", "shelf"), "tools/call", new { name = "cubes", arguments = new { } }));

        Assert.Equal(["P1", "P2", "P3"], JsonDocument.Parse(told).RootElement.GetProperty("rows").EnumerateArray().Select(row => row[0].GetString()));
        Assert.DoesNotContain("customer.id", hidden, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWrongName_IsToldWithNearOnes()
    {
        var answer = await CallAsync(shop.ClientOf("viewer"), "tools/call", new { name = "query", arguments = new { cube = "sales", measures = "line" } });

        Assert.True(answer.GetProperty("isError").GetBoolean());
        Assert.Contains("\"lines\"", Text(answer), StringComparison.Ordinal);
    }

    private static string?[] Names(JsonElement tools) => [.. tools.GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString())];

    private static string Text(JsonElement answer) => answer.GetProperty("content")[0].GetProperty("text").GetString()!;

    private static async Task<JsonElement> CallAsync(HttpClient client, string method, object parameters)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = JsonContent.Create(new { jsonrpc = "2.0", id = 7, method, @params = parameters }) };
        request.Headers.Add("Accept", "application/json, text/event-stream");
        using var response = await client.SendAsync(request);
        var told = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, told);
        var data = told.Split('\n').Single(line => line.StartsWith("data:", StringComparison.Ordinal))["data:".Length..];
        return JsonDocument.Parse(data).RootElement.GetProperty("result").Clone();
    }
}
