using Warehouse.Cubes.Query;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Tests.Queries;

public class PivotTests
{
    private static readonly QueryTexts Months = new() { Cube = "sales", Measures = "lines", By = "product.name", Pivot = "date.month" };

    [Fact]
    public async Task ValuesOfTheMember_AreColumns_ThoseWithoutOneLast()
    {
        await using var shop = await Shop.Create();

        var answer = await shop.Ask(Months);

        Assert.Equal(["product.name", "2011-01", "2011-02", "2011-03", "(none)"], answer.Columns.Select(column => column.Name));
        Assert.Equal(
            ["lamp | null | null | 1 | null", "mug | 1 | 1 | 1 | null", "pan | 1 | null | null | null", "null | null | null | null | 1"],
            CubeTest.Lines(answer));
    }

    [Theory]
    [InlineData("rollup")]
    [InlineData("grand")]
    public async Task Totals_AreOfRowsAndColumns(string totals)
    {
        await using var shop = await Shop.Create();

        var answer = await shop.Ask(Months with { Measures = "customers", Totals = totals, Where = "date.year = 2011 and not (product is unknown)" });

        Assert.Equal(["product.name", "2011-01", "2011-02", "2011-03", "Total"], answer.Columns.Select(column => column.Name));
        Assert.Equal(
            ["lamp | null | null | 1 | 1", "mug | 1 | 1 | 0 | 2", "pan | 1 | null | null | 1", "* | 1 | 1 | 1 | 2"],
            CubeTest.Lines(answer));
    }

    [Fact]
    public async Task OrderAndLimit_AreOfRows_ByTheirTotals()
    {
        await using var shop = await Shop.Create();

        var answer = await shop.Ask(Months with { Measures = "net_sales", Order = "net_sales desc", Limit = 2, Offset = 1, Where = "date.year = 2011" });

        Assert.Equal(["product.name", "2011-01", "2011-02", "2011-03"], answer.Columns.Select(column => column.Name));
        Assert.Equal(["mug | 10 | 20 | -5", "pan | 20 | null | null"], CubeTest.Lines(answer));
    }

    [Fact]
    public async Task SeveralMeasures_HaveAColumnEach()
    {
        await using var shop = await Shop.Create();

        var answer = await shop.Ask(Months with { Measures = "lines, net_sales", By = "", Pivot = "date.year" });

        Assert.Equal(["2011 lines", "2011 net_sales", "(none) lines", "(none) net_sales"], answer.Columns.Select(column => column.Name));
        Assert.Equal("Umsatz", answer.Columns[1].Caption.In("de")[^6..]);
        Assert.Equal(["5 | 95 | 1 | 3"], CubeTest.Lines(answer));
    }

    [Fact]
    public async Task TheRest_IsAColumn()
    {
        await using var shop = await Shop.Create();

        var answer = await shop.Ask(Months with { By = "date.year", Pivot = "product.name", Top = "top 1 product.name by lines", Totals = "grand" });

        Assert.Equal(["date.year", "mug", "Others", "Total"], answer.Columns.Select(column => column.Name));
        Assert.Equal(["null | null | 1 | 1", "2011 | 3 | 2 | 5", "* | 3 | 3 | 6"], CubeTest.Lines(answer));
    }

    [Fact]
    public async Task UnknownMember_IsFault()
    {
        await using var shop = await Shop.Create();

        var fault = await Assert.ThrowsAsync<WrongCommandException>(() => shop.Ask(Months with { Pivot = "date.moth" }));

        Assert.Contains("Did you mean \"month\"?", fault.Message);
    }
}
