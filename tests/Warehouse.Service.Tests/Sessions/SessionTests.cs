using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Warehouse.Service.Sessions;
using Warehouse.Service.Tests.Jobs;
using Warehouse.Store;

namespace Warehouse.Service.Tests.Sessions;

/// <summary>Browsers, and those who would be taken for one.</summary>
public class SessionTests : IClassFixture<SessionTests.Clocked>
{
    private const string Password = "correct horse battery";
    private const string Page = "/api/v1/status";
    private readonly ServedShop _shop;
    private readonly FakeClock _clock;

    public SessionTests(Clocked fixture)
    {
        (_shop, _clock) = (fixture.Shop, fixture.Clock);

        // By now what other tests did wrong is forgotten.
        _clock.Move(TimeSpan.FromHours(3));
    }

    /// <summary>A service whose clock the test moves.</summary>
    public sealed class Clocked : IAsyncLifetime, IDisposable
    {
        public Clocked() => Shop = new ServedShop { Time = Clock };

        internal FakeClock Clock { get; } = new(TimeProvider.System.GetUtcNow());

        public ServedShop Shop { get; }

        public Task InitializeAsync() => Shop.InitializeAsync();

        public Task DisposeAsync() => Shop.DisposeAsync();

        public void Dispose() => Shop.Dispose();
    }

