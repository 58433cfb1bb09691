using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Warehouse.Pages.Asking;
using Warehouse.Service.Access;
using Warehouse.Service.Sessions;

namespace Warehouse.Service.Tests.Pages;

/// <summary>What pages are answered in process: as the API answers the same visitor, and nothing when his session has ended.</summary>
public class ApiOfPagesTests(ServedShop shop) : IClassFixture<ServedShop>
{
    private const string Query = "/api/v1/query?cube=sales&measures=net_sales,lines&by=product.id&format=json";

    [Fact]
    public async Task AnAnswer_IsThatOfTheApi()
    {
        using var response = await AskAsync(Query, Visitor.Owner.Principal("Key"));

        Assert.Equal(await shop.ClientOf("admin").GetStringAsync(Query), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task WhoSeesSomeRows_SeesNoMoreInAPage()
    {
        using var response = await AskAsync(Query, new Visitor("somebody", Role.Viewer, ["shelf"]).Principal("Key"));

        Assert.Equal(await shop.ClientOf("viewer", "shelf").GetStringAsync(Query), await response.Content.ReadAsStringAsync());
        Assert.Equal(3, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task AVerbBeyondARole_IsForbidden()
    {
        using var response = await AskAsync("/api/v1/rfm", new Visitor("somebody", Role.Viewer, null).Principal("Key"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task NobodyIsAnswered_WhoIsNotSignedIn()
    {
        using var response = await AskAsync(Query, new ClaimsPrincipal());

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("ended")]
    [InlineData("removed")]
    [InlineData("given another role")]
    public async Task ALineThatOutlivesItsSession_IsAnsweredNoMore(string how)
    {
        var user = shop.Access.Put($"page-{how.Replace(' ', '-')}", "analyst", []);
        var session = Session.Begin(user.Stamp, TimeProvider.System);
        var principal = session.Principal(user.ToVisitor());
        using (var before = await AskAsync(Query, principal))
        {
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        }

        switch (how)
        {
            case "ended":
                shop.Service.Services.GetRequiredService<EndedSessions>().Add(session.Id, session.End);
                break;
            case "removed":
                shop.Access.Remove(user.Name);
                break;
            default:
                shop.Access.Put(user.Name, "viewer", []);
                break;
        }

        using var after = await AskAsync(Query, principal);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        Assert.Equal("who-are-you", (await after.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    private async Task<HttpResponseMessage> AskAsync(string address, ClaimsPrincipal asker)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://warehouse{address}"));
        request.Options.Set(Answers.Asker, asker);
        return await shop.Service.Services.GetRequiredService<HttpMessageInvoker>().SendAsync(request, CancellationToken.None);
    }
}
