using System.Globalization;
using Warehouse.Analysis.Populations;
using Warehouse.Campaigns.Exports;
using Warehouse.Campaigns.Segments;
using Warehouse.Campaigns.Tests.Exports;
using Warehouse.Cubes;
using Warehouse.Cubes.Query;
using Warehouse.Definitions;
using Warehouse.Testing;
using Segment = Warehouse.Campaigns.Segments.Segment;

namespace Warehouse.Campaigns.Tests.Segments;

/// <summary>The count of a segment is that of its list, of what is stored, of what is exported and of the cube's cell, and the members are those whom the words mean.</summary>
public class SegmentAgreementTests
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") == "1" ? 500 : 6;

    [Theory]
    [InlineData(20_260_701)]
    [InlineData(20_260_702)]
    public async Task RandomSegments_AtRandomDates_AfterRandomLoads_HaveOneCount(int seed)
    {
        var random = new Random(seed);
        await using var warehouse = await FreshWarehouse.CreateAsync();
        var shop = new RandomShop(warehouse, random);
        await shop.OpenAsync();
        await shop.LoadAsync(150);
        var file = Lists.Destination("to: file\npath: exports/{list}.csv\ncolumns: {id: customer_id}\n");
        var engine = new CubeEngine(warehouse.Database.Source, RandomShop.Cubes);
        for (var round = 0; round < Rounds; round++)
        {
            await shop.LoadAsync(random.Next(4));
            var (text, holds) = shop.Segment();
            var named = $"where: {{not: {{segment: a}}}}\n";
            var date = RandomShop.Last.AddDays(-random.Next(150));
            var segments = Segment.Read(
                [(DefinitionFile.Parse(text, "segments/a.yaml"), "a"), (DefinitionFile.Parse(named, "segments/b.yaml"), "b")], [], SegmentCubes.Of(RandomShop.Cubes, TimeZoneInfo.Utc));
            var options = new PopulationOptions(AsOf.EndOf(date, TimeZoneInfo.Utc));
            var expected = Enumerable.Range(1, RandomShop.Customers).Where(customer => holds(customer, date)).Select(customer => $"C{customer}").ToArray();
            var about = string.Create(CultureInfo.InvariantCulture, $"round {round} as of {date:yyyy-MM-dd}: {text}");

            await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);
            var list = await SegmentMembers.FindAsync(connection, segments[0], segments, options, CancellationToken.None);
            Assert.True(expected.Order().SequenceEqual(list.Members.Select(member => member.CustomerId).Order()), $"{about}expected {string.Join(' ', expected)}, found {string.Join(' ', list.Members.Select(member => member.CustomerId))}");
            foreach (var segment in segments)
            {
                var preview = await SegmentPreview.FindAsync(connection, segment, segments, options, 10, CancellationToken.None);
                var build = await SegmentBuild.StoreAsync(warehouse.Database, segment, segments, options, CancellationToken.None);
                var export = await new ListExport(warehouse.Database, TimeProvider.System).RunAsync(
                    new SegmentSource(segment, segments, options), file, new ExportReason("ann", null), CancellationToken.None);
                var cell = await engine.QueryAsync(new QueryTexts
                {
                    Cube = "people",
                    Measures = "customers",
                    Where = string.Create(CultureInfo.InvariantCulture, $"segment.{segment.Name}@{date:yyyy-MM-dd}"),
                }.Parse());
                var count = segment.Name == "a" ? expected.Length : RandomShop.Customers - expected.Length;
                Assert.True(
                    (preview.Members, build.Members, export!.Rows, File.ReadLines(warehouse.Workspace.PathOf($"exports/{segment.Name}.csv")).LongCount() - 1, Convert.ToInt64(cell.Rows[0].Values[0], CultureInfo.InvariantCulture))
                        == (count, count, count, count, count),
                    $"{about}{segment.Name}: expected {count}; preview {preview.Members}, build {build.Members}, export {export.Rows}, cube {cell.Rows[0].Values[0]}");
                Assert.Equal(preview.Revenue, build.Revenue);
                Assert.Equal(Math.Min(10, count), preview.Examples.Count);
            }
        }
    }
}
