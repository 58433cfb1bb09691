using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Warehouse.Testing;

namespace Warehouse.Acceptance.Pages;

/// <summary>A page whose line to the service is cut says so, keeps what was typed, and goes on.</summary>
[Collection(nameof(ServedSample))]
public class LostLineTests(ServedSample sample)
{
    private const string Cut = "The line to the warehouse is cut";
    private const string Answered = "() => document.documentElement.dataset.ready && !document.querySelector('.busy')";

    [SkippableFact]
    public async Task EveryForm_SaysThatTheLineIsCut_KeepsWhatIsTyped_AndGoesOn()
    {
        Skip.If(sample.Browser is null, "needs Chromium on the PATH (Debian: apt-get install chromium)");
        await using var line = Line.To(sample.Url);
        await using var first = await WatchedPage.OpenAsync(sample.Browser, line.Url);
        await first.GoAsync(new Uri((await sample.RunAsync("open")).Output.Trim()).PathAndQuery);
        var forms = new List<(IPage Page, ILocator Field, string Text)>();
        foreach (var (address, label, text) in new[]
        {
            ("/customers", "Search for", "C100000"),
            ("/customers/rfm", "Weights", "2:1:1"),
            ("/explore?cube=sales&measures=net_sales&by=product.category", "Rows where", "net_sales > 5"),
            ("/segments/new", "The same as text (YAML), to be changed here as well", "segment: typed_while_cut\nwhere:\n  country: IE\n"),
            ("/segments/lapsing_best?tab=lists", "Purpose", "a letter"),
            ("/campaigns/new?segment=lapsing_best", "Name", "typed_while_cut"),
            ("/data", "From generation", "1"),
        })
        {
            var page = await first.Page.Context.NewPageAsync();
            await page.GotoAsync(new Uri(line.Url, address).ToString());
            await page.WaitForFunctionAsync(Answered);
            forms.Add((page, page.GetByLabel(label, new() { Exact = true }), text));
        }

        line.Cut();
        foreach (var (page, field, text) in forms)
        {
            await page.GetByText(Cut).WaitForAsync();
            await field.FillAsync(text);
        }

        line.Mend();
        foreach (var (page, field, text) in forms)
        {
            await page.GetByText(Cut).WaitForAsync(new() { State = WaitForSelectorState.Hidden });
            Assert.Equal(text, (await field.InputValueAsync()).ReplaceLineEndings("\n"));
        }

        await forms[0].Field.PressAsync("Enter");
        await forms[0].Page.GetByRole(AriaRole.Link, new() { Name = "C1000002" }).WaitForAsync();
    }

