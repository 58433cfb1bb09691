using System.Globalization;
using Microsoft.Playwright;
using Warehouse.Service;
using Warehouse.Store;
using Warehouse.Testing;

namespace Warehouse.Benchmarks.Pages;

/// <summary>How soon a page is there, and how soon a click in Explore is answered, in a browser on this machine.</summary>
internal static class PageFigures
{
    private const int Visits = 15;

    private static readonly string[] Measures = ["Orders", "Units", "Customers", "Lines", "Products", "Discounts", "Cost", "Margin", "Returned", "Gross sales"];

    /// <summary>Clicks a field, and says how many milliseconds later the answer's table shows it, or does not any more.</summary>
    private const string Click =
        """
        name => new Promise(done => {
          const heads = () => document.querySelectorAll('table.cells thead th').length;
          const [before, since] = [heads(), performance.now()];
          const watch = new MutationObserver(() => {
            if (heads() !== before) {
              watch.disconnect();
              requestAnimationFrame(() => done(performance.now() - since));
            }
          });
          watch.observe(document.body, { childList: true, subtree: true });
          [...document.querySelectorAll('button.field')].find(field => field.textContent.trim() === name).click();
        })
        """;

    /// <summary>Serves the workspace of a folder, as <c>warehouse demo -w FOLDER</c> makes one, and prints a Markdown table.</summary>
    public static async Task<int> RunAsync(string[] options, TextWriter output)
    {
        if (options is not [var folder] || Chromium.Find() is not { } program)
        {
            await Console.Error.WriteLineAsync("Name the folder of a loaded sample workspace ('warehouse demo -w FOLDER'); Chromium is needed, too.");
            return 2;
        }

        await using var service = await WarehouseService.StartAsync(
            new ServiceOptions(Workspace.Open(folder), TimeProvider.System) { Urls = [new Uri("http://127.0.0.1:0")] }, CancellationToken.None);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = ["--no-sandbox"] });
        List<double> shown = [], ready = [];
        for (var visit = 0; visit < Visits + 3; visit++)
        {
            var (first, answering) = await VisitAsync(browser, service);
            if (visit >= 3)
            {
                shown.Add(first);
                ready.Add(answering);
            }
        }

        var clicks = await ClicksAsync(browser, service);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""
            {Machine.Describe(TimeProvider.System)}

            | | median | highest |
            |---|---|---|
            | the first page is shown, by a browser that has nothing kept | {Median(shown):0} ms | {shown.Max():0} ms |
            | and answers to clicks | {Median(ready):0} ms | {ready.Max():0} ms |
            | a click in Explore is answered | {Median(clicks):0} ms | {clicks.Max():0} ms |
            """));
        return 0;
    }

    private static async Task<IPage> OpenAsync(IBrowser browser, WarehouseService service)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ExtraHTTPHeaders = [new("Authorization", $"Bearer {service.Owner.Token}")],
        });
        return await context.NewPageAsync();
    }

    /// <summary>Milliseconds until Home shows its first figure, and until it answers to clicks.</summary>
    private static async Task<(double Shown, double Ready)> VisitAsync(IBrowser browser, WarehouseService service)
    {
        var page = await OpenAsync(browser, service);
        await page.GotoAsync(service.Urls[0].ToString());
        await page.Locator(".figure").First.WaitForAsync();
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.ready");
        var shown = await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
        var ready = await page.EvaluateAsync<double>("() => Number(document.documentElement.dataset.ready)");
        await page.Context.DisposeAsync();
        return (shown, ready);
    }

    /// <summary>Each measure is added to an answer, which is computed, and taken away again, which is known; by five members.</summary>
    private static async Task<List<double>> ClicksAsync(IBrowser browser, WarehouseService service)
    {
        var page = await OpenAsync(browser, service);
        await page.GotoAsync(new Uri(service.Urls[0], "/explore?cube=sales&measures=net_sales&by=date.month").ToString());
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.ready && document.querySelector('table.cells')");
        var clicks = new List<double>();
        foreach (var by in new[] { "product.category", "channel.name", "date.quarter", "product.subcategory", "date.week" })
        {
            await page.GotoAsync(new Uri(service.Urls[0], $"/explore?cube=sales&measures=net_sales&by={by}").ToString());
            await page.WaitForFunctionAsync("() => document.documentElement.dataset.ready && document.querySelector('table.cells')");
            foreach (var measure in Measures)
            {
                clicks.Add(await page.EvaluateAsync<double>(Click, measure));
                clicks.Add(await page.EvaluateAsync<double>(Click, measure));
            }
        }

        await page.Context.DisposeAsync();
        return clicks;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
