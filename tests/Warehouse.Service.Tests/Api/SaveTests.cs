using System.Net;
using System.Text;
using System.Text.Json;

namespace Warehouse.Service.Tests.Api;

public class SaveTests(ServedShop shop) : IClassFixture<ServedShop>
{
    private const string Twice = "segment: twice\nwhere:\n  orders: {from: 2}\n";

    [Fact]
    public async Task ADraft_IsPreviewedWithoutBeingSaved_AsTheSavedOneIsAfterIt()
    {
        using var response = await SendAsync("analyst", "preview?format=json", Twice);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var drafted = await response.Content.ReadAsStringAsync();
        Assert.False(File.Exists(shop.Workspace.PathOf("segments/twice.yaml")));

        using var saved = await SendAsync("campaigner", "save", Twice, ("segment", "twice"));
        Assert.True(saved.IsSuccessStatusCode, await saved.Content.ReadAsStringAsync());
        Assert.Equal(Twice, await File.ReadAllTextAsync(shop.Workspace.PathOf("segments/twice.yaml")));
        Assert.Equal(drafted, await shop.ClientOf("analyst").GetStringAsync("/api/v1/segment/preview?segment=twice&format=json"));
        File.Delete(shop.Workspace.PathOf("segments/twice.yaml"));
    }

    [Fact]
    public async Task ASegment_IsReplacedOnlyByWhoKnowsWhatItSays()
    {
        const string first = "segment: mine\nwhere: {orders: {from: 1}}\n";
        const string second = "segment: mine\nwhere: {orders: {from: 3}}\n";
        using var made = await SendAsync("campaigner", "save", first, ("segment", "mine"));
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);

        using var blind = await SendAsync("campaigner", "save", second, ("segment", "mine"));
        Assert.Equal(HttpStatusCode.Conflict, blind.StatusCode);
        using var late = await SendAsync("campaigner", "save", second, ("segment", "mine"), ("replaces", new string('0', 64)));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal(first, await File.ReadAllTextAsync(shop.Workspace.PathOf("segments/mine.yaml")));

        using var shown = JsonDocument.Parse(await shop.ClientOf("analyst").GetStringAsync("/api/v1/segment/show?segment=mine"));
        using var replaced = await SendAsync("campaigner", "save", second, ("segment", "mine"), ("replaces", shown.RootElement.GetProperty("hash").GetString()!));
        Assert.Equal(HttpStatusCode.OK, replaced.StatusCode);
        Assert.Equal(second, await File.ReadAllTextAsync(shop.Workspace.PathOf("segments/mine.yaml")));
        File.Delete(shop.Workspace.PathOf("segments/mine.yaml"));
    }

    [Theory]
    [InlineData("segment: wrong\nwhere: {countri: IE}\n", "wrong", HttpStatusCode.UnprocessableEntity, "country")]
    [InlineData("segment: wrong\nwhere: {segment: wrong}\n", "wrong", HttpStatusCode.UnprocessableEntity, "leads back")]
    [InlineData("segment: wrong\nwhere: {all: []}\n", "right", HttpStatusCode.BadRequest, "wrong")]
    [InlineData("where: {all: []}\n", "../out", HttpStatusCode.BadRequest, "no name for a file")]
    [InlineData("where: [", "wrong", HttpStatusCode.UnprocessableEntity, "draft.yaml:")]
    public async Task WhatIsNotRight_IsNotWritten(string text, string name, HttpStatusCode status, string words)
    {
        using var response = await SendAsync("campaigner", "save", text, ("segment", name));

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(words, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(["buyers.yaml"], Directory.EnumerateFiles(shop.Workspace.PathOf("segments")).Select(Path.GetFileName).Intersect(["buyers.yaml", "wrong.yaml", "right.yaml", "out.yaml"]));
        Assert.False(File.Exists(shop.Workspace.PathOf("out.yaml")));
    }

    [Fact]
    public async Task WhoMayOnlyAnalyse_SavesNothing()
    {
        using var response = await SendAsync("analyst", "save", Twice, ("segment", "theirs"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(File.Exists(shop.Workspace.PathOf("segments/theirs.yaml")));
    }

    private async Task<HttpResponseMessage> SendAsync(string role, string what, string text, params (string Name, string Value)[] said)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", "draft.yaml" } };
        foreach (var (name, value) in said)
        {
            form.Add(new StringContent(value), name);
        }

        return await shop.ClientOf(role).PostAsync(new Uri($"/api/v1/segment/{what}", UriKind.Relative), form);
    }
}
