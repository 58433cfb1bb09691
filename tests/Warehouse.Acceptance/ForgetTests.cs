using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Warehouse.Acceptance;

/// <summary><c>warehouse customer forget</c> and <c>disclose</c> as people run them.</summary>
public class ForgetTests
{
    private const string People =
        """
        id,first,last,email,phone,street,born
        K1001,Aurélie,Müller-Öz,aurelie@example.org,+44 20 7946 0001,1 Elm Road,1980
        K1002,Ben,Oak,ben@example.org,+44 20 7946 0002,2 Elm Road,1981
        K10010,Cay,Fir,cay@example.org,+44 20 7946 0003,3 Elm Road,1982
        K1001,Aurélie,Müller-Öz,aurelie.new@example.org,+44 20 7946 0001,1 Elm Road,never
        """;

    private const string Orders = "order,line,at,customer,product,quantity,price\nO1,1,2024-01-01 10:00:00,K1001,P1,1,10\nO2,1,2024-01-02 10:00:00,K1002,P1,1,20\nO3,1,2024-01-03 10:00:00,aurelie@example.org,P1,1,30\nO4,1,2024-01-04 10:00:00,K10010,P1,1,40\n";

    [Fact]
    public async Task ForgottenCustomer_LeavesNoTrace_ComesNotBack_AndHisSalesStay()
    {
        using var shop = Shop();
        Pack(shop, "data/people.csv.gz", People);
        (await shop.RunAsync("load")).Done();
        Assert.Contains("K1001", (await shop.RunAsync("segment", "export", "buyers", "--to", "mailer")).Done().Output + await ExportsAsync(shop), StringComparison.Ordinal);
        (await shop.RunAsync("segment", "build", "buyers")).Done();
        (await shop.RunAsync("customer", "show", "K1001")).Done();
        Assert.Contains("aurelie@example.org", (await shop.RunAsync("customer", "disclose", "K1001")).Done().Output, StringComparison.Ordinal);
        Assert.Contains("<td>aurelie@example.org</td>", (await shop.RunAsync("customer", "disclose", "K1001", "--format", "html")).Done().Output, StringComparison.Ordinal);
        var totals = await shop.TotalsAsync();

        var forget = await shop.RunAsync("customer", "forget", "aurelie@example.org", "--purpose", "his letter");
        Assert.True(forget.ExitCode == 0, forget.Error + forget.Output);

        Assert.Empty(Traces(shop.Path));
        Assert.Equal(totals, await shop.TotalsAsync());
        Assert.Contains("Tell them to forget him, too: mailer", forget.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await shop.RunAsync("customer", "show", "K1001")).ExitCode);
        Assert.Contains("K1002", (await shop.RunAsync("customer", "show", "K1002")).Done().Output, StringComparison.Ordinal);

        // Nothing is new in the files that were written anew; the same files from elsewhere bring nothing of him back.
        (await shop.RunAsync("load")).Done();
        Assert.Equal(totals, await shop.TotalsAsync());
        Pack(shop, "data/people-again.csv.gz", People);
        shop.Write("data/orders-again.csv", Orders + "O5,1,2024-02-01 10:00:00,K1001,P1,1,50\n");
        var again = await shop.RunAsync("load");
        Assert.True(again.ExitCode is 0 or 3, again.Error);
        File.Delete(Path.Combine(shop.Path, "data", "people-again.csv.gz"));
        File.Delete(Path.Combine(shop.Path, "data", "orders-again.csv"));
        Assert.Empty(Traces(shop.Path));
        Assert.Equal("5 150", await shop.TotalsAsync());
        Assert.Equal(2, (await shop.RunAsync("customer", "show", "aurelie@example.org")).ExitCode);
        (await shop.RunAsync("segment", "export", "buyers", "--to", "mailer")).Done();
        Assert.DoesNotContain("forgotten:", await ExportsAsync(shop), StringComparison.Ordinal);

