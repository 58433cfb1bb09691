using System.Text.RegularExpressions;

namespace Warehouse.Acceptance;

/// <summary>What the README tells people to type is what works.</summary>
public partial class ReadmeTests
{
    private static string Readme => File.ReadAllText(Repository.PathOf("README.md"));

    [Fact]
    public async Task DemoCommand_IsTheProgramThatTheTestsRun()
    {
        var command = Marked("demo");

        Assert.Equal("dotnet run --project src/Warehouse.Cli -c Release -- demo", command);
        Assert.True(File.Exists(Repository.PathOf("src", "Warehouse.Cli", "Warehouse.Cli.csproj")));
        var help = (await CommandLine.RunAsync("demo", "--help")).Done();
        Assert.Contains("whole loop", help.Output, StringComparison.Ordinal);
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

    [GeneratedRegex(@"^warehouse (?<verb>segment \w+|\w+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Usage();
}
