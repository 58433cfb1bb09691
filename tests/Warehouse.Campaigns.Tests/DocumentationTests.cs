using System.Text.RegularExpressions;
using Warehouse.Campaigns.Destinations;
using Warehouse.Campaigns.Plans;
using Warehouse.Campaigns.Segments;
using Warehouse.Campaigns.Suppression;
using Warehouse.Campaigns.Tests.Segments;
using Warehouse.Definitions;
using Segment = Warehouse.Campaigns.Segments.Segment;

namespace Warehouse.Campaigns.Tests;

/// <summary>The definitions in the documentation are read as they stand there.</summary>
public partial class DocumentationTests
{
    [Fact]
    public void EverySegment_IsRead()
    {
        var texts = Definitions("segments.md").ToArray();

        Assert.Equal(["lapsing_gardeners", "shelf_buyers", "unheard"], Segment.Read(
            [.. texts.Select((text, place) => (DefinitionFile.Parse(text, $"segments/{place}.yaml"), $"{place}"))], [], SegmentCubes.Of(RandomShop.Cubes, TimeZoneInfo.Utc)).Select(segment => segment.Name));
    }

    [Fact]
    public void PlanPolicyAndDestination_AreRead()
    {
        var texts = Definitions("campaigns.md").ToArray();

        Assert.Equal("autumn_gardeners", PlanReader.Read(Assert.Single(texts, text => text.StartsWith("campaign:", StringComparison.Ordinal)), "a.yaml", "a").Name);
        Assert.Equal(2, ContactPolicy.Read(DefinitionFile.Parse(Assert.Single(texts, text => text.Contains("\ncaps:", StringComparison.Ordinal) && !text.StartsWith("campaign:", StringComparison.Ordinal)), "p.yaml")).Caps.Count);
        Assert.Equal("email", DestinationReader.Read(Assert.Single(texts, text => text.StartsWith("to:", StringComparison.Ordinal)), "d.yaml", "d").Channel);
    }

    private static IEnumerable<string> Definitions(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Warehouse.sln")))
        {
            folder = folder.Parent!;
        }

        return Block().Matches(File.ReadAllText(Path.Combine(folder.FullName, "docs", name))).Select(match => match.Groups["text"].Value);
    }

    [GeneratedRegex("```yaml\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();
}
