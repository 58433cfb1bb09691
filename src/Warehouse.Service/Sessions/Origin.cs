using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Warehouse.Service.Sessions;

/// <summary>Whose page makes a browser ask.</summary>
internal enum Origin
{
    /// <summary>Nothing says; a program asks, or an old browser.</summary>
    Unsaid,

    /// <summary>A page of this service, or the person himself.</summary>
    Own,

    /// <summary>A page of somebody else.</summary>
    Other,
}

/// <summary>Reads it in the headers that browsers set and no page can.</summary>
internal static class OriginOfRequest
{
    private const string FetchSite = "Sec-Fetch-Site";

    public static Origin Of(HttpRequest request)
    {
        if (request.Headers[FetchSite].ToString() is { Length: > 0 } site)
        {
            return site is "same-origin" or "none" ? Origin.Own : Origin.Other;
        }

        return request.Headers[HeaderNames.Origin].ToString() switch
        {
            "" => Origin.Unsaid,
            var said when Uri.TryCreate(said, UriKind.Absolute, out var origin)
                && Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var own)
                && origin.GetLeftPart(UriPartial.Authority) == own.GetLeftPart(UriPartial.Authority) => Origin.Own,
            _ => Origin.Other,
        };
    }
}
