namespace Warehouse.Client;

/// <summary>Makes the request of a call; another one each time it is sent.</summary>
internal static class Requests
{
    private const string KeyHeader = "Idempotency-Key";

    /// <param name="call">What is asked.</param>
    /// <param name="accept">The media type of the answer.</param>
    /// <param name="key">What names a write; null for what only reads.</param>
    /// <param name="more">What the service is told beside the verb's own parameters.</param>
    public static HttpRequestMessage Of(Call call, string accept, string? key, params IEnumerable<KeyValuePair<string, string>> more)
    {
        var request = call.Changes || call.Files.Count > 0
            ? new HttpRequestMessage(HttpMethod.Post, call.Path + Query(more)) { Content = Body(call) }
            : new HttpRequestMessage(HttpMethod.Get, call.Path + Query(call.Said.Concat(more)));
        request.Headers.Accept.ParseAdd(accept);
        if (key is not null)
        {
            request.Headers.Add(KeyHeader, key);
        }

        return request;
    }

    private static string Query(IEnumerable<KeyValuePair<string, string>> said)
    {
        var query = string.Join('&', said.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        return query.Length == 0 ? "" : $"?{query}";
    }

    private static HttpContent Body(Call call)
    {
        if (call.Files.Count == 0)
        {
            return new FormUrlEncodedContent(call.Said);
        }

        var form = new MultipartFormDataContent();
        foreach (var (name, value) in call.Said)
        {
            form.Add(new StringContent(value), name);
        }

        foreach (var file in call.Files)
        {
            form.Add(new StreamContent(file.Open()), file.Parameter, file.Name);
        }

        return form;
    }
}
