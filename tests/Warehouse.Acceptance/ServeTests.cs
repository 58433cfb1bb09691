using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Warehouse.Acceptance;

/// <summary><c>warehouse serve</c> as a process, and the command line beside it.</summary>
public class ServeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The same words with a service and without one: the same answer, the same words beside it, the same exit code.</summary>
    [Theory]
    [InlineData("status", "--format", "csv")]
    [InlineData("query", "sales", "--measures", "net_sales,lines", "--by", "date.year", "--totals")]
    [InlineData("query", "sales", "--measures", "net_sales", "--by", "date.month", "--format", "json")]
    [InlineData("query", "sales", "--measures", "net_sals")]
    [InlineData("query", "sales", "--measures")]
    [InlineData("query", "sales", "--measures", "lines", "--format", "parquet")]
    [InlineData("rfm", "--as-of", "2024-12-31")]
    [InlineData("rfm", "--as-of", "yesterday")]
    [InlineData("quality", "--rejects", "orders")]
    [InlineData("load")]
    [InlineData("load", "order")]
    public async Task ACommand_SaysTheSame_WithAServiceAndWithout(params string[] words)
    {
        using var shop = new SmallShop();
        (await shop.RunAsync("load")).Done();
        var alone = await shop.RunAsync(words);
        using var service = await ServeAsync(shop);
        var served = await shop.RunAsync(words);
        await StopAsync(service);

        Assert.Equal(alone, served);
    }

    [Fact]
    public async Task AFileThatIsNamed_LiesWhereTheCallerIs()
    {
        using var shop = new SmallShop();
        (await shop.RunAsync("load")).Done();
        using var service = await ServeAsync(shop);
        var path = Path.Combine(shop.Path, "answer.csv");
        (await shop.RunAsync("query", "sales", "--measures", "lines", "--format", "csv", "--out", path)).Done();
        shop.Write("data/late.csv", SmallShop.Orders(9, firstOrder: 7_000));
        (await shop.RunAsync("load", "orders", "--file", Path.Combine(shop.Path, "data", "late.csv"))).Done();
        await StopAsync(service);

        Assert.Equal("lines\n100\n", (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n"));
        Assert.StartsWith("109 ", await shop.TotalsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASecondService_IsRefused_AndSaysWhereTheFirstIs()
    {
        using var shop = new SmallShop();
        using var service = await ServeAsync(shop);
        var second = await shop.RunAsync("serve", "--urls", "http://127.0.0.1:0");
        await StopAsync(service);

        Assert.Equal(1, second.ExitCode);
        Assert.Contains("is served already, at http://127.0.0.1:", second.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServiceThatWasKilled_LeavesNothingInTheWay()
    {
        using var shop = new SmallShop();
        (await shop.RunAsync("load")).Done();
        using (var service = await ServeAsync(shop))
        {
            service.Kill();
            await service.WaitForExitAsync();
        }

        Assert.True(File.Exists(Path.Combine(shop.Path, "service.json")));
        Assert.StartsWith("100 ", await shop.TotalsAsync(), StringComparison.Ordinal);
        using var again = await ServeAsync(shop);
        Assert.StartsWith("100 ", await shop.TotalsAsync(), StringComparison.Ordinal);
        await StopAsync(again);
        Assert.False(File.Exists(Path.Combine(shop.Path, "service.json")));
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", "nobody is known who may ask")]
    [InlineData("https://127.0.0.1:0", "needs a certificate")]
    [InlineData("127.0.0.1:80", "are written like")]
    public async Task AServiceThatOthersCouldReach_IsRefusedWithoutProtection(string url, string told)
    {
        using var shop = new SmallShop();
        var refused = await shop.RunAsync("serve", "--urls", url);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(told, refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AKey_IsShownOnce_AndLetsAProgramIn()
    {
        using var shop = new SmallShop();
        (await shop.RunAsync("load")).Done();
        (await shop.RunAsync("user", "add", "till", "--role", "viewer")).Done();
        var key = (await shop.RunAsync("user", "key", "till", "--days", "1")).Done().Output.Trim();
        var listed = (await shop.RunAsync("user", "list", "--format", "csv")).Done().Output;
        using var service = await ServeAsync(shop);
        using var client = new HttpClient { BaseAddress = Address(shop) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var answer = await client.GetStringAsync("/api/v1/query?cube=sales&measures=lines&format=csv");
        using var forbidden = await client.GetAsync("/api/v1/rfm");
        await StopAsync(service);

        Assert.Equal("lines\n100\n", answer.ReplaceLineEndings("\n"));
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        Assert.Contains("till", listed, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Split('_')[2], listed, StringComparison.Ordinal);
    }

    private static async Task<Process> ServeAsync(SmallShop shop)
    {
        var service = CommandLine.Start("serve", "--urls", "http://127.0.0.1:0", "-w", shop.Path);
        using var patience = new CancellationTokenSource(Patience);
        var said = await service.StandardOutput.ReadLineAsync(patience.Token);
        Assert.True(said?.Contains("is served at", StringComparison.Ordinal) is true, said + (said is null ? await service.StandardError.ReadToEndAsync(patience.Token) : ""));
        return service;
    }

    /// <summary>Asks it to stop as a system's service manager does.</summary>
    private static async Task StopAsync(Process service)
    {
        using (var ask = Process.Start("kill", ["-TERM", service.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await ask.WaitForExitAsync();
        }

        using var patience = new CancellationTokenSource(Patience);
        await service.WaitForExitAsync(patience.Token);
        Assert.Equal(0, service.ExitCode);
    }

    private static Uri Address(SmallShop shop)
    {
        using var noted = JsonDocument.Parse(File.ReadAllText(Path.Combine(shop.Path, "service.json")));
        return new Uri(noted.RootElement.GetProperty("url").GetString()!);
    }
}
