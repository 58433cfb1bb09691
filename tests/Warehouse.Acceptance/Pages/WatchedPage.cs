using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Warehouse.Acceptance.Pages;

/// <summary>A page in the browser, of which every word in the console and every failed request is kept.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("WAREHOUSE_PICTURES");
    private readonly IBrowserContext _context;
    private readonly Uri _root;
    private readonly ConcurrentQueue<string> _faults = new();

    private WatchedPage(IBrowserContext context, IPage page, Uri root) => (_context, Page, _root) = (context, page, root);

    public IPage Page { get; }

    /// <summary>What went wrong in the browser: errors in the console, exceptions.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public static async Task<WatchedPage> OpenAsync(IBrowser browser, Uri root, int width = 1280, ColorScheme look = ColorScheme.Light, string language = "en")
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = look,
            Locale = language,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(60_000);
        Assertions.SetDefaultExpectTimeout(60_000);
        var page = new WatchedPage(context, await context.NewPageAsync(), root);
        page.Page.Console += (_, said) =>
        {
            if (said.Type == "error")
            {
                page._faults.Enqueue(said.Text);
            }
        };
        page.Page.PageError += (_, fault) => page._faults.Enqueue(fault);
        return page;
    }

    /// <summary>Goes to an address, and waits until the page answers to clicks.</summary>
    public async Task GoAsync(string address)
    {
        await Page.GotoAsync(new Uri(_root, address).ToString());
        await Page.Locator("h1").First.WaitForAsync();
        await Page.WaitForFunctionAsync("() => !document.querySelector('main') || document.documentElement.dataset.ready || document.querySelector('.sign-in')");
        await Page.Locator(".busy").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    /// <summary>Waits until the address has a part. (WaitForURL misses addresses that a page takes without being loaded.)</summary>
    public Task IsAtAsync(string part) => Assertions.Expect(Page).ToHaveURLAsync(new Regex(Regex.Escape(part), RegexOptions.None, TimeSpan.FromSeconds(1)));

    /// <summary>Waits until the address has a part no more.</summary>
    public Task IsNotAtAsync(string part) => Assertions.Expect(Page).Not.ToHaveURLAsync(new Regex(Regex.Escape(part), RegexOptions.None, TimeSpan.FromSeconds(1)));

    /// <summary>What axe finds serious or critical: for whom the page would be closed.</summary>
    public async Task<IReadOnlyList<string>> BarriersAsync()
    {
        var script = Repository.PathOf("tests", "Warehouse.Testing", "node_modules", "axe-core", "axe.min.js");
        Skip.IfNot(File.Exists(script), "needs axe-core from npm");
        await Page.EvaluateAsync(await File.ReadAllTextAsync(script));
        var found = await Page.EvaluateAsync<JsonElement>(
            "async () => (await axe.run()).violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`)");
        return [.. found.EnumerateArray().Select(each => each.GetString()!)];
    }

    /// <summary>
    /// Goes through the page with the Tab key alone, and gives what stands in somebody's way: what can be clicked and is not reached,
    /// and where it is not seen that the focus is there. A table with many cells is one stop; the arrow keys go on in it.
    /// </summary>
    public async Task<IReadOnlyList<string>> OutOfReachAsync()
    {
        var most = await Page.EvaluateAsync<int>(
            """
            () => {
              window.reached = new Map();
              document.body.tabIndex = -1;
              document.body.focus();
              document.body.removeAttribute('tabindex');
              document.addEventListener('focusin', event => {
                const style = getComputedStyle(event.target), place = event.target.getBoundingClientRect();
                reached.set(event.target, style.outlineStyle !== 'none' && place.right > 0 && place.left < innerWidth && place.bottom > 0 && place.top < innerHeight);
              });
              window.targets = () => [...document.querySelectorAll('a[href], button:enabled, input:enabled:not([type=hidden]), select:enabled, textarea, summary, [tabindex="0"]')]
                .filter(each => each.checkVisibility({ visibilityProperty: true }) && each.tabIndex >= 0);
              return targets().length + 3 * document.querySelectorAll('input[type=date]').length + 1;
            }
            """);
        for (var stops = most; stops > 0 && !await Page.EvaluateAsync<bool>("() => targets().every(each => reached.has(each))"); stops -= 10)
        {
            for (var press = 0; press < 10; press++)
            {
                await Page.Keyboard.PressAsync("Tab");
            }
        }

        return await Page.EvaluateAsync<string[]>(
            """
            () => [
              ...targets().filter(each => !reached.has(each)).map(each => `not reached: ${each.outerHTML.slice(0, 200)}`),
              ...[...reached].filter(([each, isSeen]) => !isSeen && each.isConnected).map(([each]) => `focus not seen: ${each.outerHTML.slice(0, 200)}`),
            ]
            """);
    }

    /// <summary>Keeps a picture of the page, where WAREHOUSE_PICTURES names a folder.</summary>
    public async Task KeepPictureAsync(string name)
    {
        if (Pictures is not null)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, $"{name}.png"), FullPage = true });
        }
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
