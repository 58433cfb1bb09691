using Warehouse.Campaigns.Destinations;
using Warehouse.Campaigns.Exports;
using Warehouse.Definitions;
using Warehouse.Testing;
using static Warehouse.Campaigns.Tests.Exports.WebhookReceiver;

namespace Warehouse.Campaigns.Tests.Exports;

public class WebhookTests
{
    private const string Variable = "WAREHOUSE_TEST_WEBHOOK_SECRET";

    public WebhookTests() => Environment.SetEnvironmentVariable(Variable, Secret);

    public static TheoryData<string> Troubles() => ["slow", "fails", "lies", "accepts and fails", "drops", "too many", "redirects within"];

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task ReceiverInTrouble_GetsEveryBatch_AndNoneTwice(string trouble)
    {
        await using var warehouse = await MailingShop.OpenAsync(100);
        await using var receiver = new WebhookReceiver(request => (trouble, request % 3) switch
        {
            ("slow", 0) => new Behaviour(Delay: 2_000),
            ("fails", not 2) => new Behaviour(503, Accepts: false),
            ("lies", 0) => new Behaviour(BreaksOff: true),
            ("accepts and fails", 0) => new Behaviour(500),
            ("drops", 0) => new Behaviour(0, Accepts: request % 2 == 0),
            ("too many", 0) => new Behaviour(429, Accepts: false, Headers: "Retry-After: 0\r\n"),
            ("redirects within", 0) => new Behaviour(307, Accepts: false, Headers: "Location: /other\r\n"),
            _ => new Behaviour(),
        });

        var export = await ExportAsync(warehouse, receiver, timeout: trouble == "slow" ? 1 : 30);

        Assert.NotNull(export!.FinishedAt);
        Assert.Equal(4, receiver.Accepted.Count);
        Assert.Equal(Enumerable.Range(1, 100).Select(key => $"added C{key}").Order(), receiver.Customers.Order());
    }

    [Fact]
    public async Task RedirectToAnotherHost_IsNotFollowed_AndIsNoAttemptToRepeat()
    {
        await using var warehouse = await MailingShop.OpenAsync(100);
        await using var stranger = new WebhookReceiver(_ => new Behaviour());
        await using var receiver = new WebhookReceiver(_ => new Behaviour(307, Accepts: false, Headers: $"Location: http://127.0.0.1:{stranger.Port}/lists\r\n"));

        Assert.Contains("it answers 307", (await Assert.ThrowsAsync<UserFaultException>(() => ExportAsync(warehouse, receiver))).Message, StringComparison.Ordinal);
        Assert.Single(receiver.Ids);
        Assert.Empty(stranger.Ids);
    }

    [Fact]
    public async Task ExportThatBrokeOff_GoesOnWhereItWas_WithWhatWasFixed()
    {
        await using var warehouse = await MailingShop.OpenAsync(100);
        await using var receiver = new WebhookReceiver(request => request == 2 ? new Behaviour(400, Accepts: false) : new Behaviour());

        await Assert.ThrowsAsync<UserFaultException>(() => ExportAsync(warehouse, receiver));
        await warehouse.RunAsync("UPDATE star.customer_contact SET email = 'new@example.org' WHERE customer_key = 100");
        var export = await ExportAsync(warehouse, receiver);

        Assert.Equal(0, export!.Key);
        Assert.Equal(5, receiver.Ids.Count);
        Assert.Equal(Enumerable.Range(1, 100).Select(key => $"added C{key}").Order(), receiver.Customers.Order());

        // What changed meanwhile is the next export's.
        await ExportAsync(warehouse, receiver);
        Assert.Equal("changed C100", receiver.Customers[^1]);
        Assert.Null(await ExportAsync(warehouse, receiver));
    }

    [Fact]
    public async Task MissingSecret_SendsNothing()
    {
        await using var warehouse = await MailingShop.OpenAsync(10);
        await using var receiver = new WebhookReceiver(_ => new Behaviour());
        var destination = Destination(receiver, "WAREHOUSE_TEST_NO_SUCH_SECRET");

        Assert.Contains(
            "holds no secret",
            (await Assert.ThrowsAsync<UserFaultException>(() => Lists.ExportEverybodyAsync(warehouse, destination))).Message,
            StringComparison.Ordinal);
        Assert.Empty(receiver.Ids);
    }

    [Fact]
    public async Task RebuiltExport_IsTheBytesThatWereSent()
    {
        await using var warehouse = await MailingShop.OpenAsync(100);
        await using var receiver = new WebhookReceiver(_ => new Behaviour());
        await ExportAsync(warehouse, receiver);
        var path = Path.Combine(warehouse.Folder.Path, "rebuilt.json");

        Assert.True(await new ListExport(warehouse.Database, TimeProvider.System).RebuildAsync(0, path, CancellationToken.None));
        Assert.Equal(string.Concat(receiver.Ids.Select(id => receiver.Accepted[id])), await File.ReadAllTextAsync(path));
    }

    private static Task<Export?> ExportAsync(FreshWarehouse warehouse, WebhookReceiver receiver, int timeout = 30) =>
        Lists.ExportEverybodyAsync(warehouse, Destination(receiver, Variable, timeout));

    private static Destination Destination(WebhookReceiver receiver, string secret, int timeout = 30) => DestinationReader.Read(
        $$"""
        to: webhook
        url: {{receiver.Address}}
        secret: {{secret}}
        channel: email
        batch: 30
        timeout: {{timeout}}
        retry: {attempts: 5, pause: 0.001}
        columns: {id: customer_id, Email: email, value: value, "na\"me": family_name}
        """,
        "destinations/hook.yaml",
        "hook");
}
