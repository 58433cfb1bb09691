using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Warehouse.Campaigns.Tests.Exports;

/// <summary>
/// A program that takes batches over HTTP, and behaves as it is told at each request. It keeps what it accepts by the batch's id, as
/// a receiver of the Standard Webhooks has to.
/// </summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<int, Behaviour> _behaviour;
    private readonly Task _work;

    public WebhookReceiver(Func<int, Behaviour> behaviour)
    {
        _behaviour = behaviour;
        _listener.Start();
        _work = Task.Run(AcceptAsync);
    }

    /// <param name="Status">What it answers; 0 drops the connection without an answer.</param>
    /// <param name="Accepts">Whether it keeps the batch, whatever it answers.</param>
    /// <param name="Headers">Further header lines.</param>
    /// <param name="BreaksOff">Whether the connection is lost within the answer's body.</param>
    /// <param name="Delay">How long it thinks.</param>
    public sealed record Behaviour(int Status = 200, bool Accepts = true, string Headers = "", bool BreaksOff = false, int Delay = 0);

    public const string Secret = "a secret of the tests";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address => new($"http://127.0.0.1:{Port}/lists");

    public List<string> Ids { get; } = [];

    public Dictionary<string, string> Accepted { get; } = new(StringComparer.Ordinal);

    /// <summary>The customers of all accepted batches.</summary>
    public IReadOnlyList<string> Customers =>
    [
        .. Accepted.Values.SelectMany(body => JsonDocument.Parse(body).RootElement.GetProperty("rows").EnumerateArray()
            .Select(row => $"{row.GetProperty("change").GetString()} {row.GetProperty("id").GetString()}")),
    ];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _work;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await ServeAsync(client);
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or IOException)
            {
                // A client that gave up, or the end of the test.
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        await using var stream = client.GetStream();
        var bytes = new List<byte>();
        while (!Encoding.ASCII.GetString([.. bytes]).EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var one = new byte[1];
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return;
            }

            bytes.Add(one[0]);
        }

        var head = Encoding.ASCII.GetString([.. bytes]).Split("\r\n");
        var body = new byte[int.Parse(Header("Content-Length"), System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        var id = Header("webhook-id");
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{Header("webhook-timestamp")}."), .. body];
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), signed)), Header("webhook-signature"));
        Assert.Equal(id, Header("Idempotency-Key"));

        var behaviour = _behaviour(Ids.Count);
        Ids.Add(id);
        if (behaviour.Accepts)
        {
            var text = Encoding.UTF8.GetString(body);
            Assert.Equal(text, Accepted.GetValueOrDefault(id, text));
            Accepted[id] = text;
        }

        await Task.Delay(behaviour.Delay, _stop.Token);
        if (behaviour.Status != 0)
        {
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes($"HTTP/1.1 {behaviour.Status} X\r\nContent-Length: {(behaviour.BreaksOff ? 100 : 2)}\r\nConnection: close\r\n{behaviour.Headers}\r\nok"), _stop.Token);
        }

        string Header(string name) => head.First(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();
    }
}
