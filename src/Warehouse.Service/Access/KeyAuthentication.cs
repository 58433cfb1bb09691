using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Warehouse.Service.Access;

/// <summary>Lets in who shows a key, or the owner's token: <c>Authorization: Bearer …</c>.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, AccessFile access, Func<OwnerToken> owner)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "Key";

    private const string Bearer = "Bearer ";

    /// <summary>The secret that a request shows; null where it shows none.</summary>
    public static string? SecretOf(HttpRequest request)
    {
        var header = request.Headers[HeaderNames.Authorization].ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
    }

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SecretOf(Request) is not { Length: > 0 } secret)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var visitor = owner().Is(secret) ? Visitor.Owner : access.UserOfKey(secret)?.ToVisitor();
        return Task.FromResult(visitor is null
            ? AuthenticateResult.Fail("The key is not known, or has expired.")
            : AuthenticateResult.Success(new AuthenticationTicket(visitor.Principal(SchemeName), SchemeName)));
    }
}
