using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Warehouse.Service.Access;

namespace Warehouse.Service.Sessions;

/// <summary>That somebody has signed in by a browser: what his cookie says beside who he is.</summary>
/// <param name="Id">By what it is known when it is ended.</param>
/// <param name="Stamp">The stamp that the user had; null for the owner of the workspace, who is no user.</param>
/// <param name="Began">When he signed in.</param>
internal sealed record Session(string Id, string? Stamp, DateTimeOffset Began)
{
    /// <summary>The authentication scheme.</summary>
    public const string SchemeName = "Session";

    /// <summary>So long it lasts when nothing is asked.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(8);

    /// <summary>So long it lasts whatever is asked.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private const string IdItem = "session";
    private const string StampItem = "stamp";
    private const string BeganItem = "began";

    /// <summary>When it ends at the latest.</summary>
    public DateTimeOffset End => Began + Longest;

    public static Session Begin(string? stamp, TimeProvider time) =>
        new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), stamp, time.GetUtcNow());

    /// <summary>The session that a cookie carries; null where it carries none.</summary>
    public static Session? Of(AuthenticationProperties cookie) =>
        cookie.GetString(IdItem) is { } id
        && DateTimeOffset.TryParseExact(cookie.GetString(BeganItem), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var began)
            ? new Session(id, cookie.GetString(StampItem), began)
            : null;

    /// <summary>The session by which a page's line was opened; null where it was opened by other means.</summary>
    public static Session? Of(ClaimsPrincipal principal) =>
        principal.FindFirstValue(IdItem) is { } id
        && DateTimeOffset.TryParseExact(principal.FindFirstValue(BeganItem), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var began)
            ? new Session(id, principal.FindFirstValue(StampItem), began)
            : null;

    /// <summary>The visitor as the web framework carries him, with the session by which he was let in.</summary>
    public ClaimsPrincipal Principal(Visitor visitor)
    {
        var principal = visitor.Principal(SchemeName);
        var identity = (ClaimsIdentity)principal.Identity!;
        identity.AddClaim(new Claim(IdItem, Id));
        identity.AddClaim(new Claim(BeganItem, Began.ToString("O", CultureInfo.InvariantCulture)));
        if (Stamp is not null)
        {
            identity.AddClaim(new Claim(StampItem, Stamp));
        }

        return principal;
    }

    /// <summary>What the cookie carries.</summary>
    public AuthenticationProperties ToProperties()
    {
        var cookie = new AuthenticationProperties { IsPersistent = true, AllowRefresh = true };
        cookie.SetString(IdItem, Id);
        cookie.SetString(BeganItem, Began.ToString("O", CultureInfo.InvariantCulture));
        if (Stamp is not null)
        {
            cookie.SetString(StampItem, Stamp);
        }

        return cookie;
    }

    /// <summary>Who is signed in by it now, as the list of users has him now; null where it is worth nothing any more.</summary>
    public Visitor? VisitorOf(string? name, AccessFile access, EndedSessions ended, DateTimeOffset now)
    {
        if (now >= End || ended.Has(Id))
        {
            return null;
        }

        if (Stamp is null)
        {
            return Visitor.Owner;
        }

        var user = access.Current.Users.FirstOrDefault(known => known.Name == name);
        return user?.Stamp == Stamp ? user.ToVisitor() : null;
    }
}
