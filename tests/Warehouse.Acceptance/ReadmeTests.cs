using System.Text.RegularExpressions;
using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>What the README tells people to type is what works.</summary>
public partial class ReadmeTests
{
    private static string Readme => File.ReadAllText(Repository.PathOf("README.md"));

    [Fact]
    public async Task DemoCommand_AsItStands_ShowsTheLoop()
    {
        using var temporary = new FreshFolder();
        var words = Marked("demo").Split(' ', 2);

        var demo = (await CommandLine.RunProgramAsync(words[0], words[1], temporary.Path)).Done();

        Assert.Contains("What to try next", demo.Output, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(temporary.Path, "warehouse-demo", "exports")));
    }

    [Fact]
    public void TestCommand_NamesTheSolution_AndIsWhatCiRuns()
    {
        Assert.Equal("dotnet test Warehouse.sln -c Release", Marked("test"));
        Assert.Contains("<!-- test -->", File.ReadAllText(Repository.PathOf(".ci", "run")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryCommandInTheUsage_IsUnderstood()
    {
        var verbs = Usage().Matches(Readme).Select(match => match.Groups["verb"].Value).Distinct().ToArray();

        Assert.NotEmpty(verbs);
        foreach (var verb in verbs)
        {
            (await CommandLine.RunAsync([.. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"])).Done();
        }
    }

    private static string Marked(string mark)
    {
        var match = Regex.Match(Readme, $"<!-- {mark} -->\n```sh\n(?<command>.*?)\n```", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        Assert.True(match.Success, $"README.md marks no {mark} command.");
        return match.Groups["command"].Value;
    }

    [GeneratedRegex(@"^warehouse (?<verb>(segment|churn|campaign|customer|user|job) \w+|lifetime fit|\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Usage();
}
