using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Warehouse.Client;

/// <summary>
/// Asks a warehouse service over HTTP. Safe to use from many threads; one for each service is enough. A write has a key of its own,
/// by which it is done once even if it has to be sent again because no answer came.
/// </summary>
public sealed partial class WarehouseClient : IDisposable
{
    private const string Json = "application/json";
    private const int MostAttempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    /// <summary>A client of a service.</summary>
    /// <param name="service">Where it answers: <c>https://warehouse.example.com</c>.</param>
    /// <param name="secret">A key (<c>warehouse user key NAME</c>), or a token of the service's issuer; null where the handler shows who asks.</param>
    /// <param name="handler">How requests are sent; disposed with the client. Null for the usual way.</param>
    /// <param name="time">The clock by which it waits before it asks again; null for the system's.</param>
    public WarehouseClient(Uri service, string? secret, HttpMessageHandler? handler = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(service);
        _http = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            BaseAddress = service.AbsoluteUri.EndsWith('/') ? service : new Uri(service.AbsoluteUri + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = secret is null ? null : new AuthenticationHeaderValue("Bearer", secret);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Asks for a table.</summary>
    /// <exception cref="WarehouseException">The service refused, or did not answer.</exception>
    public async Task<Table> TableAsync(Call call, CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync(call, Json, cancellationToken);
        return await TableAsync(response, cancellationToken);
    }

    /// <summary>Asks for a table, page by page. A load that is published meanwhile ends it with the problem <c>page-gone</c>.</summary>
    /// <param name="call">What is asked.</param>
    /// <param name="rows">At most so many rows a page, 100,000 at most.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="WarehouseException">The service refused, or did not answer.</exception>
    public async IAsyncEnumerable<Table> PagesAsync(Call call, int rows, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        var response = await SendAsync(call, Json, cancellationToken, KeyValuePair.Create("page-size", rows.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        while (true)
        {
            string? next;
            using (response)
            {
                yield return await TableAsync(response, cancellationToken);
                next = Next(response);
            }

            if (next is null)
            {
                yield break;
            }

            response = await SendAsync(() => Accepting(new HttpRequestMessage(HttpMethod.Get, next), Json), cancellationToken);
        }
    }

    /// <summary>Asks for an object.</summary>
    /// <typeparam name="T">What it is; names are taken in camelCase.</typeparam>
    /// <exception cref="WarehouseException">The service refused, or did not answer.</exception>
    public async Task<T> ObjectAsync<T>(Call call, CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync(call, Json, cancellationToken);
        return await ReadAsync(stop => response.Content.ReadFromJsonAsync<T>(Form, stop), cancellationToken)
            ?? throw new WarehouseException(response.StatusCode, "unknown", "The service answered nothing.", [], null);
    }

    /// <summary>Asks for words.</summary>
    /// <exception cref="WarehouseException">The service refused, or did not answer.</exception>
    public async Task<string> WordsAsync(Call call, CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync(call, "*/*", cancellationToken);
        return await ReadAsync(response.Content.ReadAsStringAsync, cancellationToken);
    }

    /// <summary>Asks for a table as bytes, which come as the service makes them. Who disposes of the stream before its end stops the service's work, too.</summary>
    /// <exception cref="WarehouseException">The service refused, or did not answer.</exception>
    public async Task<Stream> OpenAsync(Call call, AnswerForm form, CancellationToken cancellationToken = default)
    {
        var response = await SendAsync(call, MediaType(form), cancellationToken);
        return new AnswerStream(response, await response.Content.ReadAsStreamAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string MediaType(AnswerForm form) => form switch
    {
        AnswerForm.Csv => "text/csv",
        AnswerForm.Ndjson => "application/x-ndjson",
        AnswerForm.Arrow => "application/vnd.apache.arrow.stream",
        AnswerForm.Parquet => "application/vnd.apache.parquet",
        AnswerForm.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => throw new ArgumentOutOfRangeException(nameof(form)),
    };

    private static HttpRequestMessage Accepting(HttpRequestMessage request, string accept)
    {
        request.Headers.Accept.ParseAdd(accept);
        return request;
    }

    private static async Task<Table> TableAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var table = await ReadAsync(stop => response.Content.ReadFromJsonAsync<JsonElement>(stop), cancellationToken);
        IReadOnlyList<string> notes = response.Headers.TryGetValues("Warehouse-Notes", out var told) ? [.. told.SelectMany(note => Uri.UnescapeDataString(note).Split('\n'))] : [];
        return TableReader.Read(table, notes, response.Headers.Contains("Warehouse-Reserve"));
    }

    private static string? Next(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Link", out var links)
        && links.SelectMany(link => link.Split(", ")).FirstOrDefault(link => link.EndsWith("rel=\"next\"", StringComparison.Ordinal)) is { } next
            ? next[1..next.IndexOf('>', StringComparison.Ordinal)]
            : null;

    private static async Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read(cancellationToken);
        }
        catch (HttpRequestException fault)
        {
            throw Problems.Of(fault);
        }
        catch (IOException fault)
        {
            throw Problems.Of(fault);
        }
    }

    private Task<HttpResponseMessage> SendAsync(Call call, string accept, CancellationToken cancellationToken, params KeyValuePair<string, string>[] more)
    {
        ArgumentNullException.ThrowIfNull(call);
        var key = call.Changes ? Guid.NewGuid().ToString() : null;
        return SendAsync(() => Requests.Of(call, accept, key, more), cancellationToken);
    }

    /// <summary>What reads is asked again as safely as what is named by a key.</summary>
    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = make();
                var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return response;
                }

                using (response)
                {
                    var problem = await ReadAsync(stop => Problems.OfAsync(response, stop), cancellationToken);
                    if (attempt == MostAttempts || !IsPassing(problem))
                    {
                        throw problem;
                    }

                    await Task.Delay(problem.RetryAfter ?? Pause, _time, cancellationToken);
                }
            }
            catch (HttpRequestException) when (attempt < MostAttempts)
            {
                await Task.Delay(Pause, _time, cancellationToken);
            }
            catch (HttpRequestException fault)
            {
                throw Problems.Of(fault);
            }
        }
    }

    private static bool IsPassing(WarehouseException problem) =>
        problem.Status == HttpStatusCode.TooManyRequests || problem is { Status: HttpStatusCode.Conflict, Code: "under-way" };
}
