using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Warehouse.Acceptance.Pages;

/// <summary>What a campaign changed, on whom it works, and which claims are refused: on the page as in the API.</summary>
[Collection(nameof(ServedSample))]
public class CampaignResultsTests(ServedSample sample)
{
    private const string Measured = "/api/v1/campaign/measure?campaign=C01&wave=2&uplift=true&profit=margin&cost=0.02";

    [SkippableTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Results_WithUpliftCurvesAndRefusedClaims_AreThoseOfTheApi(int width, ColorScheme look)
    {
        await using var watched = await sample.EnterAsync(width, look);
        var page = watched.Page;
        await watched.GoAsync("/campaigns/C01?wave=2&tab=results");
        await page.GetByLabel("On whom it works").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Measure it" }).ClickAsync();
        await watched.IsAtAsync("uplift=");
        var report = await sample.AskAsync($"{Measured}&format=display");
        await ReportOnPage.ShowsAsync(page, ReportOnPage.PartsOf(report));

        var measured = await sample.AskAsync(Measured);
        await RefusalsAreSaidAsync(page, measured);
        await CurvesAreShownAsync(page, measured.GetProperty("uplift"));
        Assert.Empty(await watched.BarriersAsync());
        Assert.Empty(watched.Faults);
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"));
        await watched.KeepPictureAsync($"campaign-uplift-{width}-{look}");
    }

    [SkippableFact]
    public async Task OnAPhone_EveryStepFromTheSegmentToTheList_IsNamedBesideItsBar()
    {
        await using var watched = await sample.EnterAsync(width: 390);
        await watched.GoAsync("/campaigns/autumn_gardeners");
        var steps = ReportOnPage.PartsOf(await sample.AskAsync("/api/v1/campaign/plan?campaign=autumn_gardeners&format=display"))[0].GetProperty("rows");
        await watched.Page.WaitForFunctionAsync(
            """
            names => {
              const drawn = document.querySelector('.plot svg')?.textContent.replace(/\s/g, '');
              return drawn && names.every(name => drawn.includes(name.replace(/\s/g, '')));
            }
            """,
            steps.EnumerateArray().Select(step => step.GetProperty("texts")[0].GetString()!).ToArray());
        Assert.Empty(watched.Faults);
    }

    /// <summary>Every claim stands in the first table with its verdict, in the words of the API; each refused one says why.</summary>
    private static async Task RefusalsAreSaidAsync(IPage page, JsonElement measured)
    {
        var claims = measured.GetProperty("effects").EnumerateArray().Select(effect => effect.GetProperty("claim")).ToList();
        Assert.Contains(claims, claim => !claim.GetProperty("isMade").GetBoolean());
        var rows = ReportOnPage.Table(page, "What may be said").Locator("tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(claims.Count);
        foreach (var (claim, place) in claims.Select((claim, place) => (claim, place)))
        {
            await Assertions.Expect(rows.Nth(place).Locator("td").Nth(1)).ToHaveTextAsync(claim.GetProperty("isMade").GetBoolean() ? "made" : "refused");
            await Assertions.Expect(rows.Nth(place).Locator("td").Nth(2)).ToHaveTextAsync(claim.GetProperty("words").GetString()!);
        }
    }

    /// <summary>The Qini curve, the uplift curve and the fifths of each outcome, from the numbers themselves.</summary>
    private static async Task CurvesAreShownAsync(IPage page, JsonElement uplift)
    {
        foreach (var models in uplift.EnumerateArray().GroupBy(model => $"{model.GetProperty("arm").GetString()}: {model.GetProperty("outcome").GetString()}"))
        {
            var first = models.First();
            foreach (var (title, curve) in new[] { ("Qini curve of", "qini"), ("Uplift curve of", "uplift") })
            {
                var points = first.GetProperty("curves").GetProperty("points").EnumerateArray().ToList();
                var rows = ReportOnPage.Table(page, $"{title} {models.Key}").Locator("tbody tr");
                await Assertions.Expect(rows.Locator("th")).ToHaveTextAsync(points.Select(point => Share(point.GetProperty("share"))));
                await Assertions.Expect(rows.Locator("td:nth-child(2)")).ToHaveTextAsync(points.Select(point => Share(point.GetProperty(curve))));
            }

            var fifths = ReportOnPage.Table(page, $"Fifths of {models.Key}").Locator("tbody tr");
            await Assertions.Expect(fifths.Locator("td:nth-child(2)")).ToHaveTextAsync(
                first.GetProperty("fifths").EnumerateArray().Select(fifth => Share(fifth.GetProperty("effect").GetProperty("difference"))));
        }
    }

    private static string Share(JsonElement number) => number.GetDouble().ToString("0.0 %", CultureInfo.InvariantCulture);
}
