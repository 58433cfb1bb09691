using System.Text.RegularExpressions;
using Warehouse.Cubes.Query;
using Warehouse.Cubes.Results;
using Warehouse.Testing;

namespace Warehouse.Cubes.Tests.Samples;

/// <summary>What <c>docs/cubes.md</c> shows can be done as it is shown.</summary>
public partial class DocumentationTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SampleCubesTests.SampleData(), "..", "docs", "cubes.md"));

    [Fact]
    public async Task Questions_CanBeAskedAsWritten()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        var engine = new CubeEngine(warehouse.Database.Source, CubeModel.Load(Path.Combine(SampleCubesTests.SampleData(), "retail")));
        var commands = WorkedQuestionsTests.Commands(Page);

        Assert.NotEmpty(commands);
        foreach (var command in commands)
        {
            await engine.QueryAsync(WorkedQuestionsTests.Texts(command).Parse());
        }
    }

    [Fact]
    public async Task TheModel_FitsTheStar_ItsRollupIsBuilt_AndTheFileIsAnswered()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        var blocks = Block().Matches(Page).Select(match => (Name: match.Groups["name"].Value, Text: match.Groups["text"].Value))
            .Where(block => !block.Name.StartsWith("club/", StringComparison.Ordinal)).ToArray();
        var files = blocks.Where(block => block.Name.StartsWith("cubes/", StringComparison.Ordinal)).ToArray();
        var engine = new CubeEngine(warehouse.Database.Source, CubeModel.Parse(files), new CubeEngineOptions
        {
            ComparesRollups = true,
            Generation = (_, _) => Task.FromResult(new GenerationStamp(0, DateTimeOffset.UnixEpoch)),
        });

        Assert.Equal(4, files.Length);
        Assert.Equal(["orders.monthly"], await engine.BuildRollupsAsync());
        foreach (var (name, text) in blocks.Except(files))
        {
            await engine.QueryAsync(QueryFile.Parse(text, name), CubeAccess.Of(engine.Model, "north"));
        }

        var cube = engine.Model.Cube("orders");
        Assert.Single((await engine.QueryAsync(new QueryTexts { Cube = cube.Name, Measures = string.Join(", ", cube.Measures.Keys) }.Parse())).Rows);
    }

    [Fact]
    public async Task SeveralMembers_AndMembersAboveEachOther_AreAnsweredAsShown()
    {
        var sql = Page.Split("```sql\n-- club.sql\n")[1].Split("```")[0];
        string[] files = [.. Block().Matches(Page).Where(match => match.Groups["name"].Value.StartsWith("club/", StringComparison.Ordinal)).Select(match => match.Groups["text"].Value)];
        await using var club = await CubeTest.Create(sql, files);
        var session = Page.Split("```console\n")[1].Split("```")[0].Split("$ ", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(12, session.Length);
        foreach (var question in session)
        {
            var lines = question.TrimEnd().Split('\n');
            await club.Answers(WorkedQuestionsTests.Texts(lines[0]), lines[1..]);
        }
    }

    [GeneratedRegex("^```yaml\n# (?<name>[^\n]+)\n(?<text>.*?)^```$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();
}
