using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>Who is who, asked and decided from the command line.</summary>
public class IdentityTests
{
    [Fact]
    public async Task Merge_Split_AndUndo_AreToldAndExplained()
    {
        using var folder = new FreshFolder();
        folder.Write("warehouse.yaml", "name: shop\ncurrency: GBP\ncalendar: {from: 2020-01-01, to: 2030-01-01}\n");
        foreach (var source in new[] { "crm", "web" })
        {
            folder.Write($"feeds/{source}.yaml", $"source: {{files: data/{source}.csv}}\nidentity: {source}\ninto: customer\ncolumns: {{id: id, email: email, city: city}}\n");
        }

        folder.Write("identity.yaml", "rules:\n- match: email\n");
        folder.Write("data/crm.csv", "id,email,city\nC1,ann@example.com,York\nC2,bo@example.com,Bath\n");
        folder.Write("data/web.csv", "id,email,city\nW1,Ann@Example.com,Leeds\nW2,,Hull\n");
        Assert.Contains("There is no database", (await AskAsync("customer", "merge", "C1", "W2")).Error, StringComparison.Ordinal);
        (await AskAsync("load")).Done();

        var merged = (await AskAsync("customer", "merge", "C2", "web:W2", "--reason", "told us on the phone", "--by", "anna")).Done();
        Assert.Contains("Decided: crm:C2, web:W2 are one person (told us on the phone, anna).", merged.Error, StringComparison.Ordinal);
        Assert.Equal(["crm:C2 1", "web:W2 1"], merged.Rows.EnumerateArray().Select(row => $"{row[0]} {row[1]}"));
        var reasons = (await AskAsync("customer", "identity", "W2")).Done().Rows.EnumerateArray().Select(row => $"{row[0]} {row[1]} {row[2]} {row[3]} {row[6]}").ToArray();
        Assert.Contains("link crm:C2 web:W2 decided: told us on the phone ", reasons);
        Assert.Contains("decision crm:C2, web:W2  one person: told us on the phone anna", reasons);
        Assert.Contains("link crm:C1 web:W1 same email ", (await AskAsync("customer", "identity", "crm:C1")).Done().Rows.EnumerateArray().Select(row => $"{row[0]} {row[1]} {row[2]} {row[3]} {row[6]}"));
        Assert.Equal(
            ["city Leeds True web:W1 latest", "city York False crm:C1 latest"],
            (await AskAsync("customer", "identity", "C1", "--attributes")).Done().Rows.EnumerateArray().Select(row => $"{row[0]} {row[1]} {row[2]} {row[3]} {row[6]}").Where(row => row.StartsWith("city", StringComparison.Ordinal)));

        var again = await AskAsync("customer", "split", "C2", "W2");
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("'warehouse customer undo crm:C2 web:W2' takes that back", again.Error, StringComparison.Ordinal);
        (await AskAsync("customer", "split", "C1", "W1", "--reason", "mother and daughter")).Done();
        (await AskAsync("customer", "undo", "C1", "W1")).Done();
        (await AskAsync("customer", "undo", "C2")).Done();
        Assert.Equal("rules:\n- match: email\ndecisions:\n", await File.ReadAllTextAsync(Path.Combine(folder.Path, "identity.yaml")));
        Assert.Equal(1, (await AskAsync("customer", "undo", "C2")).ExitCode);
        Assert.Equal(2, (await AskAsync("customer", "merge", "C2", "C9")).ExitCode);
        Assert.Equal(2, (await AskAsync("customer", "identity", "nobody")).ExitCode);
        var taken = (await AskAsync("customer", "identity", "C2")).Done().Rows.EnumerateArray().Select(row => row[0].GetString());
        Assert.Equal(["identifier", "taken back"], taken);

        Task<CommandResult> AskAsync(params string[] arguments) => CommandLine.RunAsync([.. arguments, "-w", folder.Path, "--format", "json"]);
    }
}
