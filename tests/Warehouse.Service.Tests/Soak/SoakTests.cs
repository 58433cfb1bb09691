using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Warehouse.Client;
using Xunit.Abstractions;

namespace Warehouse.Service.Tests.Soak;

/// <summary>
/// Many who ask at once while loads are published and the service is started anew: every answer is that of the generation that it
/// names, and every load that was taken is there once. Ten minutes with WAREHOUSE_LONG_TESTS=1, else fifteen seconds.
/// </summary>
public class SoakTests(ITestOutputHelper output)
{
    private const int Clients = 64;
    private const int LinesOfALoad = 30;
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") == "1";
    private static readonly TimeSpan Length = IsLong ? TimeSpan.FromMinutes(10) : TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Between = IsLong ? TimeSpan.FromSeconds(30) : TimeSpan.FromSeconds(2);

    private static readonly int LoadsToARestart = IsLong ? 5 : 2;

    private readonly SoldLines _sold = new();
    private readonly ConcurrentBag<double> _milliseconds = [];
    private readonly ConcurrentQueue<string> _wrong = new();
    private volatile bool _isRestarting;
    private int _brokenByRestarts;

    [Fact]
    public async Task ManyAtOnce_AreAnsweredRightly_WhileLoadsArePublishedAndTheServiceIsStartedAnew()
    {
        using var shop = new ServedShop { Definition = "service: {limits: {queries_at_once: 64, waiting: 1000}}\n" };
        await shop.InitializeAsync();
        using var steward = Client(shop, "steward");
        var first = (await steward.StatusAsync()).Max(source => source.Generation);
        _sold.Publish(first, ServedShop.Lines);
        using var end = new CancellationTokenSource(Length);
        var asking = Enumerable.Range(0, Clients).Select(number => Task.Run(() => AskUntilAsync(shop, number, end.Token))).ToArray();
        var loads = 0;
        var memory = new List<long>();
        while (await Pause(end.Token))
        {
            loads++;
            _sold.Publish(first + loads, LinesOfALoad);
            var sent = LoadAsync(steward, loads);
            if (loads % LoadsToARestart == 0)
            {
                _isRestarting = true;
                await shop.RestartAsync();
                _isRestarting = false;
            }

            Assert.Equal(first + loads, (await sent).Generation);
            memory.Add(Environment.WorkingSet >> 20);
        }

        await Task.WhenAll(asking);
        var latest = (await steward.StatusAsync()).Max(source => source.Generation);
        var whole = await steward.QueryAsync(new Question("sales", "lines", "net_sales"));
        await shop.DisposeAsync();
        var times = _milliseconds.Order().ToArray();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{times.Length} answers, {loads} loads, p50 {times[times.Length / 2]:0.0} ms, p99 {times[times.Length * 99 / 100]:0.0} ms beside restarts, {_brokenByRestarts} broken by restarts, working set {string.Join(' ', memory)} MB"));

        Assert.Empty(_wrong);
        Assert.Equal(first + loads, latest);
        Assert.Equal([(long)ServedShop.Lines + (loads * LinesOfALoad), _sold.Until(latest).Sum(line => line.Amount)], whole.Rows[0]);
    }

    private static async Task<bool> Pause(CancellationToken end)
    {
        try
        {
            await Task.Delay(Between, end);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static WarehouseClient Client(ServedShop shop, string role)
    {
        var name = $"{role}-{Guid.NewGuid():N}";
        shop.Access.Put(name, role, []);
        return new WarehouseClient(shop.Url, shop.Access.AddKey(name, null));
    }

    private static Task<Loading> LoadAsync(WarehouseClient client, int load) => client.LoadAsync(
        "orders", new Upload("file", $"late-{load}.csv", () => new MemoryStream(Encoding.UTF8.GetBytes(ServedShop.Orders(LinesOfALoad, firstOrder: 100_000 + (load * 100))))));

    private async Task AskUntilAsync(ServedShop shop, int number, CancellationToken end)
    {
        using var client = Client(shop, number % 2 == 0 ? "viewer" : "analyst");
        var random = new Random(number);
        while (!end.IsCancellationRequested)
        {
            var wasRestarting = _isRestarting;
            var began = Stopwatch.GetTimestamp();
            try
            {
                await AskAsync(client, random, number % 2 != 0);
                if (!wasRestarting && !_isRestarting)
                {
                    _milliseconds.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                }
            }
            catch (WarehouseException broken) when (broken.Code == "unreachable" && (wasRestarting || _isRestarting))
            {
                Interlocked.Increment(ref _brokenByRestarts);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                _wrong.Enqueue(fault.ToString());
            }
        }
    }

    private async Task AskAsync(WarehouseClient client, Random random, bool mayAnalyse)
    {
        switch (random.Next(mayAnalyse ? 6 : 4))
        {
            case 0:
                await HoldAsync(client, new Question("sales", "lines", "net_sales"), lines => [$"{lines.Count}|{Text(lines.Sum(line => line.Amount))}"]);
                break;
            case 1:
                await HoldAsync(client, new Question("sales", "lines") { By = ["product.id"] }, lines => lines.GroupBy(line => line.Product).Select(product => $"{product.Key}|{product.Count()}"));
                break;
            case 2:
                await HoldAsync(
                    client, new Question("sales", "net_sales") { By = ["date.year"] },
                    lines => lines.GroupBy(line => line.Year).Select(year => FormattableString.Invariant($"{year.Key}|{Text(year.Sum(line => line.Amount))}")));
                break;
            case 3:
                var product = $"P{random.Next(19)}";
                await HoldAsync(client, new Question("sales", "lines") { Where = $"product.id = '{product}'" }, lines => [$"{lines.Count(line => line.Product == product)}"]);
                break;
            case 4:
                var preview = await client.PreviewSegmentAsync("buyers");
                Hold(preview.Members == 53, $"{preview.Members} buyers");
                break;
            default:
                var scores = await client.TableAsync(new Call("rfm") { Parameters = [("customers", "true")] });
                Hold(scores.Rows.Count == 53, $"{scores.Rows.Count} customers with scores");
                break;
        }
    }

    private async Task HoldAsync(WarehouseClient client, Question question, Func<IReadOnlyList<SoldLines.Line>, IEnumerable<string>> truth)
    {
        var answer = await client.QueryAsync(question);
        var rows = answer.Rows.Select(row => string.Join('|', row.Select(value => value is decimal amount ? Text(amount) : Convert.ToString(value, CultureInfo.InvariantCulture))));
        var expected = truth(_sold.Until(answer.Generation));
        Hold(rows.Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal)), $"generation {answer.Generation}: {string.Join(", ", rows)} instead of {string.Join(", ", expected)}");
    }

    private void Hold(bool isRight, string words)
    {
        if (!isRight)
        {
            _wrong.Enqueue(words);
        }
    }

    private static string Text(decimal amount) => amount.ToString("0.0000", CultureInfo.InvariantCulture);
}
