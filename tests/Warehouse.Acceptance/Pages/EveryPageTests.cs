using Microsoft.Playwright;

namespace Warehouse.Acceptance.Pages;

/// <summary>Each page as people meet it: wide and narrow, light and dark.</summary>
[Collection(nameof(ServedSample))]
public class EveryPageTests(ServedSample sample)
{
    public static TheoryData<string> Addresses =>
    [
        "/",
        "/explore?cube=sales&measures=net_sales,margin_rate&by=product.category,date.year&totals=rollup",
        "/customers",
        "/customers/C1000002",
        "/customers/cohorts",
        "/customers/group?of=rfm&group=Champions",
        "/customers/lifecycle?since=2026-03-31",
        "/customers/lifetime",
        "/customers/rfm",
        "/customers/tiers",
        "/churn",
        "/churn/churn/1",
        "/churn/churn/1?tab=depth",
        "/churn/churn/1?tab=reasons",
        "/churn/churn/1?tab=since",
        "/segments",
        "/segments/lapsing_gardeners",
        "/segments/lapsing_best?tab=moves&from=2026-03-31",
        "/segments/lapsing_best?tab=lists",
        "/segments/new",
        "/campaigns",
        "/campaigns/autumn_gardeners",
        "/campaigns/autumn_gardeners?tab=launch",
        "/campaigns/C01?wave=2&tab=results",
        "/campaigns/new?segment=lapsing_best",
        "/data",
        "/data/quality",
        "/data/rejects?feed=crm",
        "/data/profiles",
        "/jobs",
        "/settings",
        "/nothing-here",
    ];

    [SkippableTheory]
    [MemberData(nameof(Addresses))]
    public async Task APage_IsOpenToAll_AndSaysNothingInTheConsole(string address)
    {
        foreach (var (width, look) in new[] { (1280, ColorScheme.Light), (390, ColorScheme.Dark) })
        {
            await using var page = await sample.EnterAsync(width, look);
            await page.GoAsync(address);

            Assert.Empty(await page.BarriersAsync());
            Assert.Empty(await page.OutOfReachAsync());
            Assert.Empty(page.Faults);
            Assert.True(await page.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), $"{address} is wider than {width} pixels");
            await page.KeepPictureAsync($"{address.Split('?')[0].Trim('/').Replace('/', '-')}-{width}-{look}");
        }
    }

    [SkippableTheory]
    [InlineData("/explore?cube=sales&measures=net_sales&by=product.category", "table.cells td button")]
    [InlineData("/customers/rfm", "table.cells td a")]
    public async Task OnPaper_TheNumbersAreThere_AndNothingToClickIs(string address, string number)
    {
        await using var page = await sample.EnterAsync(look: ColorScheme.Dark);
        await page.GoAsync(address);
        await page.Page.Locator(number).First.WaitForAsync();
        await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await page.Page.SetViewportSizeAsync(690, 980);

        Assert.True(await page.Page.Locator(number).First.IsVisibleAsync());
        Assert.Equal(0, await page.Page.Locator("nav:visible, .top:visible, input:visible, select:visible, button:not(.cell):visible").CountAsync());
        Assert.Equal("rgb(255, 255, 255)", await page.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));
        Assert.True(await page.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"));
    }
}
