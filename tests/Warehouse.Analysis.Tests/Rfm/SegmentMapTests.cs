using System.Runtime.CompilerServices;
using System.Text.Json;
using Warehouse.Analysis.Rfm;
using Warehouse.Definitions;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests.Rfm;

public sealed class SegmentMapTests
{
    private const string PublishedFile = "rfm/rfm125.json";

    [SkippableFact]
    public void CustomaryMap_Is_ThePublishedMapOf125Cells()
    {
        var path = SharedData.Find(PublishedFile);
        Skip.If(path is null, SharedData.Missing(PublishedFile));
        using var published = JsonDocument.Parse(File.ReadAllText(path));
        var expected = published.RootElement.GetProperty("cells").EnumerateObject()
            .ToDictionary(cell => cell.Name, cell => cell.Value.GetString());

        var found = (
            from recency in Enumerable.Range(1, 5)
            from frequency in Enumerable.Range(1, 5)
            from monetary in Enumerable.Range(1, 5)
            select (Cell: $"{recency}{frequency}{monetary}", Segment: SegmentMap.Customary.Of(recency, frequency, monetary)))
            .ToDictionary(cell => cell.Cell, cell => (string?)cell.Segment);

        Assert.Equal(125, expected.Count);
        Assert.Equal(expected.OrderBy(cell => cell.Key), found.OrderBy(cell => cell.Key));
    }

    [Fact]
    public void CustomaryMap_HasTheElevenNames() => Assert.Equal(
        [
            "Champions", "Loyal", "Potential Loyalist", "New Customers", "Promising", "Need Attention", "About To Sleep",
            "At Risk", "Cannot Lose Them", "Hibernating", "Lost",
        ],
        SegmentMap.Customary.Segments.Select(segment => segment.Name));

    [Fact]
    public void Gap_IsFault_ThatListsTheCells()
    {
        var fault = Assert.Single(FaultsOf("bins: 2\nsegments:\n  Good: {cells: [2 1-2 1-2]}\n  Bad: {cells: [1 1 1-2, 1 2 2]}\n"));

        Assert.Equal("map.yaml:3:3: 1 of the 8 cells belong to no segment: 1 2 1.", fault.ToString());
    }

    [Fact]
    public void Overlap_IsFault_AtTheSecondClaim_ThatListsTheCells()
    {
        var fault = Assert.Single(FaultsOf("bins: 2\nsegments:\n  Good: {cells: [2 1-2 1-2]}\n  Bad:\n    cells: [1 1-2 1-2, \"2 2 1-2\"]\n"));

        Assert.Equal("map.yaml:5:24: \"2 2 1-2\" of \"Bad\" overlaps \"Good\" in 2 2 1, 2 2 2.", fault.ToString());
    }

    [Theory]
    [InlineData("3 1 1")]
    [InlineData("0 1 1")]
    [InlineData("1 1")]
    [InlineData("1 1 1 1")]
    [InlineData("2-1 1 1")]
    [InlineData("a 1 1")]
    [InlineData("1-2-2 1 1")]
    [InlineData("1- 1 1")]
    [InlineData("-1 1 1")]
    [InlineData("113")]
    public void CellThatIsNone_IsFault_WithTheFormThatIsRight(string cell)
    {
        var fault = FaultsOf($"bins: 2\nsegments:\n  All: {{cells: [1-2 1-2 1-2, '{cell}']}}\n").Single();

        Assert.Equal(3, fault.Line);
        Assert.StartsWith($"\"{cell}\" is no block of cells.", fault.Message);
        Assert.EndsWith("a number from 1 to 2 or a range: \"2 1-2 2\".", fault.Message);
    }

    [Fact]
    public void CellsOfThreeDigits_AndTenBins_AreRead()
    {
        Assert.Equal("Best", SegmentMap.Parse("bins: 2\nsegments: {Best: {cells: [222]}, Rest: {cells: [1 1-2 1-2, 211, 212, 221]}}", "m").Of(2, 2, 2));
        Assert.Equal("Best", SegmentMap.Parse("bins: 10\nsegments: {Best: {cells: [10 1-10 1-10]}, Rest: {cells: [1-9 1-10 1-10]}}", "m").Of(10, 1, 10));
    }

    [Fact]
    public void MapOfTheDocumentation_IsRead()
    {
        var parts = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../docs/customers.md")).Split("```");

        var map = SegmentMap.Parse(parts.Single(part => part.StartsWith("yaml\nbins:"))["yaml\n".Length..], "docs/customers.md");

        Assert.Equal(("Good", "Rest"), (map.Of(2, 1, 1), map.Of(1, 2, 2)));
        Assert.Equal("Bought lately.", map.Segments[0].Meaning);

        static string ThisFile([CallerFilePath] string path = "") => path;
    }

    private static IReadOnlyList<DefinitionFault> FaultsOf(string text) =>
        Assert.Throws<DefinitionException>(() => SegmentMap.Parse(text, "map.yaml")).Faults;
}
