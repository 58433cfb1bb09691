using System.Net;
using System.Text;
using Warehouse.Client;

namespace Warehouse.Service.Tests.Clients;

/// <summary>The client library beside a real service.</summary>
public class WarehouseClientTests(ServedShop shop) : IClassFixture<ServedShop>
{
    private static readonly Question ByYear = new("sales", "net_sales", "lines") { By = ["date.year"] };

    [Fact]
    public async Task AQuestion_IsAnsweredByValuesOfTheirTypes()
    {
        using var client = Client("viewer");
        var table = await client.QueryAsync(ByYear with { Totals = "grand", Order = "lines desc" });

        Assert.Equal(["date.year", "net_sales", "lines", "total"], table.Columns.Select(column => column.Name));
        Assert.All(table.Rows, row => Assert.True(row[1] is decimal && row[2] is long, string.Join(", ", table.Columns)));
        Assert.True(table.Generation > 0);
        var years = (await client.QueryAsync(ByYear)).As<Year>();
        Assert.Equal(2, years.Count);
        Assert.Equal((long)table.Rows.Single(row => row[0] is null)[2]!, years.Sum(year => year.Lines));
        Assert.Equal((decimal)table.Rows.Single(row => row[0] is null)[1]!, years.Sum(year => year.NetSales));
    }

    [Fact]
    public async Task DaysAndInstants_AreWhatTheyAre()
    {
        using var client = Client("analyst");
        var days = await client.QueryAsync(new Question("sales", "lines") { By = ["date.day"], Limit = 3 });
        var status = await client.StatusAsync();

        Assert.All(days.Rows, row => Assert.IsType<DateOnly>(row[0]));
        Assert.Contains(status, source => source.Feed == "orders" && source.RowsRead == source.RowsLoaded + source.RowsRejected);
    }

    [Fact]
    public async Task Pages_AreTheWholeTable()
    {
        using var client = Client("viewer");
        var question = new Question("sales", "lines") { By = ["product.id", "date.month"] };
        var whole = await client.QueryAsync(question);
        var rows = new List<string>();
        await foreach (var page in client.PagesAsync(question, 50))
        {
            rows.AddRange(page.Rows.Select(row => string.Join('|', row)));
        }

        Assert.True(rows.Count > 100);
        Assert.Equal(whole.Rows.Select(row => string.Join('|', row)), rows);
    }

