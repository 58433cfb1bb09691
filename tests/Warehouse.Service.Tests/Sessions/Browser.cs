using System.Net;
using Microsoft.AspNetCore.WebUtilities;

namespace Warehouse.Service.Tests.Sessions;

/// <summary>What a browser does with a service: keeps its cookie, says whose page asks, and follows no redirect unseen.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _client;

    public Browser(Uri service)
    {
        _client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = service };
        _client.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
    }

    /// <summary>The cookie as it is sent, <c>name=value</c>; null where there is none.</summary>
    public string? Cookie { get; set; }

    /// <summary>The whole of the last <c>Set-Cookie</c>.</summary>
    public string? LastSet { get; private set; }

    public Task<HttpResponseMessage> GetAsync(string address) => SendAsync(HttpMethod.Get, address, null);

    /// <summary>Sends a form of a page of the service itself.</summary>
    public Task<HttpResponseMessage> PostAsync(string address, params (string Name, string Value)[] form) =>
        SendAsync(HttpMethod.Post, address, new FormUrlEncodedContent(form.ToDictionary(part => part.Name, part => part.Value)), ("Sec-Fetch-Site", "same-origin"));

    public Task<HttpResponseMessage> SignInAsync(string name, string password, string back = "/") =>
        PostAsync("/session", ("name", name), ("password", password), ("return", back));

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (Cookie is not null)
        {
            request.Headers.Add("Cookie", Cookie);
        }

        var response = await _client.SendAsync(request);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            LastSet = set.Last();
            var pair = LastSet.Split(';')[0];
            Cookie = pair.EndsWith('=') ? null : pair;
        }

        return response;
    }

    /// <summary>Where it is sent, and what is said there.</summary>
    public static (string Path, Dictionary<string, string> Said) Place(HttpResponseMessage response)
    {
        var place = response.Headers.Location!.OriginalString;
        var query = place.IndexOf('?', StringComparison.Ordinal);
        return query < 0
            ? (place, [])
            : (place[..query], QueryHelpers.ParseQuery(place[query..]).ToDictionary(said => said.Key, said => said.Value.ToString(), StringComparer.Ordinal));
    }

    public async Task<HttpStatusCode> StatusAsync(string address)
    {
        using var response = await GetAsync(address);
        return response.StatusCode;
    }

    public void Dispose() => _client.Dispose();
}
