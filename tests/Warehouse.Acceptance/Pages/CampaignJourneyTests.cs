using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.Playwright;

namespace Warehouse.Acceptance.Pages;

/// <summary>A marketer's way: a segment put together, saved, a campaign planned for it, launched, and measured when its customers have bought.</summary>
[Collection(nameof(ServedSample))]
public class CampaignJourneyTests(ServedSample sample)
{
    private const string Plan =
        """
        segment: journey_gardeners
        channel: email
        cost_per_contact: 0.02
        objective: {measure: conversion, expected_lift: .3}
        waves:
        - {starts_on: 2026-07-06, ends_on: 2026-08-17}
        control: {share: .3}
        depth: all

        """;

    [SkippableFact]
    public async Task ASegment_IsBuiltFromLists_Saved_PlannedFor_Launched_AndMeasuredWhenItsOutcomesAreLoaded()
    {
        await using var watched = await sample.EnterAsync();
        var page = watched.Page;
        await watched.GoAsync("/segments/new");
        await page.GetByRole(AriaRole.Textbox, Named("Name")).FillAsync("journey_gardeners");
        await page.GetByRole(AriaRole.Textbox, Named("Name")).PressAsync("Tab");
        await AddAsync(page, "bought", async () =>
        {
            await page.GetByRole(AriaRole.Combobox, Named("category")).SelectOptionAsync("GARDEN");
            await page.GetByRole(AriaRole.Spinbutton, Named("times, from")).FillAsync("2");
        });
        await AddAsync(page, "consent", () => page.GetByRole(AriaRole.Combobox, Named("channel")).SelectOptionAsync("email"));
        var members = page.Locator("[data-figure=members]");
        await page.Locator(".written li").Nth(1).WaitForAsync();
        await page.GetByRole(AriaRole.Button, Named("Save")).ClickAsync();
        await watched.IsAtAsync("/segments/journey_gardeners");
        var preview = await sample.AskAsync("/api/v1/segment/preview?segment=journey_gardeners");
        await Expect(members).ToHaveTextAsync(Count(preview.GetProperty("members").GetInt64()));

        await watched.GoAsync($"/campaigns/new?yaml={Uri.EscapeDataString(Plan)}");
        await page.GetByRole(AriaRole.Textbox, Named("Name")).FillAsync("journey");
        await page.GetByRole(AriaRole.Button, Named("Save")).ClickAsync();
        await watched.IsAtAsync("/campaigns/journey");
        var plan = await sample.AskAsync("/api/v1/campaign/plan?campaign=journey");
        await page.GetByRole(AriaRole.Link, Named("Launch and lists")).ClickAsync();
        await page.GetByRole(AriaRole.Button, Named("Launch …")).ClickAsync();
        await page.GetByText($"{Count(plan.GetProperty("control").GetInt64())} customers are left alone (control).").WaitForAsync();
        await watched.KeepPictureAsync("campaign-launch");
        await page.GetByRole(AriaRole.Button, Named("Launch wave 1 now")).ClickAsync();
        await page.GetByText("Wave 1 is launched.").WaitForAsync();
        await Expect(page.Locator("[data-figure=drawn]")).ToHaveTextAsync(
            $"{Count(plan.GetProperty("treated").GetInt64())} treated, {Count(plan.GetProperty("control").GetInt64())} left alone");

        var (treated, control) = await BuyAsync();
        await watched.GoAsync("/data");
        await page.GetByRole(AriaRole.Button, Named("Load now")).ClickAsync();
        await page.GetByText("Done.").First.WaitForAsync();

        await watched.GoAsync("/campaigns/journey?tab=results");
        var effect = (await sample.AskAsync("/api/v1/campaign/measure?campaign=journey")).GetProperty("effects")[0];
        Assert.Equal(treated, effect.GetProperty("mean").GetDouble(), 1e-12);
        Assert.Equal(control, effect.GetProperty("controlMean").GetDouble(), 1e-12);
        var words = effect.GetProperty("claim").GetProperty("words").GetString()!;
        Assert.StartsWith("treated raised conversion by ", words, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Cell, Named(words)).WaitForAsync();
        await watched.KeepPictureAsync("campaign-results");
        Assert.Empty(watched.Faults);
    }

    [SkippableFact]
    public async Task WhatIsTypedWrong_IsShownWithItsLine_AndKeptWhenThePageIsLeft()
    {
        await using var watched = await sample.EnterAsync();
        var page = watched.Page;
        await watched.GoAsync("/segments/new");
        var text = page.GetByRole(AriaRole.Textbox, Named("The same as text (YAML), to be changed here as well"));
        await text.FillAsync("segment: typed\nwhere:\n  countri: IE\n");
        await page.Locator(".faults").GetByText("Did you mean \"country\"?").WaitForAsync();
        await page.GetByRole(AriaRole.Button, Named("Line 3")).WaitForAsync();
        await Expect(page.GetByRole(AriaRole.Button, Named("Save"))).ToBeDisabledAsync();

        await watched.GoAsync("/segments");
        await watched.GoAsync("/segments/new");
        await page.GetByText("This is what you typed before and did not save.").WaitForAsync();
        await Expect(text).ToHaveValueAsync("segment: typed\nwhere:\n  countri: IE\n");
        Assert.Empty(watched.Faults);
    }

    /// <summary>Half of the treated and a tenth of the control buy while the wave runs, and somebody after its end; gives the shares who bought.</summary>
    private async Task<(double Treated, double Control)> BuyAsync()
    {
        var drawn = await sample.AskAsync("/api/v1/query?cube=touches&measures=touches&by=customer.id,touch.arm&where=campaign.id%20%3D%20'journey'&limit=100000");
        var arms = drawn.GetProperty("rows").EnumerateArray().ToLookup(row => row[1].GetString()!, row => row[0].GetString()!);
        string[] treated = [.. arms["treated"].Take(arms["treated"].Count() / 2)], control = [.. arms["control"].Take(arms["control"].Count() / 10)];
        var lines = treated.Concat(control).Select(customer => (Customer: customer, Day: "2026-07-20")).Append((Customer: "C1000002", Day: "2026-08-20"))
            .Select((order, number) => $"JOURNEY{number},1,{order.Day} 10:00:00,{order.Customer},W01,web,PAP-CRD-05,3,1.99,0.00,GBP,card,,\n");
        await using var file = File.Create(Path.Combine(sample.Folder, "data", "orders", "orders-2026H2.csv.gz"));
        await using var packed = new GZipStream(file, CompressionLevel.Fastest);
        await packed.WriteAsync(Encoding.UTF8.GetBytes(
            $"order_id,line,ordered_at,customer,store,channel,sku,quantity,unit_price,discount,currency,payment,return_of_order,return_of_line\n{string.Concat(lines)}"));
        return ((double)treated.Length / arms["treated"].Count(), (double)control.Length / arms["control"].Count());
    }

    private static async Task AddAsync(IPage page, string condition, Func<Task> fill)
    {
        await page.GetByRole(AriaRole.Combobox, Named("What")).SelectOptionAsync(condition);
        await fill();
        await page.GetByRole(AriaRole.Button, Named("Add")).ClickAsync();
        await page.Locator(".written code").GetByText($"{condition}:").WaitForAsync();
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    /// <summary>By the name that is read to those who do not see.</summary>
    private static PageGetByRoleOptions Named(string name) => new() { Name = name, Exact = true };
}
