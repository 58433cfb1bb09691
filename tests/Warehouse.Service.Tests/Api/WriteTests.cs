using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Warehouse.Service.Access;
using Warehouse.Service.Api;
using Warehouse.Service.Api.Writes;
using Warehouse.Service.Tests.Jobs;

namespace Warehouse.Service.Tests.Api;

/// <summary>Writes that are asked again.</summary>
public class WriteTests(ServedShop shop) : IClassFixture<ServedShop>
{
    [Fact]
    public async Task TheSameWriteAgain_IsToldWhatCameOfIt_AlsoAfterARestart_AndByAnotherBoundary()
    {
        var key = Guid.NewGuid().ToString();
        using var first = await LoadAsync(shop.ClientOf("steward"), key, 70_000);
        var said = await first.Content.ReadAsStringAsync();
        var lines = await LinesAsync();
        using var again = await LoadAsync(shop.ClientOf("steward"), key, 70_000);
        await shop.StopAsync();
        await shop.StartAsync();
        using var later = await LoadAsync(shop.ClientOf("steward"), key, 70_000);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        foreach (var replayed in new[] { again, later })
        {
            Assert.Equal(HttpStatusCode.OK, replayed.StatusCode);
            Assert.Equal("true", Assert.Single(replayed.Headers.GetValues("Idempotency-Replayed")));
            Assert.Equal(said, await replayed.Content.ReadAsStringAsync());
            Assert.Equal(first.Content.Headers.ContentType, replayed.Content.Headers.ContentType);
        }

        Assert.Equal(lines, await LinesAsync());
    }

    [Fact]
    public async Task TheSameKeyWithOtherWords_IsRefused_AndNothingIsDone()
    {
        var client = shop.ClientOf("steward");
        var key = Guid.NewGuid().ToString();
        using var first = await LoadAsync(client, key, 71_000);
        var lines = await LinesAsync();
        using var other = await LoadAsync(client, key, 72_000);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "another-write"), (other.StatusCode, (await other.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()));
        Assert.Equal(lines, await LinesAsync());
    }

    [Fact]
    public async Task TheSameKeyOfAnother_IsAnother()
    {
        var key = Guid.NewGuid().ToString();
        using var first = await LoadAsync(shop.ClientOf("steward"), key, 73_000);
        using var other = await LoadAsync(shop.ClientOf("admin"), key, 74_000);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, other.StatusCode));
        Assert.False(other.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task WhenSomebodyIsForgotten_NothingThatWasAnsweredIsKept()
    {
        var key = Guid.NewGuid().ToString();
        using var load = await LoadAsync(shop.ClientOf("steward"), key, 99_000);
        Assert.Contains(Directory.EnumerateFiles(Path.Combine(shop.Folder.Path, ".writes")), file => Path.GetFileName(file)[0] != '.');
        using var forget = new HttpRequestMessage(HttpMethod.Post, "/api/v1/customer/forget") { Content = JsonContent.Create(new { id = "C52" }) };
        forget.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var forgotten = await shop.ClientOf("admin").SendAsync(forget);

        Assert.True(forgotten.StatusCode == HttpStatusCode.OK, await forgotten.Content.ReadAsStringAsync());
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(shop.Folder.Path, ".writes")), file => Path.GetFileName(file)[0] != '.');
    }

    [Fact]
    public async Task WhatFailed_MayBeAskedAgain()
    {
        var client = shop.ClientOf("campaigner");
        var key = Guid.NewGuid().ToString();
        using var failed = await SendAsync(client, key, "/api/v1/segment/build", new { segment = "later" });
        shop.Folder.Write("segments/later.yaml", "segment: later\ndescription: Who bought.\nwhere: {all: []}\n");
        using var done = await SendAsync(client, key, "/api/v1/segment/build", new { segment = "later" });

        Assert.Equal(HttpStatusCode.BadRequest, failed.StatusCode);
        Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task TwentyAtOnce_AreDoneOnce()
    {
        var key = Guid.NewGuid().ToString();
        var client = shop.ClientOf("steward");
        var before = await LinesAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => LoadAsync(client, key, 75_000)));

        Assert.All(answers, answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }));
        Assert.Single(answers, answer => answer.IsSuccessStatusCode && !answer.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(before + 9, await LinesAsync());
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("with a space")]
    [InlineData("\u007f")]
    public async Task AKeyThatIsNone_IsRefused(string key)
    {
        using var answer = await LoadAsync(shop.ClientOf("steward"), key, 76_000);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public void AWriteUnderWay_IsToldSo_AndAnAnswerIsKeptForADay()
    {
        var clock = new FakeClock(TimeProvider.System.GetUtcNow());
        var writes = new KeptWrites(shop.Workspace, clock);
        var anna = new Visitor("anna", Role.Admin, null);
        var answer = new KeptAnswer("text/plain", new Dictionary<string, string> { ["Warehouse-Reserve"] = "true" }, [1, 2, 3]);
        using (var mine = Assert.IsType<WriteTurn.Mine>(writes.Begin(anna, "k", "this")))
        {
            Assert.IsType<WriteTurn.UnderWay>(writes.Begin(anna, "k", "this"));
            Assert.IsType<WriteTurn.AnotherQuestion>(writes.Begin(anna, "k", "that"));
            mine.Keep(answer);
        }

        clock.Move(TimeSpan.FromHours(23.9));
        var kept = Assert.IsType<WriteTurn.Answered>(new KeptWrites(shop.Workspace, clock).Begin(anna, "k", "this")).Answer;
        Assert.Equal((answer.MediaType, "true"), (kept.MediaType, kept.Headers["Warehouse-Reserve"]));
        Assert.Equal(answer.Body, kept.Body);
        Assert.IsType<WriteTurn.AnotherQuestion>(writes.Begin(anna, "k", "that"));
        clock.Move(TimeSpan.FromHours(1));
        Assert.IsType<WriteTurn.Mine>(writes.Begin(anna, "k", "that"));
    }

    [Fact]
    public async Task ABackup_IsWrittenIntoTheWorkspace_ForAnAdministrator()
    {
        using var refused = await shop.ClientOf("steward").PostAsync("/api/v1/backup", null);
        using var elsewhere = await shop.ClientOf("admin").PostAsJsonAsync("/api/v1/backup", new { @out = "/tmp" });
        using var done = await shop.ClientOf("admin").PostAsync("/api/v1/backup", null);
        var answer = await done.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.BadRequest), (refused.StatusCode, elsewhere.StatusCode));
        Assert.True(done.IsSuccessStatusCode, answer);
        Assert.NotEmpty(Directory.GetFiles(shop.Workspace.PathOf("backups"), "*.zip"));
    }

    private static async Task<HttpResponseMessage> LoadAsync(HttpClient client, string key, int firstOrder)
    {
        using var form = new MultipartFormDataContent { { new StringContent("orders"), "feed" } };
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(ServedShop.Orders(9, firstOrder))), "file", "late.csv");
        return await SendAsync(client, key, "/api/v1/load", form);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string key, string address, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = body as HttpContent ?? JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    private async Task<long> LinesAsync() =>
        (await shop.ClientOf("viewer").GetFromJsonAsync<JsonElement>("/api/v1/query?cube=sales&measures=lines")).GetProperty("rows")[0][0].GetInt64();
}
