using Warehouse.Cubes.Query;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Tests.Queries;

public class QueryFileTests
{
    [Theory]
    [InlineData("""
        cube: sales
        measures: [net_sales, change(net_sales, month) as change]
        """)]
    [InlineData("""
        cube: sales
        measures:
          - net_sales
          - change(net_sales, month) as change
        by: [date.month, product.name]
        where: product.category = 'kitchen' and date.year = 2011
        having: net_sales > 0
        order: net_sales desc
        top: top 1 product.name by net_sales
        totals: rollup
        limit: 10
        as_of: 2011-06-30
        """)]
    [InlineData("""{ "cube": "sales", "measures": ["net_sales", "rank(net_sales) as place"], "by": "product.name", "totals": ["(product.name)", "()"] }""")]
    public async Task Query_InAFile_IsTheQueryOfItsTexts(string text)
    {
        await using var shop = await Shop.Create();
        Assert.NotEmpty((await shop.Engine.QueryAsync(QueryFile.Parse(text, "q.yaml"))).Rows);
    }

    [Fact]
    public void UnknownKey_IsFault_WithPlaceAndNearName()
    {
        var fault = Assert.Throws<DefinitionException>(() => QueryFile.Parse("cube: sales\nmeasure: [lines]\n", "q.yaml"));

        Assert.Equal("q.yaml:2:1: \"measure\" is not known in the file. Did you mean \"measures\"?", fault.Message);
    }
}
