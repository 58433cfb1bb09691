using Warehouse.Definitions;

namespace Warehouse.Etl.Tests.Loading;

/// <summary>« duplicates: reject » takes the first of equal rows of a load, over all its files, and rejects each later one as it was read.</summary>
public sealed class DuplicateRowTests : EtlTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task LaterRowsThatAreEqualInEveryColumn_AreRejected_AndNoOther(int seed)
    {
        Feed("sales", SaleFeed + "\nduplicates: reject");
        var random = new Random(seed);
        var rows = Enumerable.Range(0, 6000).Select(_ => $"O{random.Next(2000)},1,2026-05-01,C{random.Next(2)},P,1,{random.Next(1, 3)}").ToArray();
        Data("sales1.csv", SaleHeader + string.Concat(rows.Take(3500).Select(row => row + "\n")));
        Data("sales2.csv", SaleHeader + string.Concat(rows.Skip(3500).Select(row => row + "\n")));

        var report = await LoadAsync();

        Assert.Equal(rows.Length, report.Files.Sum(file => file.RowsRead));
        var expected = rows.Index().GroupBy(row => row.Item).SelectMany(equal => equal.Skip(1)).Select(row => row.Index < 3500 ? $"data/sales1.csv {row.Index + 2}" : $"data/sales2.csv {row.Index - 3498}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await RowsAsync("SELECT source || ' ' || source_line FROM quality.reject WHERE rule = 'duplicate'")).Order(StringComparer.Ordinal));
        Assert.Equal($"{rows.Distinct().Count()}", await RowAsync("SELECT count(*) FROM star.fact_sale"));
        Assert.Equal("0", await RowAsync("SELECT count(*) FROM quality.reject WHERE raw IS NULL OR raw NOT LIKE '%\"order\":%'"));
    }

    [Fact]
    public async Task OrderLineThatIsNotToldWhole_IsRefused_WithAWayOut()
    {
        Feed("costs", "source: {files: \"data/costs*.csv\"}\ninto: sale\nchanges: correct\ncolumns: {order_id: order, line_id: line, cost_amount: cost}");

        var refused = await Assert.ThrowsAsync<DefinitionException>(() => LoadAsync());

        Assert.Contains("An order line is told as a whole", refused.Message, StringComparison.Ordinal);
        Assert.Contains("lookup: {file: …}", refused.Message, StringComparison.Ordinal);
    }
}
