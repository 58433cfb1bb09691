using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Warehouse.Service.Tests.Jobs;

/// <summary>Jobs that are run over HTTP by one who names his wish by a key.</summary>
public sealed class JobByHandTests : IAsyncLifetime, IDisposable
{
    private readonly ServedShop _shop = new() { Definition = "jobs:\n  load: {run: load, at: 0 2 1 1 *}\n  wrong: {run: query nothing --measures x, at: 0 2 1 1 *}\n" };

    public Task InitializeAsync() => _shop.InitializeAsync();

    public Task DisposeAsync() => _shop.DisposeAsync();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task TheSameWishAgain_IsRunOnce_AlsoWhereManySendItAtOnce()
    {
        var client = _shop.ClientOf("steward");
        var key = Guid.NewGuid().ToString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RunAsync(client, "load", key)));
        var again = await RunAsync(client, "load", key);
        var another = await RunAsync(client, "load", Guid.NewGuid().ToString());

        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }));
        Assert.Single(answers, answer => answer is { Status: HttpStatusCode.OK, IsReplayed: false });
        Assert.Equal((HttpStatusCode.OK, true), (again.Status, again.IsReplayed));
        Assert.Equal((HttpStatusCode.OK, false), (another.Status, another.IsReplayed));
        Assert.Equal(2, await RunsAsync(client, "load"));
    }

    [Fact]
    public async Task ARunThatFails_IsToldAsOne_AndTheSameWishDoesNotRunItAgain()
    {
        var client = _shop.ClientOf("steward");
        var key = Guid.NewGuid().ToString();
        var first = await RunAsync(client, "wrong", key);
        var again = await RunAsync(client, "wrong", key);

        Assert.Contains("failed", first.Words, StringComparison.Ordinal);
        Assert.Equal((first.Status, first.Words, true), (again.Status, again.Words, again.IsReplayed));
        Assert.Equal(1, await RunsAsync(client, "wrong"));
    }

    private static async Task<(HttpStatusCode Status, bool IsReplayed, string Words)> RunAsync(HttpClient client, string job, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/job/run") { Content = JsonContent.Create(new { job }) };
        request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        return (response.StatusCode, response.Headers.Contains("Idempotency-Replayed"), await response.Content.ReadAsStringAsync());
    }

    private static async Task<int> RunsAsync(HttpClient client, string job) =>
        (await client.GetFromJsonAsync<JsonElement>($"/api/v1/job/history?job={job}")).GetProperty("rows").GetArrayLength();
}
