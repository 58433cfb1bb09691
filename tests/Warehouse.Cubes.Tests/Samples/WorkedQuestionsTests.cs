using System.Globalization;
using System.Text.RegularExpressions;
using Warehouse.Cubes.Query;
using Warehouse.Testing;

namespace Warehouse.Cubes.Tests.Samples;

/// <summary>Every question in the sample workspace's documentation can be asked as it is written there.</summary>
public partial class WorkedQuestionsTests
{
    [Fact]
    public async Task Questions_CanBeAskedAsWritten()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        var folder = Path.Combine(SampleCubesTests.SampleData(), "retail");
        var engine = new CubeEngine(warehouse.Database.Source, CubeModel.Load(folder));
        var commands = Commands(await File.ReadAllTextAsync(Path.Combine(folder, "cubes", "questions.md")));

        Assert.Equal(72, commands.Length);
        foreach (var command in commands)
        {
            try
            {
                await engine.QueryAsync(Texts(command).Parse());
            }
            catch (Exception fault)
            {
                Assert.Fail($"{command}\n{fault.Message}");
            }
        }
    }

    internal static string[] Commands(string page) => [.. Command().Matches(page).Select(match => match.Groups["command"].Value)];

    internal static QueryTexts Texts(string command)
    {
        var words = Word().Matches(command).Select(match => match.Value.Trim('"')).ToArray();
        string? Option(string name)
        {
            var at = Array.IndexOf(words, name);
            return at < 0 ? null : at + 1 < words.Length && !words[at + 1].StartsWith("--", StringComparison.Ordinal) ? words[at + 1] : "";
        }

        string[] known = ["--measures", "--by", "--where", "--having", "--order", "--limit", "--top", "--totals", "--dense", "--pivot", "--as-of", "--compare"];
        Assert.All(words.Where(word => word.StartsWith("--", StringComparison.Ordinal)), word => Assert.Contains(word, known));
        return new QueryTexts
        {
            Cube = words[2],
            Measures = Option("--measures"),
            By = Option("--by"),
            Where = Option("--where"),
            Having = Option("--having"),
            Order = Option("--order"),
            Limit = Option("--limit") is { } limit ? long.Parse(limit, CultureInfo.InvariantCulture) : null,
            Top = Option("--top"),
            Totals = Option("--totals"),
            IsDense = Option("--dense") is not null,
            Pivot = Option("--pivot"),
            AsOf = Option("--as-of"),
            Compare = Option("--compare"),
        };
    }

    [GeneratedRegex("`(?<command>warehouse query [^`]+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Command();

    [GeneratedRegex("\"[^\"]*\"|[^ ]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Word();
}
