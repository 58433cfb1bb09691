using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Warehouse.Service.Access;
using Warehouse.Service.Agents;
using Warehouse.Service.Api;
using Warehouse.Service.Forwarding;
using Warehouse.Service.Sessions;

namespace Warehouse.Service.Tests.Access;

/// <summary>Every route, as the running service has them, asked by everybody.</summary>
public class AccessMatrixTests(ServedShop shop) : IClassFixture<ServedShop>
{
    private static readonly string[] Open = ["/health", "/ready", "/metrics"];
    private static readonly string[] ForEverybodySignedIn = ["/openapi/{documentName}.json", AgentEndpoint.Path];
    private static readonly string[] ToSignIn = [SessionEndpoints.Path, SessionEndpoints.EndPath, SessionEndpoints.EnterPath, SessionEndpoints.SignInPage];

    /// <summary>The line between a page in the browser and the service; what comes over it is asked under the visitor's rights.</summary>
    private static readonly string[] OfBlazor = ["/_blazor", "/_blazor/negotiate", "/_blazor/disconnect/", "/_blazor/initializers/", "/_framework/opaque-redirect"];

    [Fact]
    public void EveryRoute_HasARule()
    {
        foreach (var endpoint in Endpoints())
        {
            var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            Assert.True(
                endpoint.Metadata.GetMetadata<VerbRoute>() is not null
                || (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null && (Open.Contains(path) || ToSignIn.Contains(path)))
                || ForEverybodySignedIn.Contains(path)
                || IsBrowserFile(path)
                || (OfBlazor.Contains(path) && endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null)
                || (IsPage(endpoint) && endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(rule => Enum.TryParse<Right>(rule.Policy, out _)))
                || path == ForwardingEndpoint.Path,
                $"{path} has no rule");
        }
    }

    [Theory]
    [InlineData("viewer", "", HttpStatusCode.Forbidden)]
    [InlineData("analyst", "", HttpStatusCode.OK)]
    [InlineData("analyst", "&contacts=true", HttpStatusCode.BadRequest)]
    [InlineData("steward", "&contacts=true", HttpStatusCode.OK)]
    public async Task ContactDetails_AreSearchedByStewardsAlone(string name, string more, HttpStatusCode expected)
    {
        using var response = await shop.ClientOf(name).GetAsync(new Uri($"/api/v1/customer/find?text=C1{more}", UriKind.Relative));

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task WhoShowsNothing_OrAWrongSecret_IsLetInNowhereElse()
    {
        foreach (var secret in new[] { null, "", "wh_000000000000_00", "wh__", "not a key", "a.b.c", shop.Owner.Token[..^1] + "x" })
        {
            var client = shop.ClientWith(secret);
            foreach (var (method, path) in Endpoints().SelectMany(Ways).Where(way => !ToSignIn.Contains(way.Path) && !IsBrowserFile(way.Path)))
            {
                using var request = new HttpRequestMessage(method, path);
                using var response = await client.SendAsync(request);
                Assert.True(
                    Open.Contains(path) ? response.StatusCode == HttpStatusCode.OK : response.StatusCode == HttpStatusCode.Unauthorized,
                    $"{method} {path} with {secret}: {response.StatusCode}");
            }
        }
    }

    [Theory]
    [InlineData("viewer")]
    [InlineData("analyst")]
    [InlineData("campaigner")]
    [InlineData("steward")]
    [InlineData("admin")]
    public async Task ARole_IsLetInWhereItsRightsLetIt_AndNowhereElse(string role)
    {
        var client = shop.ClientOf(role);
        foreach (var route in Endpoints().Select(endpoint => endpoint.Metadata.GetMetadata<VerbRoute>()).OfType<VerbRoute>())
        {
            // A parameter that nothing has: who may ask is told so, who may not is not told even that.
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), $"{route.Path}?nothing_has_this=1");
            using var response = await client.SendAsync(request);
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
            var may = (Role.Of(role).Rights & route.Right) != Right.None;
            Assert.True(
                response.StatusCode == (may ? HttpStatusCode.BadRequest : HttpStatusCode.Forbidden) && problem.GetProperty("code").GetString() == (may ? "wrong-request" : "forbidden"),
                $"{role}: {route.Method} {route.Path}: {response.StatusCode} {problem}");
        }
    }

    [Fact]
    public async Task CommandLines_AreRunForTheOwnerAlone()
    {
        using var response = await shop.ClientOf("admin").PostAsJsonAsync(ForwardingEndpoint.Path, new ForwardedCommand(["status"], "/", null, null));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task AKey_IsWorthNothing_WhenItIsRevoked_Expired_OrItsUserRemoved()
    {
        foreach (var (name, end) in new (string, Action<string>)[]
        {
            ("revoked", key => shop.Access.RevokeKey(key.Split('_')[1])),
            ("removed", _ => shop.Access.Remove("removed")),
        })
        {
            shop.Access.Put(name, "admin", []);
            var key = shop.Access.AddKey(name, TimeSpan.FromHours(1));
            var client = shop.ClientWith(key);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/status")).StatusCode);
            end(key);
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/status")).StatusCode);
        }

        shop.Access.Put("expired", "admin", []);
        Assert.Equal(HttpStatusCode.Unauthorized, (await shop.ClientWith(shop.Access.AddKey("expired", TimeSpan.Zero)).GetAsync("/api/v1/status")).StatusCode);
    }

    private static bool IsPage(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    /// <summary>Scripts and styles, the same for everybody, by what is in them.</summary>
    private static bool IsBrowserFile(string path) => path.StartsWith("/_pages/", StringComparison.Ordinal);

    private static IEnumerable<(HttpMethod Method, string Path)> Ways(RouteEndpoint endpoint)
    {
        var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/').Replace("{documentName}", "v1", StringComparison.Ordinal);
        return (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (new HttpMethod(method), path));
    }

    private IEnumerable<RouteEndpoint> Endpoints() =>
        shop.Service.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();
}
