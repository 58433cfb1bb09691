using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Playwright;
using Warehouse.Testing;

namespace Warehouse.Acceptance.Pages;

/// <summary>The sample workspace with a year of snapshots, a churn model and its scores, built segments, served; and a browser beside it.</summary>
public sealed class ServedSample : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly FreshFolder _folder = new();
    private Process? _service;
    private Task _heard = Task.CompletedTask;
    private IPlaywright? _playwright;
    private HttpClient? _api;

    /// <summary>The workspace's folder.</summary>
    internal string Folder => _folder.Path;

    internal Uri Url { get; private set; } = null!;

    /// <summary>The API, asked by the owner.</summary>
    internal HttpClient Api => _api!;

    internal IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (Chromium.Find() is not { } program)
        {
            return;
        }

        Samples.Copy("retail", Folder);
        await RunAsync("load");
        await RunAsync("snapshot", "--as-of", "2026-03-31");
        await RunAsync("snapshot", "--as-of", "2026-06-30");
        await RunAsync("churn", "train", "--as-of", "2026-04-01");
        await RunAsync("churn", "score", "--as-of", "2026-06-30");
        foreach (var segment in new[] { "lapsing_best", "lapsing_gardeners", "open_complaints" })
        {
            await RunAsync("segment", "build", segment, "--as-of", "2026-06-30");
        }

        await ServeAsync("http://127.0.0.1:0");
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();
        await StopAsync();
    }

    public void Dispose()
    {
        _api?.Dispose();
        _folder.Dispose();
    }

    /// <summary>Stops the service, and starts it anew at the same address.</summary>
    /// <param name="meanwhile">What is done while there is none.</param>
    internal async Task ServeAnewAsync(Func<Task> meanwhile)
    {
        await StopAsync();
        await meanwhile();
        await ServeAsync(Url.GetLeftPart(UriPartial.Authority));
    }

    private async Task ServeAsync(string url)
    {
        _service = CommandLine.Start("serve", "--urls", url, "-w", Folder);
        using var patience = new CancellationTokenSource(Patience);
        var said = await _service.StandardOutput.ReadLineAsync(patience.Token);
        Assert.Contains("is served at", said, StringComparison.Ordinal);

        // A service whose log nobody reads waits until somebody does.
        _heard = Task.WhenAll(
            _service.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None),
            _service.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None));
        using var noted = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "service.json"), patience.Token));
        Url = new Uri(noted.RootElement.GetProperty("url").GetString()!);
        _api?.Dispose();
        _api = new HttpClient { BaseAddress = Url, Timeout = Patience };
        _api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", noted.RootElement.GetProperty("token").GetString());
    }

    private async Task StopAsync()
    {
        if (_service is not null)
        {
            using (var ask = Process.Start("kill", ["-TERM", _service.Id.ToString(CultureInfo.InvariantCulture)]))
            {
                await ask.WaitForExitAsync();
            }

            using var patience = new CancellationTokenSource(Patience);
            await _service.WaitForExitAsync(patience.Token);
            await _heard.WaitAsync(patience.Token);
            _service.Dispose();
            _service = null;
        }
    }

    /// <summary>Runs a verb on the workspace.</summary>
    internal async Task<CommandResult> RunAsync(params string[] words) => (await CommandLine.RunAsync([.. words, "-w", Folder])).Done();

    /// <summary>A browser's page of the owner, who has entered by the address that <c>warehouse open</c> prints.</summary>
    internal async Task<WatchedPage> EnterAsync(int width = 1280, ColorScheme look = ColorScheme.Light, string language = "en")
    {
        Skip.If(Chromium.Find() is null, "needs Chromium on the PATH (Debian: apt-get install chromium)");
        var page = await WatchedPage.OpenAsync(Browser, Url, width, look, language);
        await page.GoAsync((await RunAsync("open")).Output.Trim());
        return page;
    }

    /// <summary>Asks the API as a page does.</summary>
    internal async Task<JsonElement> AskAsync(string address) => JsonDocument.Parse(await Api.GetStringAsync(address)).RootElement;

    /// <summary>How many a segment's definition chooses, whatever it is called.</summary>
    internal async Task<long> MembersAsync(string yaml)
    {
        var file = Path.Combine(Folder, "segments", "tried_once.yaml");
        await File.WriteAllTextAsync(file, $"segment: tried_once\n{yaml[(yaml.IndexOf('\n', StringComparison.Ordinal) + 1)..]}");
        try
        {
            return (await AskAsync("/api/v1/segment/preview?segment=tried_once")).GetProperty("members").GetInt64();
        }
        finally
        {
            File.Delete(file);
        }
    }
}

/// <summary>The tests of pages share one served workspace.</summary>
[CollectionDefinition(nameof(ServedSample))]
public sealed class ServedSampleTests : ICollectionFixture<ServedSample>;
