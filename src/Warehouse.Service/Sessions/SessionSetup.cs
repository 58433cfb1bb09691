using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Warehouse.Service.Api;
using Warehouse.Store;

namespace Warehouse.Service.Sessions;

/// <summary>Sessions of browsers: a sealed cookie that no script can read and no other site sends.</summary>
internal static class SessionSetup
{
    public static void AddSessions(this IServiceCollection services, Workspace workspace)
    {
        var folder = new SessionFolder(workspace);
        services.AddSingleton(folder);
        services.AddSingleton<EndedSessions>();
        services.AddSingleton<UsedEntryCodes>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<SessionCookies>();
        services.AddDataProtection().SetApplicationName("warehouse").PersistKeysToFileSystem(folder.Place);
    }

    public static void AddSessionCookie(this AuthenticationBuilder authentication, Workspace workspace) => authentication.AddCookie(Session.SchemeName, options =>
    {
        options.Cookie.Name = $"warehouse_{Mark(workspace)}";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Session.Idle;
        options.SlidingExpiration = true;
        options.EventsType = typeof(SessionCookies);
    });

    /// <summary>
    /// What a browser sends by itself is not what its user wants: by a cookie nothing is changed, nor a channel opened, but from a page
    /// of this service.
    /// </summary>
    public static void UseOwnOriginForCookies(this IApplicationBuilder application) => application.Use((context, next) =>
        context.User.Identity?.AuthenticationType == Session.SchemeName && IsUnsafe(context) && OriginOfRequest.Of(context.Request) != Origin.Own
            ? Problem.Of(
                StatusCodes.Status403Forbidden, "other-origin", "Not from there",
                "By a cookie the service is changed from its own pages alone. A program shows a key: 'Authorization: Bearer KEY'.").ExecuteAsync(context)
            : next(context));

    private static bool IsUnsafe(HttpContext context) =>
        context.WebSockets.IsWebSocketRequest
        || context.Request.Headers.Upgrade.Count > 0
        || !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method) || HttpMethods.IsTrace(context.Request.Method));

    /// <summary>Browsers tell cookies of one machine apart by their names alone, not by ports: each workspace has a name of its own.</summary>
    private static string Mark(Workspace workspace) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(workspace.Folder)).AsSpan(0, 4));
}
