using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Warehouse.Etl.Tests.Sources;

/// <summary>A web server on this machine that can break every rule: it writes the bytes of an answer as a test gives them.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<WebRequest, WebAnswer> _answer;
    private readonly Task _serving;

    public WebServer(Func<WebRequest, WebAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public ConcurrentQueue<WebRequest> Requests { get; } = new();

    public string Authority => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}";

    public string Address(string path) => $"http://{Authority}/{path}";

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task AnswerAsync(TcpClient accepted)
    {
        using var client = accepted;
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1, leaveOpen: true);
            var path = (await reader.ReadLineAsync(_end.Token) ?? "").Split(' ').ElementAtOrDefault(1) ?? "";
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } line)
            {
                headers[line.Split(':')[0]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            }

            var request = new WebRequest(path, headers);
            Requests.Enqueue(request);
            var answer = _answer(request);
            await client.GetStream().WriteAsync(answer.Bytes, _end.Token);
            if (answer.StaysSilent)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _end.Token);
            }
        }
        catch (Exception left) when (left is OperationCanceledException or IOException)
        {
            // The other side left, or the test is over.
        }
    }
}

/// <summary>What a client asked for.</summary>
internal sealed record WebRequest(string Path, IReadOnlyDictionary<string, string> Headers);

/// <summary>What a server sends, and whether it then says nothing more instead of hanging up.</summary>
internal sealed record WebAnswer(byte[] Bytes, bool StaysSilent = false)
{
    /// <summary>A whole and honest answer.</summary>
    public static WebAnswer Of(string body, string status = "200 OK", string headers = "") => Of(Encoding.UTF8.GetBytes(body), status, headers);

    public static WebAnswer Of(byte[] body, string status = "200 OK", string headers = "") =>
        Head(status, FormattableString.Invariant($"Content-Length: {body.Length}\r\n{headers}"), body);

    /// <summary>A head as it is given, and what follows it.</summary>
    public static WebAnswer Head(string status, string headers, byte[] body, bool staysSilent = false) =>
        new([.. Encoding.Latin1.GetBytes($"HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n"), .. body], staysSilent);
}
