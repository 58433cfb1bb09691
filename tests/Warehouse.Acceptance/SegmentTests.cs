using System.Text.Json;

namespace Warehouse.Acceptance;

/// <summary><c>warehouse segment</c> as people run it.</summary>
public class SegmentTests
{
    [Fact]
    public async Task Segments_ArePreviewed_Stored_AndCompared()
    {
        using var shop = new SmallShop(300);
        shop.Write("segments/often.yaml", "segment: often\nwhere: {bought: {times: {from: 2}}}\n");
        shop.Write("segments/seldom.yaml", "segment: seldom\nwhere: {not: {segment: often}}\n");
        (await shop.RunAsync("load")).Done();

        var preview = (await shop.RunAsync("segment", "preview", "often", "--format", "json")).Done();
        var list = (await shop.RunAsync("segment", "export", "often", "--format", "json")).Done();
        var seen = JsonDocument.Parse(preview.Output).RootElement;
        Assert.Equal(10, seen.GetProperty("examples").GetArrayLength());
        Assert.Equal(list.Rows.GetArrayLength(), seen.GetProperty("members").GetInt64());
        Assert.Contains($"{list.Rows.GetArrayLength()} members", preview.Error, StringComparison.Ordinal);
        Assert.Contains("0 are also in seldom", preview.Error, StringComparison.Ordinal);

        Assert.Contains("stored as membership 0", (await shop.RunAsync("segment", "build", "often")).Done().Output, StringComparison.Ordinal);
        Assert.Contains("the same as membership 0", (await shop.RunAsync("segment", "build", "often")).Done().Output, StringComparison.Ordinal);
        var diff = (await shop.RunAsync("segment", "diff", "often", "--from", "2024-01-31", "--format", "json")).Done();
        Assert.All(diff.Rows.EnumerateArray(), move => Assert.Equal("joined", move[2].GetString()));
        Assert.Contains("0 left", diff.Error, StringComparison.Ordinal);
    }
}
