using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Etl.Staging.Remote;

/// <summary>Fetches files from web servers, and trusts none of these: each bound of time, size and redirects is kept.</summary>
/// <param name="limits">The bounds.</param>
/// <param name="network">Where it may ask.</param>
internal sealed class Downloads(DownloadLimits limits, PrivateNetwork network) : IDisposable
{
    private const int BufferBytes = 1 << 17;

    private static readonly HttpRequestOptionsKey<string> NamedHost = new("named");

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = limits.Silence,
        ConnectCallback = (context, stop) => network.ConnectAsync(context.InitialRequestMessage.Options.TryGetValue(NamedHost, out var named) ? named : null, context, stop),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Fetches a file; null where the server says that it is the version that is known.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="known">The version that was fetched before; null fetches in any case.</param>
    /// <param name="stop">Stops the work.</param>
    /// <exception cref="UserFaultException">The server does not give it, or not whole.</exception>
    public async Task<DownloadedFile?> FetchAsync(FileAddress address, RemoteVersion? known, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var whole = new CancellationTokenSource(limits.Whole);
        await using var end = whole.Token.Register(patience.Cancel);
        try
        {
            using var response = await AskAsync(address, known, patience);
            if (response.StatusCode == HttpStatusCode.NotModified && known is not null)
            {
                return null;
            }

            RequireFile(address, response);
            return await SaveAsync(address, response, patience);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw Fault(address, whole.IsCancellationRequested
                ? FormattableString.Invariant($"it is not whole after {limits.Whole}.")
                : FormattableString.Invariant($"the server said nothing for {limits.Silence.TotalSeconds} seconds."));
        }
        catch (HttpRequestException fault) when (fault.InnerException is UserFaultException refused)
        {
            throw new UserFaultException($"{refused.Message} Nothing was loaded.", fault);
        }
        catch (HttpRequestException fault)
        {
            throw Fault(address, $"the server cannot be reached, or breaks off: {fault.Message}", fault);
        }
    }

    public void Dispose() => _client.Dispose();

    private static UserFaultException Fault(FileAddress address, string why, Exception? inner = null) =>
        new($"{address.Name} cannot be fetched: {why} Nothing was loaded.", inner);

    private async Task<HttpResponseMessage> AskAsync(FileAddress address, RemoteVersion? known, CancellationTokenSource patience)
    {
        var at = address;
        for (var redirects = 0; ; redirects++)
        {
            using var request = RequestOf(at, known, named: address.Uri.IdnHost, user: at.Uri.Authority == address.Uri.Authority ? address.Uri.UserInfo : "");
            patience.CancelAfter(limits.Silence);
            var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
            {
                return response;
            }

            using (response)
            {
                if (redirects == limits.MostRedirects)
                {
                    throw Fault(address, FormattableString.Invariant($"the server redirects more than {limits.MostRedirects} times."));
                }

                at = at.Follow(response.Headers.Location);
            }
        }
    }

    private static HttpRequestMessage RequestOf(FileAddress address, RemoteVersion? known, string named, string user)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address.Uri);
        request.Options.Set(NamedHost, named);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("warehouse", "1.0"));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        if (user.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(user))));
        }

        if (known?.ETag is { } tag)
        {
            _ = request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        if (known?.Modified is { } modified)
        {
            _ = request.Headers.TryAddWithoutValidation("If-Modified-Since", modified);
        }

        return request;
    }

    private void RequireFile(FileAddress address, HttpResponseMessage response)
    {
        var status = FormattableString.Invariant($"{(int)response.StatusCode} {response.ReasonPhrase}").TrimEnd();
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                break;
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                throw Fault(address, $"it is not there ({status}).");
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired:
                throw Fault(address, $"the server does not let you read it ({status}). User and password go into the address, as ${{NAME}} of environment variables.");
            case >= HttpStatusCode.InternalServerError:
                throw Fault(address, $"the server failed ({status}). Load it again when the server works.");
            default:
                throw Fault(address, $"the server answers {status}, and 200 OK was expected.");
        }

        if (response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml")
        {
            throw Fault(address, PageInstead);
        }

        if (response.Content.Headers.ContentLength > limits.MostBytes)
        {
            throw Fault(address, TooLarge);
        }
    }

    private const string PageInstead = "the server sends a web page, not a file: perhaps one to sign in on.";

    private string TooLarge => FormattableString.Invariant($"it has more than {limits.MostBytes} bytes.");

    private async Task<DownloadedFile> SaveAsync(FileAddress address, HttpResponseMessage response, CancellationTokenSource patience)
    {
        var isZipped = response.Content.Headers.ContentEncoding.Contains("gzip", StringComparer.OrdinalIgnoreCase)
            && !address.FileName.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        var version = new RemoteVersion(address.Hash, HeaderOf(response.Headers, "ETag"), HeaderOf(response.Content.Headers, "Last-Modified"));
        var file = new DownloadedFile(
            Path.Combine(Directory.CreateTempSubdirectory("warehouse-").FullName, address.FileName + (isZipped ? ".gz" : "")), version);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(patience.Token);
            await using var saved = new FileStream(file.Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
            await CopyAsync(address, response, body, saved, patience);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private async Task CopyAsync(FileAddress address, HttpResponseMessage response, Stream body, FileStream saved, CancellationTokenSource patience)
    {
        var buffer = new byte[BufferBytes];
        var expected = response.Content.Headers.ContentLength;
        long taken = 0;
        while (await TakeAsync(address, body, buffer, taken, expected, patience) is var read and > 0)
        {
            if (taken == 0 && IsPage(buffer.AsSpan(0, read)))
            {
                throw Fault(address, PageInstead);
            }

            taken += read;
            if (taken > limits.MostBytes)
            {
                throw Fault(address, TooLarge);
            }

            await saved.WriteAsync(buffer.AsMemory(0, read), patience.Token);
        }

        if (expected is { } length && taken < length)
        {
            throw BrokenOff(address, taken, length);
        }
    }

    private async Task<int> TakeAsync(FileAddress address, Stream body, byte[] buffer, long taken, long? expected, CancellationTokenSource patience)
    {
        try
        {
            patience.CancelAfter(limits.Silence);
            return await body.ReadAsync(buffer, patience.Token);
        }
        catch (IOException)
        {
            throw BrokenOff(address, taken, expected);
        }
    }

    private static UserFaultException BrokenOff(FileAddress address, long taken, long? expected) => Fault(
        address, FormattableString.Invariant($"the connection broke off after {taken}{(expected is { } length ? $" of {length}" : "")} bytes."));

    private static string? HeaderOf(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) && values.ToString() is { Length: > 0 } value && !value.Contains('\n', StringComparison.Ordinal) ? value : null;

    /// <summary>Whether a content begins as web pages do.</summary>
    private static bool IsPage(ReadOnlySpan<byte> start)
    {
        var text = Encoding.Latin1.GetString(start[..Math.Min(start.Length, 512)]).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        return text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }
}
