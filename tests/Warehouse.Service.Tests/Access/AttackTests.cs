using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Warehouse.Service.Tests.Access;

public class AttackTests(AttackTests.SmallBodies fixture) : IClassFixture<AttackTests.SmallBodies>
{
    private readonly ServedShop _shop = fixture.Shop;

    /// <summary>A service that takes bodies of a megabyte.</summary>
    public sealed class SmallBodies : IAsyncLifetime, IDisposable
    {
        public ServedShop Shop { get; } = new() { Definition = "service: {limits: {upload_mb: 1, queries_at_once: 2, waiting: 4}}\n" };

        public Task InitializeAsync() => Shop.InitializeAsync();

        public Task DisposeAsync() => Shop.DisposeAsync();

        public void Dispose() => Shop.Dispose();
    }

    [Theory]
    [InlineData("/api/v1/load?file=/etc/passwd")]
    [InlineData("/api/v1/load?mended=../access.json")]
    [InlineData("/api/v1/load?out=/tmp/x")]
    [InlineData("/api/v1/load?workspace=/")]
    [InlineData("/api/v1/query?cube=sales&measures=lines&file=/etc/passwd")]
    [InlineData("/api/v1/query?cube=@/etc/passwd&measures=lines")]
    [InlineData("/api/v1/query?cube=sales&measures=@/etc/passwd")]
    [InlineData("/api/v1/segment/preview?segment=../../access")]
    [InlineData("/api/v1/segment/preview?segment=--out=/tmp/x")]
    [InlineData("/api/v1/schema?name=--out&name=/tmp/x")]
    [InlineData("/api/v1/rfm?window=--out%3D/tmp/x")]
    public async Task FilesOfTheServer_AreNotNamedByCallers(string address)
    {
        var client = _shop.ClientOf("admin");
        var isLoad = address.Contains("/load", StringComparison.Ordinal);
        using var response = isLoad ? await client.PostAsync(address, null) : await client.GetAsync(address);
        var told = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain("root:", told, StringComparison.Ordinal);
        Assert.DoesNotContain("passwordHash", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x'; DROP TABLE star.fact_sale; --")]
    [InlineData("P1' OR '1'='1")]
    [InlineData("\" UNION SELECT * FROM ops.audit_log --")]
    [InlineData("read_text('/etc/passwd')")]
    [InlineData("product.id = read_text('/etc/passwd')")]
    [InlineData("(select 1)")]
    public async Task Sql_IsNeverMadeOfWhatCallersSay(string text)
    {
        var client = _shop.ClientOf("viewer");
        foreach (var part in new[] { "where", "having", "by", "order", "measures", "top", "compare", "as-of", "totals", "pivot" })
        {
            using var response = await client.GetAsync($"/api/v1/query?cube=sales&measures={(part == "measures" ? "" : "lines&" + part + "=")}{Uri.EscapeDataString(text)}");
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.DoesNotContain("root:", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Contains(ServedShop.Lines.ToString(System.Globalization.CultureInfo.InvariantCulture), await client.GetStringAsync("/api/v1/query?cube=sales&measures=lines"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATextInAFilter_IsAValue_WhateverStandsInIt()
    {
        var answer = await _shop.ClientOf("viewer").GetStringAsync($"/api/v1/query?cube=sales&measures=lines&where={Uri.EscapeDataString("product.id = 'x''; DROP TABLE star.fact_sale; --'")}");

        Assert.Contains("\"rows\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOversizedBody_IsRefused_AndTheServiceGoesOn()
    {
        var client = _shop.ClientOf("steward");
        using var form = new MultipartFormDataContent { { new StringContent("orders"), "feed" } };
        form.Add(new ByteArrayContent(new byte[3 * 1024 * 1024]), "file", "big.csv");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/load") { Content = form };
        request.Headers.ExpectContinue = true;
        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health")).StatusCode);
    }

    [Fact]
    public async Task AnUploadedName_IsNoPath()
    {
        using var form = new MultipartFormDataContent { { new StringContent("orders"), "feed" } };
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(ServedShop.Orders(3, firstOrder: 90_000))), "file", "../../../../tmp/evil.csv");
        using var response = await _shop.ClientOf("steward").PostAsync("/api/v1/load", form);

        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        Assert.False(File.Exists("/tmp/evil.csv"));
    }

    [Theory]
    [InlineData("GET /health HTTP/1.1\r\nHost: x\r\nX-A: a\r\nX-A : b\r\n\r\n")]
    [InlineData("GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /ready HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /api/v1/query?cube=sales%0d%0aSet-Cookie:x=1&measures=lines HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("\0\0\0\0\r\n\r\n")]
    public async Task BrokenRequests_GetNoHeaderOfTheirOwn(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _shop.Url.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        socket.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();

        Assert.DoesNotContain("Set-Cookie", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("HTTP/1.1 200 OK\r\n\r\nHTTP", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoAsksForTooMuchAtOnce_IsToldToComeAgain_AndOthersAreNotKeptOut()
    {
        var greedy = _shop.ClientOf("analyst");
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(place => greedy.GetAsync($"/api/v1/rfm?bins={(place % 7) + 2}&as-of=2025-12-{(place % 28) + 1:00}")));

        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Contains(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.All(answers, answer => Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.TooManyRequests, answer.StatusCode.ToString()));
        Assert.Equal(HttpStatusCode.OK, (await _shop.ClientOf("viewer").GetAsync("/api/v1/query?cube=sales&measures=lines")).StatusCode);
    }

    [Fact]
    public void Passwords_AreSlowToGuess_AndKeptAsHashesAlone()
    {
        _shop.Access.Put("ann", "analyst", []);
        _shop.Access.SetPassword("ann", "correct horse battery");
        var key = _shop.Access.AddKey("ann", null);
        var file = File.ReadAllText(_shop.Workspace.PathOf("access.json"));

        Assert.NotNull(_shop.Access.UserOfPassword("ann", "correct horse battery"));
        Assert.Null(_shop.Access.UserOfPassword("ann", "correct horse"));
        Assert.Null(_shop.Access.UserOfPassword("nobody", "correct horse battery"));
        Assert.DoesNotContain("correct horse", file, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Split('_')[2], file, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_shop.Workspace.PathOf("access.json")));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_shop.Workspace.PathOf("service.json")));
        }
    }

    [Fact]
    public async Task ChangesAtOnce_ToWhoMayAsk_LoseNone()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 40), (place, _) =>
        {
            new Warehouse.Service.Access.AccessFile(_shop.Workspace, TimeProvider.System).Put($"user{place}", "viewer", []);
            return ValueTask.CompletedTask;
        });

        Assert.Equal(40, _shop.Access.Current.Users.Count(user => user.Name.StartsWith("user", StringComparison.Ordinal)));
    }
}
