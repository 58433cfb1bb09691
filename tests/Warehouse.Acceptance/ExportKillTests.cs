using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Warehouse.Acceptance;

/// <summary>An export that is killed in the middle is completed by the next one: nobody is lost, and nobody is sent twice with effect.</summary>
public class ExportKillTests
{
    private const int Customers = 3000;
    private const int BatchRows = 100;
    private const string SecretVariable = "WAREHOUSE_TEST_KILLED_SECRET";

    [SkippableTheory]
    [InlineData(3, true)]
    [InlineData(9, false)]
    public async Task Webhook_KilledBetweenBatches_GetsEveryBatchOnce(int batches, bool answersBeforeTheKill)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs kill -9");
        Environment.SetEnvironmentVariable(SecretVariable, "s3cret");
        using var shop = Shop();
        (await shop.RunAsync("load")).Done();
        using var receiver = new Receiver();
        shop.Write("destinations/hook.yaml", $"to: webhook\nurl: {receiver.Address}\nsecret: {SecretVariable}\nbatch: {BatchRows}\ntimeout: 20\nretry: {{attempts: 2, pause: 0.01}}\ncolumns: {{id: customer_id, value: value}}\n");

        for (var time = 1; time <= 3; time++)
        {
            await receiver.KillAfterAsync(CommandLine.Start("segment", "export", "everybody", "--to", "hook", "-w", shop.Path), batches * time, answersBeforeTheKill);
        }

        receiver.StopKilling();
        Assert.Contains("3,000 changes", (await shop.RunAsync("segment", "export", "everybody", "--to", "hook")).Done().Output, StringComparison.Ordinal);

        Assert.Equal(Customers / BatchRows, receiver.Accepted.Count);
        Assert.Equal(Customers, receiver.Accepted.Values.SelectMany(Ids).Distinct().Count());
        Assert.Contains("knows everything already", (await shop.RunAsync("segment", "export", "everybody", "--to", "hook")).Done().Output, StringComparison.Ordinal);
        await RequireOneExportAsync(shop);
    }

    [SkippableFact]
    public async Task WatchedFolder_KilledWhileItIsWritten_HoldsOneWholeFile()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs kill -9");
        using var shop = Shop();
        (await shop.RunAsync("load")).Done();
        shop.Write("destinations/outbox.yaml", "to: folder\npath: exports/outbox\nformat: xlsx\ncolumns: {id: customer_id, value: value, why: reason}\n");
        var folder = Path.Combine(shop.Path, "exports", "outbox");
        var killed = 0;
        for (var time = 0; time < 3; time++)
        {
            using var export = CommandLine.Start("segment", "export", "everybody", "--to", "outbox", "-w", shop.Path);
            while (!export.HasExited && !(Directory.Exists(folder) && Directory.EnumerateFiles(folder, ".*").Any()))
            {
                await Task.Delay(2);
            }

            export.Kill(entireProcessTree: true);
            await export.WaitForExitAsync();
            killed += export.ExitCode == 0 ? 0 : 1;
        }

        var last = (await shop.RunAsync("segment", "export", "everybody", "--to", "outbox")).Done();

        Assert.True(killed > 0 || last.Output.Contains("knows everything", StringComparison.Ordinal));
        var file = Assert.Single(Directory.EnumerateFiles(folder), path => !Path.GetFileName(path).StartsWith('.'));
        Assert.Equal(0, (await shop.RunAsync("export", "rebuild", "0", "--out", Path.Combine(shop.Path, "again.xlsx"))).ExitCode);
        Assert.Equal(await File.ReadAllBytesAsync(file), await File.ReadAllBytesAsync(Path.Combine(shop.Path, "again.xlsx")));
        await RequireOneExportAsync(shop);
    }

    private static SmallShop Shop()
    {
        var shop = new SmallShop(0);
        var orders = new StringBuilder("order,line,at,customer,product,quantity,price\n");
        for (var customer = 0; customer < Customers; customer++)
        {
            orders.Append(CultureInfo.InvariantCulture, $"O{customer},1,2024-01-01 10:00:00,C{customer},P1,1,{customer % 90}.25\n");
        }

        shop.Write("data/orders.csv", orders.ToString());
        shop.Write("segments/everybody.yaml", "where: {all: []}\n");
        return shop;
    }

    private static async Task RequireOneExportAsync(SmallShop shop)
    {
        var export = Assert.Single((await shop.RunAsync("export", "list", "--format", "json")).Done().Rows.EnumerateArray());
        Assert.Equal(Customers, export[7].GetInt32());
        Assert.True(export[9].GetBoolean());
        var audit = JsonDocument.Parse((await shop.RunAsync("status", "--audit", "--format", "json")).Done().Output).RootElement;
        Assert.Empty(audit.GetProperty("faults").EnumerateArray());
    }

    private static IEnumerable<string> Ids(string body) =>
        JsonDocument.Parse(body).RootElement.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("id").GetString()!);

    /// <summary>Takes batches over HTTP by their ids, and kills the sender after as many as wanted.</summary>
    private sealed class Receiver : IDisposable
    {
        private readonly HttpListener _listener = new();
        private System.Diagnostics.Process? _sender;
        private int _killAfter = int.MaxValue;
        private bool _answers;

        public Receiver()
        {
            using (var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/lists/";
            }

            _listener.Prefixes.Add(Address);
            _listener.Start();
            _ = ServeAsync();
        }

        public string Address { get; }

        public Dictionary<string, string> Accepted { get; } = new(StringComparer.Ordinal);

        public async Task KillAfterAsync(System.Diagnostics.Process sender, int batches, bool answers)
        {
            (_sender, _killAfter, _answers) = (sender, batches, answers);
            await sender.WaitForExitAsync();
            Assert.NotEqual(0, sender.ExitCode);
            sender.Dispose();
        }

        public void StopKilling() => _killAfter = int.MaxValue;

        public void Dispose() => ((IDisposable)_listener).Dispose();

        private async Task ServeAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                try
                {
                    await TakeAsync(context);
                }
                catch (Exception gone) when (gone is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
                {
                    // The sender was killed while it spoke, or had ended before it could be.
                }
            }
        }

        private async Task TakeAsync(HttpListenerContext context)
        {
            using var reader = new StreamReader(context.Request.InputStream);
            var (id, body) = (context.Request.Headers["webhook-id"]!, await reader.ReadToEndAsync());
            Assert.Equal(body, Accepted.GetValueOrDefault(id, body));
            Accepted[id] = body;
            var kills = Accepted.Count >= _killAfter;
            if (kills && !_answers)
            {
                _sender!.Kill(entireProcessTree: true);
                context.Response.Abort();
                return;
            }

            context.Response.Close();
            if (kills)
            {
                _sender!.Kill(entireProcessTree: true);
            }
        }
    }
}