    [Fact]
    public async Task APassword_SignsIn_AsWhoItsUserIs()
    {
        using var browser = await SignedInAsync("anna", "analyst");

        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(Page));
        Assert.Equal(HttpStatusCode.Forbidden, await browser.StatusAsync("/api/v1/doctor"));
        var attributes = browser.LastSet!.Split("; ").Skip(1).Select(attribute => attribute.ToLowerInvariant()).ToArray();
        Assert.Contains("httponly", attributes);
        Assert.Contains("samesite=strict", attributes);
        Assert.Contains("path=/", attributes);
    }

    [Fact]
    public async Task ACookie_IsHeldToTheRowsOfItsUser()
    {
        using var browser = await SignedInAsync("shelf-keeper", "viewer", "shelf");
        var limited = _shop.ClientOf("viewer", "shelf");
        const string Question = "/api/v1/query?cube=sales&measures=lines&by=product.id&format=csv";
        using var answer = await browser.GetAsync(Question);

        Assert.Equal(await limited.GetStringAsync(Question), await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task AProgram_SignsInByJson_AndIsToldProblems()
    {
        SetUp("jason", "analyst");
        var client = _shop.ClientWith(null);
        using var wrong = await client.PostAsJsonAsync("/session", new { name = "jason", password = "wrong password" });
        using var unread = await client.PostAsJsonAsync("/session", new { name = "jason" });
        using var right = await client.PostAsJsonAsync("/session", new { name = "jason", password = Password });

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest, HttpStatusCode.OK), (wrong.StatusCode, unread.StatusCode, right.StatusCode));
        Assert.Equal("who-are-you", (await wrong.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        Assert.Equal("analyst", (await right.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("role").GetString());
    }

    [Fact]
    public async Task AnAnonymousBrowser_IsShownWhereToSignIn_AndAProgramIsTold401()
    {
        using var browser = new Browser(_shop.Url);
        using var page = await browser.GetAsync("/customers/C7?tab=orders&x=%2F");
        using var api = await browser.GetAsync(Page);
        using var program = await _shop.ClientWith(null).GetAsync("/customers/C7");

        Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
        Assert.Equal("/sign-in", Browser.Place(page).Path);
        Assert.Equal("/customers/C7?tab=orders&x=%2F", Browser.Place(page).Said["return"]);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (api.StatusCode, program.StatusCode));
    }

    [Theory]
    [InlineData("/customers/C7?tab=orders#x", "/customers/C7?tab=orders#x")]
    [InlineData("/über?ä=ö", "/%C3%BCber?%C3%A4=%C3%B6")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("\\\\evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/.//evil.example", "/")]
    [InlineData("/x/..//evil.example", "/")]
    [InlineData("/%2e//evil.example", "/")]
    [InlineData(" //evil.example", "/")]
    [InlineData("/\r\nSet-Cookie: a=b", "/")]
    [InlineData("", "/")]
    public async Task WhoHasSignedIn_IsSentToThisServiceAlone(string back, string place)
    {
        SetUp("returning", "viewer");
        using var browser = new Browser(_shop.Url);
        using var right = await browser.SignInAsync("returning", Password, back);
        Assert.Equal(HttpStatusCode.SeeOther, right.StatusCode);
        Assert.Equal(place, right.Headers.Location!.OriginalString);

        using var wrong = await browser.SignInAsync("returning", "wrong password", back);
        Assert.Equal(place, Browser.Place(wrong).Said["return"]);
        Assert.Equal("wrong", Browser.Place(wrong).Said["problem"]);
        using var again = await browser.SignInAsync("returning", Password, back);
        Assert.Equal(place, again.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task ACookieThatIsNotAsItWasGiven_LetsNobodyIn()
    {
        using var browser = await SignedInAsync("tampered", "admin");
        var cookie = browser.Cookie!;
        var value = cookie.IndexOf('=', StringComparison.Ordinal) + 1;
        foreach (var place in Enumerable.Range(0, 40).Select(step => value + (step * (cookie.Length - value - 2) / 40)))
        {
            browser.Cookie = cookie[..place] + (cookie[place] == 'A' ? 'B' : 'A') + cookie[(place + 1)..];
            Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync(Page));
        }

        foreach (var other in new[] { "", "x", "admin", cookie[value..^20], "chunks-2", new string('A', 5_000) })
        {
            browser.Cookie = cookie[..value] + other;
            Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync(Page));
        }

        browser.Cookie = cookie;
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(Page));
    }

    [Fact]
    public async Task ASession_SlidesForAWeek_AndEndsWhenNothingIsAskedForEightHours()
    {
        using var browser = await SignedInAsync("slider", "analyst");
        using var idle = new Browser(_shop.Url);
        await idle.SignInAsync("slider", Password);
        var first = browser.Cookie;
        for (var hours = 7; hours < 7 * 24; hours += 7)
        {
            _clock.Move(TimeSpan.FromHours(7));
            Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(Page));
        }

        Assert.NotEqual(first, browser.Cookie);
        Assert.Equal(HttpStatusCode.Unauthorized, await idle.StatusAsync(Page));
        _clock.Move(TimeSpan.FromHours(7));
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync(Page));
        Assert.Null(browser.Cookie);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("role")]
    [InlineData("removed")]
    [InlineData("made again")]
    public async Task ASession_EndsWhenItsUserIsAnother(string change)
    {
        var name = $"changed-{change.Replace(' ', '-')}";
        using var browser = await SignedInAsync(name, "admin");
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(Page));
        switch (change)
        {
            case "password": _shop.Access.SetPassword(name, "another password"); break;
            case "role": _shop.Access.Put(name, "viewer", []); break;
            case "removed": _shop.Access.Remove(name); break;
            default:
                _shop.Access.Remove(name);
                SetUp(name, "admin");
                break;
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync(Page));
    }

    [Fact]
    public async Task WhoSignsOut_IsOut_AlsoByACookieThatSomebodyKept_AndAfterARestart()
    {
        using var browser = await SignedInAsync("leaving", "analyst");
        var kept = browser.Cookie;
        using var end = await browser.PostAsync("/session/end");

        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in"), (end.StatusCode, end.Headers.Location!.OriginalString));
        Assert.Null(browser.Cookie);
        browser.Cookie = kept;
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync(Page));
        await _shop.StopAsync();
        await _shop.StartAsync();
        using var after = new Browser(_shop.Url) { Cookie = kept };
        Assert.Equal(HttpStatusCode.Unauthorized, await after.StatusAsync(Page));
    }

    [Fact]
    public async Task ARestart_SignsNobodyOut_AndItsKeysAreForTheOwnerAlone()
    {
        using var browser = await SignedInAsync("staying", "analyst");
        await _shop.StopAsync();
        await _shop.StartAsync();
        using var after = new Browser(_shop.Url) { Cookie = browser.Cookie };

        Assert.Equal(HttpStatusCode.OK, await after.StatusAsync(Page));
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Assert.Equal(OwnerAlone, File.GetUnixFileMode(_shop.Workspace.PathOf(SessionFolder.Name)));
        }
    }

    [Fact]
    public async Task WhoGuesses_Waits_AlsoForTheRightPassword_AndNamesThatAreNotThereAreNoOther()
    {
        SetUp("guessed", "admin");
        foreach (var name in new[] { "guessed", "nobody-of-this-name" })
        {
            using var browser = new Browser(_shop.Url);
            for (var attempt = 1; attempt <= 5; attempt++)
            {
                using var wrong = await browser.SignInAsync(name, $"wrong password {attempt}");
                Assert.Equal("wrong", Browser.Place(wrong).Said["problem"]);
            }

            using var held = await browser.SignInAsync(name, Password);
            Assert.Equal("wait", Browser.Place(held).Said["problem"]);
            Assert.Equal("30", Browser.Place(held).Said["seconds"]);
            Assert.Null(browser.Cookie);
        }

        using var told = await _shop.ClientWith(null).PostAsJsonAsync("/session", new { name = "guessed", password = Password });
        Assert.Equal(HttpStatusCode.TooManyRequests, told.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), told.Headers.RetryAfter!.Delta);
        _clock.Move(TimeSpan.FromSeconds(31));
        using var right = new Browser(_shop.Url);
        await right.SignInAsync("guessed", Password);
        Assert.NotNull(right.Cookie);
    }

    [Fact]
    public async Task WhoGuessesManyNamesAtOnceFromOneAddress_Waits()
    {
        using var attacked = new ServedShop();
        await attacked.InitializeAsync();
        var problems = await Task.WhenAll(Enumerable.Range(0, 30).Select(async number =>
        {
            using var browser = new Browser(attacked.Url);
            using var answer = await browser.SignInAsync($"name-{number}", "wrong password");
            return Browser.Place(answer).Said["problem"];
        }));
        await attacked.DisposeAsync();

        Assert.Equal(20, problems.Count(problem => problem == "wrong"));
        Assert.Equal(10, problems.Count(problem => problem == "wait"));
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Origin", "null")]
    [InlineData("X-Nothing", "said")]
    public async Task ByACookie_NothingIsChangedFromAnotherSitesPage(string header, string value)
    {
        using var browser = await SignedInAsync("forged", "admin");
        foreach (var (method, address) in new[] { (HttpMethod.Post, "/api/v1/snapshot"), (HttpMethod.Post, "/mcp"), (HttpMethod.Post, "/api/v1/query"), (HttpMethod.Delete, "/anything") })
        {
            using var refused = await browser.SendAsync(method, address, null, (header, value));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Equal("other-origin", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        }

        using var socket = await browser.SendAsync(HttpMethod.Get, "/anything", null, (header, value), ("Connection", "Upgrade"), ("Upgrade", "websocket"));
        Assert.Equal(HttpStatusCode.Forbidden, socket.StatusCode);
    }

    [Fact]
    public async Task ByACookie_ThingsAreChangedFromThePagesOfTheService()
    {
        using var browser = await SignedInAsync("acting", "admin");
        foreach (var header in new[] { ("Sec-Fetch-Site", "same-origin"), ("Origin", _shop.Url.GetLeftPart(UriPartial.Authority)) })
        {
            using var body = JsonContent.Create(new { cube = "sales", measures = "lines" });
            using var done = await browser.SendAsync(HttpMethod.Post, "/api/v1/query", body, header);
            Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        }
    }

    [Fact]
    public async Task NobodyIsSignedIn_FromAnotherSitesPage()
    {
        SetUp("lured", "viewer");
        using var browser = new Browser(_shop.Url);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "lured", ["password"] = Password });
        using var refused = await browser.SendAsync(HttpMethod.Post, "/session", form, ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Null(browser.Cookie);
    }

    [Fact]
    public async Task AnAddressThatLetsTheOwnerIn_DoesSoOnce_WithinTenMinutes_AndFromThisMachine()
    {
        using var browser = new Browser(_shop.Url);
        var address = EntryCode.Address(_shop.Owner, _clock).PathAndQuery;
        using var elsewhere = await browser.SendAsync(HttpMethod.Get, address, null, ("X-Forwarded-For", "203.0.113.7"));
        Assert.Equal("link", Browser.Place(elsewhere).Said["problem"]);
        using var entered = await browser.GetAsync(address);
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (entered.StatusCode, entered.Headers.Location!.OriginalString));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("/api/v1/status"));

        foreach (var other in new[]
        {
            address,
            address[..^1] + (address[^1] == '0' ? '1' : '0'),
            "/enter",
            "/enter?code=",
            "/enter?code=..",
            "/enter?code=a.99999999999.b",
            EntryCode.Address(_shop.Owner with { Token = "another" }, _clock).PathAndQuery,
            EntryCode.Address(_shop.Owner, new FakeClock(_clock.GetUtcNow() - EntryCode.Valid)).PathAndQuery,
        })
        {
            using var stranger = new Browser(_shop.Url);
            using var refused = await stranger.GetAsync(other);
            Assert.Equal(("/sign-in", "link"), (Browser.Place(refused).Path, Browser.Place(refused).Said["problem"]));
            Assert.Null(stranger.Cookie);
        }
    }

    [Fact]
    public async Task WhatIsDoneToAccess_IsInTheAuditLog_WithoutASecret()
    {
        using var browser = await SignedInAsync("audited", "analyst", []);
        await browser.PostAsync("/session/end");
        var key = _shop.Access.AddKey("audited", TimeSpan.FromDays(3));
        _shop.Access.RevokeKey(key.Split('_')[1]);
        using (var guesser = new Browser(_shop.Url))
        {
            for (var attempt = 0; attempt < 5; attempt++)
            {
                await guesser.SignInAsync("audited", "a wrong password");
            }
        }

        _shop.Access.Remove("audited");
        await _shop.StopAsync();
        await _shop.StartAsync();
        await using var database = await WarehouseDatabase.OpenReadOnlyAsync(_shop.Workspace, _clock, CancellationToken.None);
        await using var connection = await database.ConnectAsync(CancellationToken.None);
        var acts = await connection.RowsAsync("SELECT actor, action, subject, detail FROM ops.audit_log ORDER BY entry", row => string.Join('|', Enumerable.Range(0, 4).Select(row.GetString)), CancellationToken.None);

        var owner = Environment.UserName;
        foreach (var act in new[]
        {
            $"{owner}|user add|audited|", $"{owner}|user password|audited|", "audited|sign in|audited|", "audited|sign out|audited|",
            $"{owner}|user key|audited|", $"{owner}|user revoke|{key.Split('_')[1]}|", "nobody|lock out|user audited|", $"{owner}|user remove|audited|",
        })
        {
            Assert.Contains(acts, entry => entry.StartsWith(act, StringComparison.Ordinal));
        }

        Assert.DoesNotContain(acts, entry => entry.Contains(Password, StringComparison.Ordinal) || entry.Contains(key.Split('_')[2], StringComparison.Ordinal));
        Assert.False(File.Exists(_shop.Workspace.PathOf("access.journal")));
    }

    [Fact]
    public async Task AKey_GoesBeforeACookie()
    {
        using var browser = await SignedInAsync("both", "admin");
        using var answer = await browser.SendAsync(HttpMethod.Get, Page, null, ("Authorization", "Bearer wh_no_key"));

        Assert.Equal(StatusCodes.Status401Unauthorized, (int)answer.StatusCode);
    }

    private void SetUp(string name, string role, params string[] cubes)
    {
        _shop.Access.Put(name, role, cubes);
        _shop.Access.SetPassword(name, Password);
    }

    private async Task<Browser> SignedInAsync(string name, string role, params string[] cubes)
    {
        SetUp(name, role, cubes);
        var browser = new Browser(_shop.Url);
        using var answer = await browser.SignInAsync(name, Password);
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        return browser;
    }
}
