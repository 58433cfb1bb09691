using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>What a running service tells those who keep it running, and what it does not tell them.</summary>
public partial class OperationsTests
{
    [Fact]
    public async Task Service_TellsNumbersTracesAndALog_WithoutWhatCallersSay()
    {
        using var shop = new SmallShop();
        using var collector = new Collector();
        shop.Write("warehouse.yaml", "name: shop\ncurrency: GBP\ncalendar: {from: 2020-01-01, to: 2030-01-01}\njobs:\n  load: {run: load, every: 1 second}\n");
        (await shop.RunAsync("load")).Done();
        (await shop.RunAsync("user", "add", "ann", "--role", "admin")).Done();
        var key = (await shop.RunAsync("user", "key", "ann")).Done().Output.Trim();
        using var service = CommandLine.Start(
            new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf", ["OTEL_BSP_SCHEDULE_DELAY"] = "200" },
            "serve", "--urls", "http://127.0.0.1:0", "-w", shop.Path);
        var log = service.StandardError.ReadToEndAsync();
        var url = Address().Match((await service.StandardOutput.ReadLineAsync())!).Value;
        using var client = new HttpClient { BaseAddress = new Uri(url) };

        using var asked = new HttpRequestMessage(HttpMethod.Get, "/api/v1/query?cube=sales&measures=lines&by=customer.id&where=customer.id%20%3D%20%27C17%27");
        asked.Headers.Add("Authorization", $"Bearer {key}");
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(asked)).StatusCode);
        var numbers = await UntilAsync(() => client.GetStringAsync(new Uri("/metrics", UriKind.Relative)), text => text.Contains("warehouse_job_runs_total{job=\"load\",outcome=\"done\"}", StringComparison.Ordinal));
        using var proxied = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        proxied.Headers.Add("X-Forwarded-For", "203.0.113.7");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(proxied)).StatusCode);
        await UntilAsync(() => Task.FromResult(collector.Text), text => text.Contains("cube execute", StringComparison.Ordinal) && text.Contains("job load", StringComparison.Ordinal));
        service.Kill(entireProcessTree: true);
        await service.WaitForExitAsync();

        RequirePrometheus(numbers);
        Assert.Contains("http_server_request_duration_seconds_count{http_request_method=\"GET\",http_response_status_code=\"200\",http_route=\"/api/v1/query\"} 1\n", numbers, StringComparison.Ordinal);
        Assert.Contains("\nwarehouse_generation 1\n", numbers, StringComparison.Ordinal);
        Assert.Contains("\nwarehouse_cube_rows_total 1\n", numbers, StringComparison.Ordinal);
        var lines = (await log).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
        Assert.Contains(lines, line => line.Contains("/api/v1/query answered 200", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("ended: done", StringComparison.Ordinal));
        foreach (var said in new[] { key, key.Split('_')[^1], "C17", "measures=" })
        {
            Assert.DoesNotContain(said, string.Concat(lines), StringComparison.Ordinal);
            Assert.DoesNotContain(said, collector.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(said, numbers, StringComparison.Ordinal);
        }
    }

    /// <summary>Every definition and command that the pages of jobs and operations show is understood.</summary>
    [Fact]
    public async Task Pages_ShowWhatIsUnderstood()
    {
        using var folder = new FreshFolder();
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "jobs.md"));
        folder.Write("warehouse.yaml", Fence("yaml").Match(page).Groups["text"].Value);
        Assert.Contains("5 jobs are understood.", (await CommandLine.RunAsync("doctor", "-w", folder.Path, "--format", "csv")).Done().Output, StringComparison.Ordinal);
        page += await File.ReadAllTextAsync(Repository.PathOf("docs", "operations.md"));
        string[] commands = [.. Fence("sh").Matches(page).SelectMany(match => match.Groups["text"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(7, commands.Length);
        foreach (var words in commands.Select(command => command.Split(' ')[1..]))
        {
            (await CommandLine.RunAsync([.. words.Where(word => !word.StartsWith('-')).Take(words[0] == "job" ? 2 : 1), "--help"])).Done();
        }
    }

    private static Regex Fence(string kind) => new($"```{kind}\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    [GeneratedRegex("http://[0-9.:]+", RegexOptions.None, 1000)]
    private static partial Regex Address();

    /// <summary>Each metric is told of before its samples, once, and buckets do not fall.</summary>
    private static void RequirePrometheus(string text)
    {
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                Assert.True(types.TryAdd(line.Split(' ')[2], line.Split(' ')[3]), line);
            }
            else if (!line.StartsWith('#'))
            {
                var sample = Sample().Match(line);
                Assert.True(sample.Success, line);
                var name = sample.Groups["name"].Value;
                Assert.True(types.ContainsKey(name) || types.ContainsKey(Suffix().Replace(name, "")), line);
            }
        }
    }

    [GeneratedRegex("^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\\{([a-zA-Z_][a-zA-Z0-9_]*=\"([^\"\\\\\n]|\\\\.)*\",?)*\\})? (?<value>[-+0-9.eE]+|NaN|[+-]Inf)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sample();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Suffix();

    private static async Task<string> UntilAsync(Func<Task<string>> ask, Func<string, bool> isEnough)
    {
        for (var attempt = 0; ; attempt++)
        {
            var text = await ask();
            if (isEnough(text) || attempt == 600)
            {
                Assert.True(isEnough(text), text);
                return text;
            }

            await Task.Delay(100);
        }
    }

    /// <summary>Takes whatever is posted to it.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly StringBuilder _text = new();

        public Collector()
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            Url = FormattableString.Invariant($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
            probe.Stop();
            _listener.Prefixes.Add(Url);
            _listener.Start();
            _ = TakeAsync();
        }

        public string Url { get; }

        public string Text
        {
            get
            {
                lock (_text)
                {
                    return _text.ToString();
                }
            }
        }

        public void Dispose() => _listener.Close();

        private async Task TakeAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext posted;
                try
                {
                    posted = await _listener.GetContextAsync();
                }
                catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                using var bytes = new MemoryStream();
                await posted.Request.InputStream.CopyToAsync(bytes);
                lock (_text)
                {
                    _text.Append(Encoding.Latin1.GetString(bytes.ToArray()));
                }

                posted.Response.Close();
            }
        }
    }
}
