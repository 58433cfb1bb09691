using System.Globalization;
using System.Net;
using Warehouse.Definitions;

namespace Warehouse.Store;

/// <summary>What <c>warehouse.yaml</c> says of the service under <c>service</c>.</summary>
/// <param name="Urls">Where it listens; loopback alone where nothing is said.</param>
/// <param name="Certificate">The certificate of TLS, a PEM file relative to the workspace; null without.</param>
/// <param name="Key">The certificate's key, a PEM file.</param>
/// <param name="Proxies">The addresses of proxies before it that end TLS; none where it is asked directly.</param>
/// <param name="QueriesAtOnce">So many requests of one user are answered at once.</param>
/// <param name="Waiting">So many more of a user may wait; others are refused with 429.</param>
/// <param name="RequestsPerMinute">So many requests of one user are taken in a minute.</param>
/// <param name="LongestQuery">How long an answer may take.</param>
/// <param name="QueryMemory">How many bytes a query may hold in the engine; null for as many as there are.</param>
/// <param name="LargestUpload">How many bytes a request may have.</param>
/// <param name="Issuer">Whose tokens are taken; null where nobody's are.</param>
public sealed record ServiceDefinition(
    IReadOnlyList<Uri> Urls,
    string? Certificate,
    string? Key,
    IReadOnlyList<IPAddress> Proxies,
    int QueriesAtOnce,
    int Waiting,
    int RequestsPerMinute,
    TimeSpan LongestQuery,
    long? QueryMemory,
    long LargestUpload,
    TokenIssuer? Issuer)
{
    private const int Mega = 1024 * 1024;
    private static readonly Uri Loopback = new("http://127.0.0.1:8765");

    internal static ServiceDefinition Read(DefinitionMap? map)
    {
        var limits = map?.Map("limits");
        var tls = map?.Map("tls");
        return new ServiceDefinition(
            map?.Texts("urls") is { Count: > 0 } urls ? [.. urls.Select(Url)] : [Loopback],
            tls?.RequiredText("certificate"),
            tls?.RequiredText("key"),
            [.. (map?.Texts("proxies") ?? []).Select(Address)],
            limits?.Whole("queries_at_once", 1, 1000) ?? 4,
            limits?.Whole("waiting", 0, 100_000) ?? 64,
            limits?.Whole("requests_per_minute", 1, 100_000_000) ?? 600_000,
            TimeSpan.FromSeconds(limits?.Whole("seconds", 1, 86_400) ?? 300),
            limits?.Whole("memory_mb", 1) is { } memory ? (long)memory * Mega : null,
            (long)(limits?.Whole("upload_mb", 1) ?? 1024) * Mega,
            map?.Map("issuer") is { } issuer ? TokenIssuer.Read(issuer) : null);
    }

    private static Uri Url(DefinitionText text)
    {
        if (Uri.TryCreate(text.Text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        text.Fault($"Where the service listens is written like http://127.0.0.1:8765 or https://0.0.0.0:443, not \"{text}\".");
        return Loopback;
    }

    private static IPAddress Address(DefinitionText text)
    {
        if (IPAddress.TryParse(text.Text, out var address))
        {
            return address;
        }

        text.Fault(string.Create(CultureInfo.InvariantCulture, $"A proxy is named by its address, like 10.0.0.7, not \"{text}\"."));
        return IPAddress.None;
    }
}

/// <summary>An OpenID Connect issuer whose tokens let programs in.</summary>
/// <param name="Authority">Its address, below which its discovery document is.</param>
/// <param name="Audience">For whom its tokens have to be.</param>
/// <param name="RoleClaim">The claim whose value is the role here.</param>
/// <param name="CubesClaim">The claim whose values are the roles of the cubes that limit what the bearer sees.</param>
public sealed record TokenIssuer(Uri Authority, string Audience, string RoleClaim, string CubesClaim)
{
    internal static TokenIssuer Read(DefinitionMap map)
    {
        var authority = map.RequiredTextValue("authority");
        if (!Uri.TryCreate(authority.Text, UriKind.Absolute, out var url))
        {
            authority.Fault($"An issuer's authority is an address like https://login.example.com/, not \"{authority}\".");
            url = new Uri("https://invalid.example");
        }

        return new TokenIssuer(url, map.RequiredText("audience"), map.Text("role_claim") ?? "warehouse_role", map.Text("cubes_claim") ?? "warehouse_cubes");
    }
}
