using System.Text.RegularExpressions;

namespace Warehouse.Acceptance;

/// <summary>What <c>docs/customers.md</c> shows can be done as it is shown.</summary>
public sealed partial class CustomerDocumentationTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "customers.md"));

    [Fact]
    public async Task Commands_DoWhatTheyAreShownFor()
    {
        using var shop = BusyShop.Create();
        shop.Write("summary.csv", "orders,last,age\n0,0,30\n2,20.5,30\n1,3,28\n5,25,27\n0,0,10\n3,9,38\n1,30,35\n0,0,38\n4,36,38\n");
        (await shop.RunAsync("load")).Done();
        var commands = Page.Split("```sh\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.True(commands.Length > 10);
        foreach (var command in commands)
        {
            var words = command.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal("warehouse", words[0]);
            string[] arguments = [.. words.Skip(1).Select(word => FileName().IsMatch(word) ? Path.Combine(shop.Path, word) : word)];
            var result = arguments is ["lifetime", "fit", ..] ? await CommandLine.RunAsync(arguments) : await shop.RunAsync(arguments);
            Assert.True(result.ExitCode == 0, $"{command}\n{result.Error}");
            Assert.True(result.Output.Length > 0 || File.Exists(arguments[^1]), command);
        }
    }

    [Fact]
    public async Task Definitions_AreReadAsTheyStand()
    {
        using var shop = BusyShop.Create();
        (await shop.RunAsync("load")).Done();
        foreach (var block in Page.Split("```yaml\n").Skip(1).Select(part => part.Split("```")[0]))
        {
            shop.Write(block.StartsWith("stages:", StringComparison.Ordinal) ? "lifecycle.yaml" : "rfm.yaml", block);
        }

        Assert.Equal(["Good", "Rest"], await NamesAsync("rfm"));
        Assert.Equal(["new", "active", "gone"], await NamesAsync("lifecycle"));

        async Task<string[]> NamesAsync(string verb) =>
            [.. (await shop.RunAsync(verb, "--format", "csv")).Done().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[0])];
    }

    [Fact]
    public async Task OptionsAndVerbs_AreThoseOfTheProgram()
    {
        var verbs = Verb().Matches(Page).Select(match => match.Groups["verb"].Value).Distinct().ToArray();
        var help = new List<string>();
        foreach (var verb in verbs)
        {
            help.Add((await CommandLine.RunAsync([.. verb.Split(' '), "--help"])).Done().Output);
        }

        Assert.Contains("lifetime fit", verbs);
        Assert.Contains("customer show", verbs);
        Assert.All(
            Option().Matches(Page).Select(match => match.Value).Distinct(),
            option => Assert.Contains(help, text => text.Contains($"  {option} ", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"^\w+\.(csv|html|parquet)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FileName();

    [GeneratedRegex(@"\bwarehouse (?<verb>customer show|customer find|lifetime fit|lifetime|rfm|tiers|cohorts|lifecycle|baskets|contacts|forecast|snapshot)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Verb();

    [GeneratedRegex("--[a-z]+(-[a-z]+)*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Option();
}
