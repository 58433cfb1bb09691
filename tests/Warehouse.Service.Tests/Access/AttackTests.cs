using System.IO.Compression;
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

    [Theory]
    [InlineData("bomb.csv.gz")]
    [InlineData("bomb.xlsx")]
    public async Task AFileThatBecomesBoundless_IsNotTaken(string name)
    {
        using var form = new MultipartFormDataContent { { new StringContent("orders"), "feed" } };
        form.Add(new ByteArrayContent(Bomb(name.EndsWith(".gz", StringComparison.Ordinal))), "file", name);
        using var response = await _shop.ClientOf("steward").PostAsync("/api/v1/load", form);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("when it is unpacked", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("broken.csv.gz", new byte[] { 0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    [InlineData("broken.xlsx", new byte[] { (byte)'P', (byte)'K', 3, 4, 5, 6, 7, 8 })]
    public async Task AFileThatCannotBeUnpacked_IsTheCallersFault(string name, byte[] content)
    {
        using var form = new MultipartFormDataContent { { new StringContent("orders"), "feed" } };
        form.Add(new ByteArrayContent(content), "file", name);
        using var response = await _shop.ClientOf("steward").PostAsync("/api/v1/load", form);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/load", "{\"feed\": \"orders\", \"file\": \"http://127.0.0.1/x.csv\"}")]
    [InlineData("/api/v1/load", "{\"feed\": \"http://127.0.0.1/x.csv\"}")]
    [InlineData("/api/v1/query", "{\"cube\": \"sales\", \"measures\": \"lines\", \"file\": \"http://169.254.169.254/q.yaml\"}")]
    [InlineData("/api/v1/segment/export", "{\"segment\": \"buyers\", \"to\": \"http://169.254.169.254/\"}")]
    [InlineData("/api/v1/backup", "{\"out\": \"http://127.0.0.1/\"}")]
    public async Task NoCaller_NamesAnAddressThatTheServiceAsks(string address, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _shop.ClientOf("admin").PostAsync(address, content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    /// <summary>A page of another site, whose name was made to lead to this machine, makes its visitor's browser ask by that name.</summary>
    [Theory]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("[::1]:8765", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.Unauthorized)]
    [InlineData("127.0.0.1.evil.example:8765", HttpStatusCode.Unauthorized)]
    public async Task WhatThisMachineMayAskWithoutAKey_IsAskedByItsOwnName(string? host, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Host = host;
        using var response = await _shop.ClientWith(null).SendAsync(request);

        Assert.Equal(status, response.StatusCode);
    }

    /// <summary>Who sends too slowly is cut off: he holds a connection, and no more.</summary>
    [Theory]
    [InlineData("POST /session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")]
    [InlineData("GET /health HTTP/1.1\r\nHost: x\r\nX-Never: ")]
    public async Task WhoSendsTooSlowly_IsCutOff(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, _shop.Url.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();

        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), answer);
        Assert.Equal(HttpStatusCode.OK, (await _shop.ClientOf("viewer").GetAsync("/health")).StatusCode);
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

    /// <summary>A few kilobytes that become 100 MB: as gzip, or as the sheet of a workbook.</summary>
    private static byte[] Bomb(bool isGzip)
    {
        using var bomb = new MemoryStream();
        using (var archive = isGzip ? null : new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        using (var packed = archive?.CreateEntry("xl/worksheets/sheet1.xml").Open() ?? new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var megabyte = 0; megabyte < 100; megabyte++)
            {
                packed.Write(zeros);
            }
        }

        return bomb.ToArray();
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
