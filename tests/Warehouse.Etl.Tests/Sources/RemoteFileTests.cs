using System.IO.Compression;
using System.Text;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Loading;
using Warehouse.Etl.Staging.Remote;

namespace Warehouse.Etl.Tests.Sources;

/// <summary>Files from web servers, these being as bad as they can be.</summary>
public sealed class RemoteFileTests : EtlTest
{
    private const string Sales = SaleHeader + "A,1,2026-01-05,C1,p,2,3.5\nA,2,2026-01-05,C1,q,1,1.5\n";
    private const string Totals = "SELECT count(*), sum(net_amount) FROM star.fact_sale";

    private static readonly DownloadLimits Impatient = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), 10_000, 2);

    [Fact]
    public async Task File_IsLoaded_AndAfterwardsNotFetchedAgain()
    {
        await using var server = new WebServer(request => request.Headers.GetValueOrDefault("If-None-Match") == "\"v1\""
            ? WebAnswer.Head("304 Not Modified", "", [])
            : WebAnswer.Of(Sales, headers: "ETag: \"v1\"\r\nLast-Modified: Mon, 05 Jan 2026 10:00:00 GMT\r\n"));
        FeedOf(server.Address("sales.csv"));

        var first = await LoadAsync(DownloadLimits.Usual);
        var again = await LoadAsync(DownloadLimits.Usual);

        Assert.Equal((2, 2, server.Address("sales.csv")), (first.Files[0].RowsRead, first.Files[0].RowsLoaded, first.Files[0].Source));
        Assert.Null(again.Generation);
        Assert.Equal((2, 2, true), (again.Files[0].RowsRead, again.Files[0].RowsAlreadyLoaded, again.Files[0].IsKnown));
        Assert.Equal("Mon, 05 Jan 2026 10:00:00 GMT", server.Requests.Last().Headers["If-Modified-Since"]);
        Assert.Equal("2 | 8.5000", await RowAsync(Totals));
    }

    [Fact]
    public async Task SameContentWithoutAnyMark_IsKnownByItsHash_AndNewContentIsLoaded()
    {
        var body = Sales;
        await using var server = new WebServer(_ => WebAnswer.Of(body));
        FeedOf(server.Address("sales.csv"));

        await LoadAsync(DownloadLimits.Usual);
        var same = await LoadAsync(DownloadLimits.Usual);
        body = SaleHeader + "B,1,2026-01-06,C1,p,1,10\n";
        var other = await LoadAsync(DownloadLimits.Usual);

        Assert.True(same.Files[0].IsKnown);
        Assert.Equal(1, other.Files[0].RowsLoaded);
        Assert.Equal("3 | 18.5000", await RowAsync(Totals));
    }

    [Fact]
    public async Task ServerThatLiesAboutAChange_CannotMakeAFileLoadTwice()
    {
        var tag = 0;
        await using var server = new WebServer(_ => WebAnswer.Of(Sales, headers: FormattableString.Invariant($"ETag: \"v{++tag}\"\r\n")));
        FeedOf(server.Address("sales.csv"));

        await LoadAsync(DownloadLimits.Usual);
        await LoadAsync(DownloadLimits.Usual);

        Assert.Equal("2 | 8.5000", await RowAsync(Totals));
    }

    [Fact]
    public async Task NotModifiedThatNobodyAskedFor_IsAFault()
    {
        await using var server = new WebServer(_ => WebAnswer.Head("304 Not Modified", "", []));
        FeedOf(server.Address("sales.csv"));

        await RefusedAsync("304", DownloadLimits.Usual);
    }

    [Fact]
    public async Task CompressedFiles_ByNameOrByHeader_AreUnpacked()
    {
        await using var server = new WebServer(request => request.Path == "/a.csv.gz"
            ? WebAnswer.Of(Zipped(Sales))
            : WebAnswer.Of(Zipped(SaleHeader + "B,1,2026-01-06,C1,p,1,10\n"), headers: "Content-Encoding: gzip\r\n"));
        FeedOf(server.Address("a.csv.gz"), server.Address("b.csv"));

        await LoadAsync(DownloadLimits.Usual);

        Assert.Equal("3 | 18.5000", await RowAsync(Totals));
    }

    [Fact]
    public async Task OtherFormats_AreToldByThePath_NotByTheQuery()
    {
        await using var server = new WebServer(_ => WebAnswer.Of(
            "{\"order\":\"A\",\"line\":1,\"at\":\"2026-01-05\",\"customer\":\"C1\",\"product\":\"p\",\"quantity\":2,\"price\":3.5}\n"));
        FeedOf(server.Address("sales.jsonl?day=5"));

        await LoadAsync(DownloadLimits.Usual);

        Assert.Equal("1 | 7.0000", await RowAsync(Totals));
    }

    [Fact]
    public async Task FileOption_TakesAnAddress()
    {
        await using var server = new WebServer(_ => WebAnswer.Of(Sales));
        FeedOf("data/none.csv");

        await LoadFileAsync(server.Address("sales.csv"));

        Assert.Equal("2 | 8.5000", await RowAsync(Totals));
    }

    [Theory]
    [InlineData("404 Not Found", "is not there (404 Not Found)")]
    [InlineData("410 Gone", "is not there (410 Gone)")]
    [InlineData("401 Unauthorized", "does not let you read it (401 Unauthorized)")]
    [InlineData("403 Forbidden", "does not let you read it (403 Forbidden)")]
    [InlineData("500 Internal Server Error", "the server failed (500 Internal Server Error)")]
    [InlineData("503 Service Unavailable", "the server failed (503 Service Unavailable)")]
    [InlineData("206 Partial Content", "answers 206 Partial Content")]
    [InlineData("418 Teapot", "answers 418 Teapot")]
    public async Task OtherAnswer_IsTold_AndNothingLoaded(string status, string expected)
    {
        await using var server = new WebServer(_ => WebAnswer.Of(Sales, status));
        FeedOf(server.Address("sales.csv"));

        await RefusedAsync(expected, DownloadLimits.Usual);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html>Sign in</html>", "")]
    [InlineData("\uFEFF \r\n<HTML><body>Sign in</body></html>", "Content-Type: text/csv\r\n")]
    [InlineData("order,line\n", "Content-Type: text/html; charset=utf-8\r\n")]
    public async Task WebPageInPlaceOfAFile_IsTold(string page, string headers)
    {
        await using var server = new WebServer(_ => WebAnswer.Of(page, headers: headers));
        FeedOf(server.Address("sales.csv"));

        await RefusedAsync("a web page, not a file", DownloadLimits.Usual);
    }

    [Theory]
    [InlineData("Content-Length: 5000\r\n", "order,line", "broke off after 10 of 5000 bytes")]
    [InlineData("Transfer-Encoding: chunked\r\n", "a\r\norder,line\r\n", "broke off after 10 bytes")]
    public async Task ConnectionCutMidway_IsTold(string headers, string body, string expected)
    {
        await using var server = new WebServer(_ => WebAnswer.Head("200 OK", headers, Encoding.UTF8.GetBytes(body)));
        FeedOf(server.Address("sales.csv"));

        await RefusedAsync(expected, DownloadLimits.Usual);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("Content-Length: 5000\r\n", "order,line")]
    public async Task ServerThatFallsSilent_IsLeft(string headers, string body)
    {
        await using var server = new WebServer(_ => body.Length == 0
            ? new WebAnswer([], StaysSilent: true)
            : WebAnswer.Head("200 OK", headers, Encoding.UTF8.GetBytes(body), staysSilent: true));
        FeedOf(server.Address("sales.csv"));

        await RefusedAsync("said nothing for 1 seconds", Impatient);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FileBeyondTheLimitOfBytes_IsRefused(bool saysItsLength)
    {
        var body = Encoding.UTF8.GetBytes(SaleHeader + new string('x', 20_000));
        await using var server = new WebServer(_ => saysItsLength ? WebAnswer.Of(body) : WebAnswer.Head("200 OK", "", body));
        FeedOf(server.Address("sales.csv"));

        await RefusedAsync("has more than 10000 bytes", Impatient);
    }

    [Fact]
    public async Task Redirects_AreFollowed_ButNotForEver()
    {
        await using var server = new WebServer(request => request.Path switch
        {
            "/a.csv" => WebAnswer.Head("302 Found", "Location: /b.csv\r\n", []),
            "/b.csv" => WebAnswer.Of(Sales),
            _ => WebAnswer.Head("307 Temporary Redirect", "Location: /loop.csv\r\n", []),
        });
        FeedOf(server.Address("a.csv"));
        await LoadAsync(Impatient);
        Assert.Equal("2 | 8.5000", await RowAsync(Totals));

        FeedOf(server.Address("loop.csv"));
        await RefusedAsync("redirects more than 2 times", Impatient, isEmpty: false);
    }

    [Fact]
    public async Task UserAndPassword_AreSentToTheirServerAlone_AndToldToNobody()
    {
        await using var other = new WebServer(_ => WebAnswer.Of("", "404 Not Found"));
        await using var server = new WebServer(_ => WebAnswer.Head("302 Found", $"Location: {other.Address("b.csv")}\r\n", []));
        FeedOf("data/none.csv");

        var fault = await Assert.ThrowsAsync<UserFaultException>(
            () => LoadFileAsync($"http://me:s3cret@{server.Authority}/a.csv?token=t0ken"));

        Assert.Equal("Basic bWU6czNjcmV0", Assert.Single(server.Requests).Headers["Authorization"]);
        Assert.False(Assert.Single(other.Requests).Headers.ContainsKey("Authorization"));
        Assert.StartsWith($"http://{server.Authority}/a.csv?… cannot be fetched", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("t0ken", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecretsOfLoadedFiles_AreNotKept()
    {
        await using var server = new WebServer(_ => WebAnswer.Of(Sales, headers: "ETag: \"v1\"\r\n"));
        FeedOf("data/none.csv");

        await LoadFileAsync($"http://me:s3cret@{server.Authority}/a.csv?token=t0ken");

        Assert.Equal($"http://{server.Authority}/a.csv?…", await RowAsync("SELECT source FROM ops.load"));
        Assert.Empty(await RowsAsync("SELECT 1 FROM ops.load AS said WHERE CAST(said AS VARCHAR) LIKE '%s3cret%' OR CAST(said AS VARCHAR) LIKE '%t0ken%'"));
    }

    [Fact]
    public async Task VariableOfTheEnvironment_StandsForASecret()
    {
        await using var server = new WebServer(request => WebAnswer.Of(request.Path == "/a.csv?token=a%26b" ? Sales : "", request.Path == "/a.csv?token=a%26b" ? "200 OK" : "403 Forbidden"));
        FeedOf(server.Address("a.csv?token=${WAREHOUSE_TEST_TOKEN}"));
        var unset = await Assert.ThrowsAsync<UserFaultException>(() => LoadAsync(DownloadLimits.Usual));
        Assert.Contains("WAREHOUSE_TEST_TOKEN, which is not set", unset.Message, StringComparison.Ordinal);

        Environment.SetEnvironmentVariable("WAREHOUSE_TEST_TOKEN", "a&b");
        try
        {
            await LoadAsync(DownloadLimits.Usual);
        }
        finally
        {
            Environment.SetEnvironmentVariable("WAREHOUSE_TEST_TOKEN", null);
        }

        Assert.Equal("2 | 8.5000", await RowAsync(Totals));
    }

    [Fact]
    public async Task CancelledLoad_StopsFetching()
    {
        await using var server = new WebServer(_ => new WebAnswer([], StaysSilent: true));
        FeedOf(server.Address("sales.csv"));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new Loader(Warehouse.Database, Time).LoadAsync(FeedCatalogue.Read(Warehouse.Workspace), null, null, stop.Token));
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[fe80::1]/x.csv")]
    [InlineData("http://[::ffff:169.254.169.254]/x.csv")]
    public async Task RedirectToWhatAMachineAsksForItself_IsRefused(string address)
    {
        await using var server = new WebServer(_ => WebAnswer.Head("302 Found", $"Location: {address}\r\n", []));
        FeedOf(server.Address("sales.csv"));

        await RefusedAsync("nothing is asked there", DownloadLimits.Usual);
    }

    [Fact]
    public void RedirectFromHttpsToHttp_IsRefused()
    {
        var fault = Assert.Throws<UserFaultException>(
            () => FileAddress.Read("https://example.com/a.csv?key=k").Follow(new Uri("http://example.com/a.csv?key=k")));

        Assert.Contains("from https to http", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("key=k", fault.Message, StringComparison.Ordinal);
        Assert.Equal("https://b.org/x.csv", FileAddress.Read("http://a.org/").Follow(new Uri("https://b.org/x.csv")).Name);
        Assert.Throws<UserFaultException>(() => FileAddress.Read("https://a.org/").Follow(new Uri("file:///etc/passwd")));
        Assert.Throws<UserFaultException>(() => FileAddress.Read("https://a.org/").Follow(null));
    }

    [Theory]
    [InlineData("ftp://example.com/a.csv", "by http and https, not by ftp")]
    [InlineData("https://", "no address")]
    [InlineData("https://me:secret@example.com/a.csv", "A password does not belong into a definition")]
    public void WrongAddress_IsAFaultOfTheDefinition(string address, string expected)
    {
        FeedOf(address);

        var fault = Assert.Throws<DefinitionException>(() => FeedCatalogue.Read(Warehouse.Workspace));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Contains("feeds/sales.yaml:1:", fault.Message, StringComparison.Ordinal);
    }

    private static byte[] Zipped(string text)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return zipped.ToArray();
    }

    private void FeedOf(params string[] files) =>
        Feed("sales", SaleFeed.Replace("\"data/sales*.csv\"", $"[{string.Join(", ", files.Select(file => $"\"{file}\""))}]", StringComparison.Ordinal));

    private Task<LoadReport> LoadAsync(DownloadLimits limits) => new Loader(Warehouse.Database, Time) { DownloadLimits = limits }.LoadAsync(
        FeedCatalogue.Read(Warehouse.Workspace), null, null, CancellationToken.None);

    private async Task RefusedAsync(string expected, DownloadLimits limits, bool isEmpty = true)
    {
        var fault = await Assert.ThrowsAsync<UserFaultException>(() => LoadAsync(limits));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was loaded.", fault.Message, StringComparison.Ordinal);
        Assert.Equal(isEmpty ? "0 | NULL" : "2 | 8.5000", await RowAsync(Totals));
    }
}
