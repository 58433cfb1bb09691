using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Warehouse.Service.Access;

namespace Warehouse.Service.Sessions;

/// <summary>Looks at each request's cookie whether its session still holds, and shows a browser that has none where to sign in.</summary>
internal sealed class SessionCookies(AccessFile access, EndedSessions ended, TimeProvider time) : CookieAuthenticationEvents
{
    /// <summary>What is asked by programs, and is no page.</summary>
    private static readonly string[] OfPrograms = ["/api", "/openapi", "/mcp", "/health", "/ready", "/metrics", SessionEndpoints.Path, SessionEndpoints.EnterPath, SessionEndpoints.SignInPage];

    /// <summary>Whether a browser asks for a page, to show it.</summary>
    public static bool IsForPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && TakesPages(request)
        && !OfPrograms.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a browser is asking, which shows what it is answered.</summary>
    public static bool TakesPages(HttpRequest request) => request.Headers[HeaderNames.Accept].ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var session = Session.Of(context.Properties);
        if (session?.VisitorOf(context.Principal?.Identity?.Name, access, ended, time.GetUtcNow()) is not { } visitor)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Session.SchemeName);
            return;
        }

        context.ReplacePrincipal(session.Principal(visitor));
    }

    /// <inheritdoc/>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (IsForPage(request))
        {
            context.Response.Redirect(SessionEndpoints.SignIn(LocalPath.Of(request.PathBase + request.Path + request.QueryString)));
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
