using System.Globalization;
using Microsoft.Playwright;

namespace Warehouse.Acceptance.Pages;

/// <summary>A marketer's way: a segment put together, saved, a campaign planned for it, launched and measured.</summary>
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
    public async Task ASegment_IsBuiltFromLists_Saved_PlannedFor_LaunchedAndMeasured()
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

        var measured = await sample.AskAsync("/api/v1/campaign/measure?campaign=C01&wave=2");
        await watched.GoAsync("/campaigns/C01?wave=2&tab=results");
        var words = measured.GetProperty("effects")[0].GetProperty("claim").GetProperty("words").GetString()!;
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
