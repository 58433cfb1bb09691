using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Warehouse.Service.Access;
using Warehouse.Service.Api;

namespace Warehouse.Service.Sessions;

/// <summary>How a browser is signed in and out. A page that shows a form is at <see cref="SignInPage"/>; why it is shown is its <c>problem</c>.</summary>
internal static class SessionEndpoints
{
    public const string Path = "/session";
    public const string EndPath = "/session/end";
    public const string EnterPath = "/enter";
    public const string SignInPage = "/sign-in";

    /// <summary>Name and password do not belong together.</summary>
    public const string Wrong = "wrong";

    /// <summary>Too many failures; <c>seconds</c> says when to try again.</summary>
    public const string Wait = "wait";

    /// <summary>The address that let the owner in was used, is too old, or is no such address.</summary>
    public const string Link = "link";

    private const int LargestBody = 16 * 1024;

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, BeginAsync).WithMetadata(new RequestSizeLimitAttribute(LargestBody)).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        routes.MapPost(EndPath, EndAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        routes.MapGet(EnterPath, EnterAsync).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>The address of the page where a browser signs in.</summary>
    /// <param name="back">Where it wanted to go.</param>
    /// <param name="problem">Why it is asked again; null where nothing went wrong.</param>
    /// <param name="wait">How long it has to wait.</param>
    public static string SignIn(LocalPath back, string? problem = null, TimeSpan wait = default) =>
        SignInPage
        + (problem is null ? "?" : $"?problem={problem}&")
        + (wait > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"seconds={Seconds(wait)}&") : "")
        + $"return={Uri.EscapeDataString(back.ToString())}";

    private static async Task<IResult> BeginAsync(HttpContext context, SignIn signIn, TimeProvider time)
    {
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        if (OriginOfRequest.Of(context.Request) == Origin.Other)
        {
            return Problem.Of(StatusCodes.Status403Forbidden, "other-origin", "Not from there", "Nobody is signed in from the page of another server.");
        }

        var isForm = context.Request.HasFormContentType;
        if (await ReadAsync(context.Request, isForm) is not { } said)
        {
            return Problem.Of(StatusCodes.Status400BadRequest, "wrong-request", "The request is wrong", "A form or a JSON object with name and password is expected.");
        }

        var (user, wait) = await signIn.TryAsync(said.Name, said.Password, context.Connection.RemoteIpAddress, context.RequestAborted);
        var back = LocalPath.Of(said.Return);
        if (user is not null)
        {
            var visitor = user.ToVisitor();
            await context.SignInAsync(Session.SchemeName, visitor.Principal(Session.SchemeName), Session.Begin(user.Stamp, time).ToProperties());
            return isForm ? SeeOther(context, back.ToString()) : Results.Ok(new { user = visitor.Name, role = visitor.Role.Name, @return = back.ToString() });
        }

        if (wait > TimeSpan.Zero)
        {
            context.Response.Headers[HeaderNames.RetryAfter] = Seconds(wait).ToString(CultureInfo.InvariantCulture);
        }

        return (isForm, wait > TimeSpan.Zero) switch
        {
            (true, true) => SeeOther(context, SignIn(back, Wait, wait)),
            (true, false) => SeeOther(context, SignIn(back, Wrong)),
            (false, true) => Problem.Of(
                StatusCodes.Status429TooManyRequests, "too-many-attempts", "Too many attempts",
                string.Create(CultureInfo.InvariantCulture, $"There were too many failed attempts. Try again in {Seconds(wait)} seconds.")),
            _ => Problem.Of(StatusCodes.Status401Unauthorized, "who-are-you", "Not signed in", "Name and password do not belong together."),
        };
    }

    private static async Task<IResult> EndAsync(HttpContext context, EndedSessions ended, AccessJournal journal)
    {
        var cookie = await context.AuthenticateAsync(Session.SchemeName);
        if (cookie.Properties is { } properties && Session.Of(properties) is { } session)
        {
            ended.Add(session.Id, session.End);
            journal.Add(cookie.Principal!.Identity!.Name!, "sign out", cookie.Principal.Identity.Name!, "by himself");
            await context.SignOutAsync(Session.SchemeName);
        }

        return SessionCookies.TakesPages(context.Request) ? SeeOther(context, SignInPage) : Results.NoContent();
    }

    private static async Task<IResult> EnterAsync(HttpContext context, UsedEntryCodes codes, AccessJournal journal, TimeProvider time)
    {
        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        if (!ThisMachine.Asks(context) || !codes.Use(context.Request.Query["code"].ToString()))
        {
            return SeeOther(context, SignIn(LocalPath.Start, Link));
        }

        journal.Add(Visitor.Owner.Name, "sign in", Visitor.Owner.Name, "the owner, by an address that works once");
        await context.SignInAsync(Session.SchemeName, Visitor.Owner.Principal(Session.SchemeName), Session.Begin(stamp: null, time).ToProperties());
        return SeeOther(context, LocalPath.Start.ToString());
    }

    private static async Task<Credentials?> ReadAsync(HttpRequest request, bool isForm)
    {
        try
        {
            if (isForm)
            {
                var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
                return new Credentials(form["name"].ToString(), form["password"].ToString(), form["return"].ToString());
            }

            return request.HasJsonContentType()
                && await request.ReadFromJsonAsync<Credentials>(request.HttpContext.RequestAborted) is { Name: not null, Password: not null } said ? said : null;
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException)
        {
            return null;
        }
    }

    private static IResult SeeOther(HttpContext context, string place)
    {
        context.Response.Headers[HeaderNames.Location] = place;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static long Seconds(TimeSpan wait) => (long)Math.Ceiling(wait.TotalSeconds);

    private sealed record Credentials(string Name, string Password, string? Return);
}
