using System.IdentityModel.Tokens.Jwt;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Warehouse.Service.Tests.Access;

/// <summary>Tokens of a small OpenID Connect issuer that runs beside the service: discovery document, keys, signatures.</summary>
public sealed class TokenIssuerTests : IAsyncLifetime, IDisposable
{
    private const string Audience = "warehouse";
    private readonly RSA _rsa = RSA.Create(2048);
    private WebApplication? _issuer;
    private ServedShop? _shop;

    private string Authority => _issuer!.Urls.First();

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _issuer = builder.Build();
        _issuer.Urls.Add("http://127.0.0.1:0");
        _issuer.MapGet("/.well-known/openid-configuration", () => Results.Json(new { issuer = Authority, jwks_uri = $"{Authority}/keys" }));
        _issuer.MapGet("/keys", () =>
        {
            var key = _rsa.ExportParameters(includePrivateParameters: false);
            return Results.Text(
                JsonSerializer.Serialize(new { keys = new[] { new { kty = "RSA", use = "sig", kid = "one", alg = "RS256", n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) } } }),
                "application/json");
        });
        await _issuer.StartAsync();
        _shop = new ServedShop { Definition = $"service: {{issuer: {{authority: \"{Authority}\", audience: {Audience}}}}}\n" };
        await _shop.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _shop!.DisposeAsync();
        await _issuer!.DisposeAsync();
    }

    public void Dispose()
    {
        _shop?.Dispose();
        _rsa.Dispose();
    }

    [Fact]
    public async Task AToken_LetsIn_AsItsRoleSays()
    {
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Token([new("warehouse_role", "analyst")]), "/api/v1/status"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(Token([new("warehouse_role", "viewer")]), "/api/v1/status"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(Token([new("warehouse_role", "viewer")]), "/api/v1/query?cube=sales&measures=lines"));
    }

    [Fact]
    public async Task ATokenWithRolesOfCubes_IsAViewers_WhateverItSays() =>
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(Token([new("warehouse_role", "admin"), new("warehouse_cubes", "shelf")]), "/api/v1/status"));

    [Fact]
    public async Task ATokenThatIsNotRight_LetsNobodyIn()
    {
        using var other = RSA.Create(2048);
        var good = Token([new("warehouse_role", "admin")]);
        var parts = good.Split('.');
        var none = $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.";
        foreach (var token in new[]
        {
            Token([new("warehouse_role", "admin")], key: other),
            Token([new("warehouse_role", "admin")], audience: "other"),
            Token([new("warehouse_role", "admin")], issuer: "http://127.0.0.1:1"),
            Token([new("warehouse_role", "admin")], expires: TimeSpan.FromMinutes(-5)),
            Token([new("warehouse_role", "king")]),
            Token([]),
            none,
            $"{parts[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("admin", "owner", StringComparison.Ordinal))}.{parts[2]}",
        })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(token, "/api/v1/status"));
        }
    }

    private string Token(IEnumerable<Claim> claims, RSA? key = null, string audience = Audience, string? issuer = null, TimeSpan? expires = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var until = now + (expires ?? TimeSpan.FromMinutes(5));
        return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(
            issuer ?? Authority,
            audience,
            [new Claim("sub", "program-7"), .. claims],
            until - TimeSpan.FromMinutes(10),
            until,
            new SigningCredentials(new RsaSecurityKey(key ?? _rsa) { KeyId = "one" }, SecurityAlgorithms.RsaSha256)));
    }

    private async Task<HttpStatusCode> AskAsync(string token, string address)
    {
        using var response = await _shop!.ClientWith(token).GetAsync(address);
        return response.StatusCode;
    }
}