    [Theory]
    [InlineData(AnswerForm.Csv, "date.year,")]
    [InlineData(AnswerForm.Ndjson, "{\"date.year\"")]
    [InlineData(AnswerForm.Parquet, "PAR1")]
    [InlineData(AnswerForm.Xlsx, "PK")]
    [InlineData(AnswerForm.Arrow, "\uFFFD\uFFFD\uFFFD\uFFFD")]
    public async Task ATable_ComesAsBytes(AnswerForm form, string beginning)
    {
        using var client = Client("viewer");
        await using var bytes = await client.OpenAsync(ByYear, form);
        using var whole = new MemoryStream();
        await bytes.CopyToAsync(whole);

        Assert.StartsWith(beginning, Encoding.UTF8.GetString(whole.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFile_IsSentAndLoaded_AndRecognisedAgain()
    {
        using var client = Client("steward");
        var file = new Upload("file", "late.csv", () => new MemoryStream(Encoding.UTF8.GetBytes(ServedShop.Orders(12, firstOrder: 60_000))));
        var first = await client.LoadAsync("orders", file);
        var second = await client.LoadAsync("orders", file);

        Assert.Equal(12, first.Files.Sum(loaded => loaded.RowsLoaded));
        Assert.Equal((0, 12), (second.Files.Sum(loaded => loaded.RowsLoaded), second.Files.Sum(loaded => loaded.RowsAlreadyLoaded)));
        Assert.False(first.HasReserve);
    }

    [Fact]
    public async Task CustomersAndSegments_AreObjects()
    {
        using var client = Client("campaigner");
        var preview = await client.PreviewSegmentAsync("buyers");
        var customer = await client.CustomerAsync(preview.Examples[0].CustomerId, purpose: "a test");
        var built = await client.BuildSegmentAsync("buyers");

        Assert.True(preview.Members > 0);
        Assert.Equal(preview.Examples[0].CustomerId, customer.Profile.CustomerId);
        Assert.True(customer.OrderCount > 0 && customer.Orders.Count > 0);
        Assert.Contains("buyers", built, StringComparison.Ordinal);
        Assert.Empty(await client.ChurnModelsAsync());
        Assert.Empty(await client.JobHistoryAsync());
    }

    [Fact]
    public async Task WhateverGoesWrong_IsOneException_ThatSaysWhatAProgramCanUse()
    {
        using var viewer = Client("viewer");
        using var nobody = new WarehouseClient(shop.Url, "wh_no_key");
        using var lost = new WarehouseClient(new Uri("http://127.0.0.1:1"), "x", time: new Impatient());

        var name = await Assert.ThrowsAsync<WarehouseException>(() => viewer.QueryAsync(new Question("sales", "net_sals")));
        Assert.Equal((HttpStatusCode.BadRequest, "wrong-request"), (name.Status, name.Code));
        Assert.Contains("net_sales", name.Message, StringComparison.Ordinal);
        Assert.Equal("forbidden", (await Assert.ThrowsAsync<WarehouseException>(() => viewer.StatusAsync())).Code);
        Assert.Equal("who-are-you", (await Assert.ThrowsAsync<WarehouseException>(() => nobody.StatusAsync())).Code);
        Assert.Equal((null, "unreachable"), await ProblemOfAsync(() => lost.StatusAsync()));
    }

    [Fact]
    public async Task ADefinitionAtFault_SaysWhere()
    {
        shop.Folder.Write("segments/faulty.yaml", "segment: faulty\ndescription: x\nwere: {all: []}\n");
        using var client = Client("analyst");
        var fault = await Assert.ThrowsAsync<WarehouseException>(() => client.PreviewSegmentAsync("faulty"));
        File.Delete(Path.Combine(shop.Folder.Path, "segments", "faulty.yaml"));

        Assert.Equal("definition", fault.Code);
        Assert.Contains(fault.Faults, place => place.File!.EndsWith("faulty.yaml", StringComparison.Ordinal) && place.Line == 3);
    }

    [Fact]
    public async Task AWriteWhoseAnswerWasLost_IsSentAgain_AndDoneOnce()
    {
        var lossy = new LosesAnswers(2);
        using var client = new WarehouseClient(shop.Url, Key("steward"), lossy, new Impatient());
        var loaded = await client.LoadAsync("orders", new Upload("file", "lost.csv", () => new MemoryStream(Encoding.UTF8.GetBytes(ServedShop.Orders(6, firstOrder: 65_000)))));

        Assert.Equal(6, loaded.Files.Sum(file => file.RowsLoaded));
        Assert.Equal(3, lossy.Sent);
    }

    private static async Task<(HttpStatusCode? Status, string Code)> ProblemOfAsync(Func<Task> ask)
    {
        var problem = await Assert.ThrowsAsync<WarehouseException>(ask);
        return (problem.Status, problem.Code);
    }

    private WarehouseClient Client(string role) => new(shop.Url, Key(role));

    private string Key(string role)
    {
        shop.Access.Put($"program-{role}", role, []);
        return shop.Access.AddKey($"program-{role}", null);
    }

    private sealed record Year(decimal NetSales, long Lines);

    /// <summary>Gives some answers to nobody, as a connection that breaks does.</summary>
    private sealed class LosesAnswers(int lost) : DelegatingHandler(new SocketsHttpHandler())
    {
        public int Sent { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (++Sent > lost)
            {
                return response;
            }

            response.Dispose();
            throw new HttpRequestException("The connection broke.");
        }
    }

    /// <summary>Does not wait.</summary>
    private sealed class Impatient : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
