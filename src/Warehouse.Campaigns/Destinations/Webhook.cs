using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Campaigns.Destinations;

/// <summary>
/// Sends an export in batches, signed after the Standard Webhooks specification: <c>webhook-signature</c> is HMAC-SHA256 of
/// « id.timestamp.body ». A batch keeps its id (<c>webhook-id</c>, <c>Idempotency-Key</c>) and its bytes through all attempts
/// and restarts, so the receiver can tell a repeated batch; one that was acknowledged is never sent again.
/// </summary>
internal sealed class Webhook : IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly WebhookRoute _route;
    private readonly ExportContent _content;
    private readonly TimeProvider _time;
    private readonly byte[] _secret;
    private readonly HttpClient _client;

    /// <exception cref="UserFaultException">The environment has no secret.</exception>
    public Webhook(WebhookRoute route, ExportContent content, PrivateNetwork network, TimeProvider time)
    {
        if (Environment.GetEnvironmentVariable(route.SecretVariable) is not { Length: > 0 } secret)
        {
            throw new UserFaultException($"The environment variable {route.SecretVariable} holds no secret: batches cannot be signed.");
        }

        (_route, _content, _time, _secret) = (route, content, time, Encoding.UTF8.GetBytes(secret));
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectCallback = (context, stop) => network.ConnectAsync(null, context, stop),
        };
        _client = new HttpClient(handler) { Timeout = route.Timeout };
    }

    /// <summary>How many batches there are.</summary>
    public static int Batches(WebhookRoute route, long rows) => (int)((rows + route.BatchRows - 1) / route.BatchRows);

    /// <summary>The bytes of a batch.</summary>
    public static async Task<byte[]> BodyAsync(
        DbConnection connection, WebhookRoute route, ExportContent content, int batch, int batches, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("export", content.ExportId);
            json.WriteString("list", content.List);
            json.WriteBoolean("whole", content.IsWhole);
            json.WriteNumber("batch", batch + 1);
            json.WriteNumber("batches", batches);
            json.WriteStartArray("rows");
            await foreach (var (change, fields) in content.RowsAsync(connection, (long)batch * route.BatchRows, route.BatchRows, cancellationToken))
            {
                WriteRow(json, content, change, fields);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>Sends a batch until it is acknowledged.</summary>
    /// <exception cref="UserFaultException">The receiver refuses it, redirects to another host, or does not answer as often as is tried.</exception>
    public async Task SendAsync(int batch, byte[] body, CancellationToken cancellationToken)
    {
        var id = FormattableString.Invariant($"{_content.ExportId}-{batch + 1}");
        var address = _route.Address;
        for (var attempt = 1; ; attempt++)
        {
            var (answer, trouble) = await TryAsync(address, id, body, cancellationToken);
            TimeSpan? asked = null;
            using (answer)
            {
                if (answer is { IsSuccessStatusCode: true })
                {
                    return;
                }

                if (answer is not null)
                {
                    trouble = FormattableString.Invariant($"it answers {(int)answer.StatusCode} {answer.ReasonPhrase}");
                    asked = Asked(answer.Headers.RetryAfter);
                    if (answer.StatusCode is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect && Redirected(address, answer.Headers.Location) is { } next)
                    {
                        address = next;
                    }
                    else if (!IsPassing(answer.StatusCode))
                    {
                        throw Refused(id, trouble);
                    }
                }
            }

            if (attempt >= _route.Attempts)
            {
                throw Refused(id, FormattableString.Invariant($"{trouble}, {attempt} times"));
            }

            await Task.Delay(asked ?? Pause(id, attempt), _time, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<(HttpResponseMessage? Answer, string? Trouble)> TryAsync(Uri address, string id, byte[] body, CancellationToken cancellationToken)
    {
        var timestamp = _time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.Add("Idempotency-Key", id);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(_secret, signed)));
        try
        {
            // The whole answer is read: a connection that is lost after the headers acknowledges nothing.
            return (await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken), null);
        }
        catch (HttpRequestException refused) when (refused.InnerException is UserFaultException fault)
        {
            throw Refused(id, fault.Message.TrimEnd('.'));
        }
        catch (HttpRequestException lost)
        {
            return (null, lost.Message);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, FormattableString.Invariant($"there is no answer within {_route.Timeout.TotalSeconds:0.###} seconds"));
        }
    }

    private static bool IsPassing(HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or (HttpStatusCode)425;

    /// <summary>Personal data follows no redirect to another host; within the host it may.</summary>
    private static Uri? Redirected(Uri from, Uri? to) =>
        to is not null && new Uri(from, to) is var next && Uri.Compare(from, next, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
            ? next
            : null;

    private TimeSpan? Asked(RetryConditionHeaderValue? header)
    {
        var pause = header?.Delta ?? header?.Date - _time.GetUtcNow();
        return pause is not { } asked ? null : asked < TimeSpan.Zero ? TimeSpan.Zero : asked > LongestPause ? LongestPause : asked;
    }

    /// <summary>Twice as long each time, of which a half is left to chance: the hash of batch and attempt, so that a run can be repeated.</summary>
    private TimeSpan Pause(string id, int attempt)
    {
        var whole = _route.FirstPause * Math.Pow(2, attempt - 1);
        var chance = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{id}#{attempt}")))[0] / 255d;
        return (whole > LongestPause ? LongestPause : whole) * (.5 + (chance / 2));
    }

    private UserFaultException Refused(string id, string trouble) => new(
        $"{_route.Address.Host} does not take the batch {id}: {trouble}. What was acknowledged is kept; the next export of this list goes on from here.");

    private static void WriteRow(Utf8JsonWriter json, ExportContent content, string change, IReadOnlyList<string?> fields)
    {
        json.WriteStartObject();
        json.WriteString(ExportContent.Change, change);
        foreach (var (column, text) in content.Columns.Zip(fields))
        {
            if (column.Field.Type == ExportType.Number && text is not null)
            {
                json.WritePropertyName(column.Name);
                json.WriteRawValue(text);
            }
            else
            {
                json.WriteString(column.Name, text);
            }
        }

        json.WriteEndObject();
    }
}