    [SkippableFact]
    public async Task AServiceThatWasStartedAnew_IsFound_AndWhatWasTypedIsPutBack()
    {
        Skip.If(sample.Browser is null, "needs Chromium on the PATH (Debian: apt-get install chromium)");
        using var workspace = new FreshFolder();
        (await CommandLine.RunAsync("init", workspace.Path)).Done();
        using var before = await ServeAsync(workspace.Path, "http://127.0.0.1:0");
        using var noted = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(workspace.Path, "service.json")));
        var url = new Uri(noted.RootElement.GetProperty("url").GetString()!);
        await using var page = await WatchedPage.OpenAsync(sample.Browser, url);
        await page.GoAsync((await CommandLine.RunAsync("open", "-w", workspace.Path)).Done().Output.Trim());
        await page.GoAsync("/customers");
        await page.Page.GetByLabel("Search for").FillAsync("C77");
        await page.Page.GetByLabel("E-mail addresses and phone numbers too").CheckAsync();

        await StopAsync(before);
        await page.Page.GetByText(Cut).WaitForAsync();
        await page.Page.GetByLabel("Search for").FillAsync("C778");
        using var after = await ServeAsync(workspace.Path, url.GetLeftPart(UriPartial.Authority));
        await page.Page.GetByText(Cut).WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        await Assertions.Expect(page.Page.GetByLabel("Search for")).ToHaveValueAsync("C778");
        await Assertions.Expect(page.Page.GetByLabel("E-mail addresses and phone numbers too")).ToBeCheckedAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Find", Exact = true }).ClickAsync();
        await page.Page.GetByText("Nobody has an identifier that begins with “C778”.").WaitForAsync();
        await StopAsync(after);
    }

    /// <summary>Rows that are mended while nobody answers are those that are loaded; a launch that was to be confirmed still is, with the same figures.</summary>
    [SkippableFact]
    public async Task RowsBeingMended_AndALaunchToBeConfirmed_OutliveTheLine_AndTheService()
    {
        Skip.If(sample.Browser is null, "needs Chromium on the PATH (Debian: apt-get install chromium)");
        await File.WriteAllTextAsync(Path.Combine(sample.Folder, "segments", "lost_line.yaml"), "segment: lost_line\nwhere: {orders: {from: 5}, consent: email}\ntop: 300\n");
        await File.WriteAllTextAsync(
            Path.Combine(sample.Folder, "campaigns", "lost_line.yaml"),
            "campaign: lost_line\nsegment: lost_line\nchannel: email\ncost_per_contact: 0.02\nobjective: {measure: conversion, expected_lift: .3}\n"
            + "waves:\n- {starts_on: 2026-07-06, ends_on: 2026-08-17}\ncontrol: {share: .3}\ndepth: all\n");
        await using var line = Line.To(sample.Url);
        await using var mending = await WatchedPage.OpenAsync(sample.Browser, line.Url);
        await mending.GoAsync(new Uri((await sample.RunAsync("open")).Output.Trim()).PathAndQuery);
        await mending.GoAsync("/data/rejects?feed=products");
        await mending.Page.GetByRole(AriaRole.Button, new() { Name = "Mend them here" }).ClickAsync();
        var text = mending.Page.GetByLabel("The rows, as CSV");
        var header = (await text.InputValueAsync()).Split('\n')[0].TrimEnd('\r');
        var launching = await mending.Page.Context.NewPageAsync();
        await launching.GotoAsync(new Uri(line.Url, "/campaigns/lost_line?tab=launch").ToString());
        await launching.WaitForFunctionAsync(Answered);
        await launching.GetByRole(AriaRole.Button, new() { Name = "Launch …" }).ClickAsync();
        await launching.GetByRole(AriaRole.Heading, new() { Name = "This will happen" }).WaitForAsync();

        line.Cut();
        await BothAreCutAsync();
        await text.FillAsync($"{header}\n");
        line.Mend();
        await BothAreBackAsync();
        await Assertions.Expect(text).ToHaveValueAsync($"{header}\n");
        await launching.GetByRole(AriaRole.Heading, new() { Name = "This will happen" }).WaitForAsync();

        const string Mended = "data/products/products.csv,968,mended,,CLO-SOC-03,2025-07-01,Loamby Select socks 03,Clothing,Socks,Loamby,1.35,2.99,2023-06-03,no\n";
        foreach (var page in new[] { mending.Page, launching })
        {
            await page.EvaluateAsync("() => window.isOld = true");
        }

        await sample.ServeAnewAsync(async () =>
        {
            await BothAreCutAsync();
            await text.FillAsync($"{header}\n{Mended}");
        });
        foreach (var page in new[] { mending.Page, launching })
        {
            await page.WaitForFunctionAsync($"() => !window.isOld && ({Answered})()");
        }

        var rejected = await RejectedAsync();
        await Assertions.Expect(text).ToHaveValueAsync($"{header}\n{Mended}");
        await mending.Page.GetByRole(AriaRole.Button, new() { Name = "Load the mended rows" }).ClickAsync();
        await mending.Page.GetByText("Done.").WaitForAsync();
        Assert.Equal(rejected - 1, await RejectedAsync());

        var plan = await sample.AskAsync("/api/v1/campaign/plan?campaign=lost_line");
        var (treated, control) = (plan.GetProperty("treated").GetInt64(), plan.GetProperty("control").GetInt64());
        await launching.GetByText($"{control} customers are left alone (control).").WaitForAsync();
        await launching.GetByRole(AriaRole.Button, new() { Name = "Launch wave 1 now" }).ClickAsync();
        await launching.GetByText("Wave 1 is launched.").WaitForAsync();
        await Assertions.Expect(launching.Locator("[data-figure=drawn]")).ToHaveTextAsync($"{treated} treated, {control} left alone");

        async Task BothAreCutAsync()
        {
            await mending.Page.GetByText(Cut).WaitForAsync();
            await launching.GetByText(Cut).WaitForAsync();
        }

        async Task BothAreBackAsync()
        {
            await mending.Page.GetByText(Cut).WaitForAsync(new() { State = WaitForSelectorState.Hidden });
            await launching.GetByText(Cut).WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        }

        async Task<int> RejectedAsync() => (await sample.AskAsync("/api/v1/quality?rejects=products&format=json")).GetProperty("rows").GetArrayLength();
    }

    /// <summary>What is wrong in a form is said on its page, and what was typed stays to be mended.</summary>
    [SkippableFact]
    public async Task WhatIsWrongInAForm_IsSaid_AndStays()
    {
        await using var page = await sample.EnterAsync();
        foreach (var (address, label, wrong) in new[]
        {
            ("/customers/rfm", "Weights", "1:x:1"),
            ("/customers/tiers", "Sales of", "soon"),
            ("/customers/lifetime", "Discount a year", "much"),
            ("/campaigns/C01?wave=2&tab=results", "Shares of the arms, if they were not equal", "treated=x"),
            ("/explore?cube=sales&measures=net_sales&by=product.category", "Rows where", "net_sales >"),
            ("/explore?cube=sales&measures=net_sales&by=product.category", "Compared with", "nothing known"),
        })
        {
            await page.GoAsync(address);
            var field = page.Page.GetByLabel(label, new() { Exact = true });
            await field.FillAsync(wrong);
            await field.PressAsync("Enter");
            await page.Page.GetByRole(AriaRole.Alert).First.WaitForAsync();
            Assert.Equal(wrong, await field.InputValueAsync());
        }

        Assert.Empty(page.Faults);
    }

    [SkippableFact]
    public async Task AFilterThatWasTyped_IsAsked_WhenTheLineIsBack()
    {
        Skip.If(sample.Browser is null, "needs Chromium on the PATH (Debian: apt-get install chromium)");
        await using var line = Line.To(sample.Url);
        await using var page = await WatchedPage.OpenAsync(sample.Browser, line.Url);
        var address = new UriBuilder((await sample.RunAsync("open")).Output.Trim()) { Port = line.Url.Port }.Uri;
        await page.GoAsync(address.PathAndQuery);
        await page.GoAsync("/explore?cube=sales&measures=net_sales&by=product.category");
        var cut = page.Page.GetByText(Cut);
        var filter = page.Page.GetByLabel("The filter as a question writes it");

        line.Cut();
        await cut.WaitForAsync();
        await filter.FillAsync("product.category = 'GARDEN'");
        line.Mend();
        await cut.WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        Assert.Equal("product.category = 'GARDEN'", await filter.InputValueAsync());
        await filter.PressAsync("Enter");
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('table.cells tbody tr').length === 1");
    }

    private static async Task<Process> ServeAsync(string workspace, string url)
    {
        var service = CommandLine.Start("serve", "--urls", url, "-w", workspace);
        Assert.Contains("is served at", await service.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
        _ = service.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _ = service.StandardError.BaseStream.CopyToAsync(Stream.Null);
        return service;
    }

    private static async Task StopAsync(Process service)
    {
        using (var ask = Process.Start("kill", ["-TERM", service.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await ask.WaitForExitAsync();
        }

        await service.WaitForExitAsync();
    }
}