        var status = (await shop.RunAsync("status", "--audit", "--format", "json")).Done();
        Assert.Empty(JsonDocument.Parse(status.Output).RootElement.GetProperty("faults").EnumerateArray());
    }

    [Fact]
    public async Task AuditLogThatWasCutOff_IsNoticed()
    {
        using var shop = Shop();
        Pack(shop, "data/people.csv.gz", People);
        (await shop.RunAsync("load")).Done();
        (await shop.RunAsync("customer", "show", "K1002")).Done();
        (await shop.RunAsync("customer", "show", "K1002")).Done();
        Assert.Contains("2 entries", (await shop.RunAsync("status", "--audit")).Done().Output, StringComparison.Ordinal);

        var chain = Path.Combine(shop.Path, "audit.chain");
        await File.WriteAllLinesAsync(chain, (await File.ReadAllLinesAsync(chain)).Take(1));

        var status = await shop.RunAsync("status", "--audit");
        Assert.Equal(3, status.ExitCode);
        Assert.Contains("was cut off", status.Output, StringComparison.Ordinal);
    }

    private static SmallShop Shop()
    {
        var shop = new SmallShop(0);
        shop.Write("feeds/orders.yaml", "changes: correct\n" + SmallShop.FeedText.Replace("  customer: customer\n", "  customer:\n  - {from: customer, matches: \".+@.+\", identity: email}\n  - {from: customer, identity: shop}\n", StringComparison.Ordinal));
        shop.Write("feeds/people.yaml", "feed: people\nsource: {files: \"data/people*.csv.gz\"}\nidentity: shop\nreject_limit: 100%\ninto: customer\ncolumns: {id: id, given_name: first, family_name: last, email: email, phone: phone, street: street, birth_year: born}\nidentifiers: [{identity: email, from: email}]\n");
        shop.Write("feeds/consents.yaml", "feed: consents\nsource: {files: data/consents.jsonl}\nidentity: shop\ninto: consent\ncolumns: {customer: id, channel: channel, is_granted: granted, stated_at: at}\n");
        shop.Write("data/orders.csv", Orders);
        shop.Write("data/consents.jsonl", string.Concat(((string[])["K1001", "K1002", "K10010"]).Select(id => $"{{\"id\":\"{id}\",\"channel\":\"email\",\"granted\":true,\"at\":\"2023-01-01T00:00:00Z\"}}\n")));
        shop.Write("segments/buyers.yaml", "where: {bought: {times: {from: 1}}}\n");
        shop.Write("destinations/mailer.yaml", "to: folder\npath: exports/outbox\nchannel: email\nsend: all\ncolumns: {Mail: email, Id: customer_id, Name: family_name}\n");
        shop.Write("notes/letter.txt", "Aurélie Müller-Öz wrote from aurelie@example.org, and Ben Oak did not.\n");
        return shop;
    }

    private static void Pack(SmallShop shop, string name, string text)
    {
        Directory.CreateDirectory(Path.Combine(shop.Path, "data"));
        using var file = File.Create(Path.Combine(shop.Path, name));
        using var packed = new GZipStream(file, CompressionLevel.Fastest);
        packed.Write(Encoding.UTF8.GetBytes(text));
    }

    private static async Task<string> ExportsAsync(SmallShop shop) =>
        string.Concat(await Task.WhenAll(Directory.GetFiles(Path.Combine(shop.Path, "exports", "outbox")).Order(StringComparer.Ordinal).Select(path => File.ReadAllTextAsync(path))));

    /// <summary>The files of a folder that hold the customer's name, address, number or identifier, packed ones unpacked.</summary>
    private static IEnumerable<string> Traces(string folder)
    {
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            using var file = File.OpenRead(path);
            using var stream = path.EndsWith(".gz", StringComparison.Ordinal) ? (Stream)new GZipStream(file, CompressionMode.Decompress) : file;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            foreach (var trace in (string[])["aurelie", "Aurélie", "Müller-Öz", "7946 0001", "K1001,", "K1001\""])
            {
                if (bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(trace)) >= 0)
                {
                    yield return $"{Path.GetRelativePath(folder, path)}: {trace}";
                }
            }
        }
    }
}
