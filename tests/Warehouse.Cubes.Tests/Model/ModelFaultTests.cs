using Warehouse.Cubes.Query;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Tests.Model;

public class ModelFaultTests
{
    [Fact]
    public void AllFaults_OfAllFiles_AreListedTogether()
    {
        var fault = Assert.Throws<DefinitionException>(() => CubeModel.Parse(
            ("a.yaml", """
                dimensions:
                  item: { table: item, kee: item_key, attributes: [kind], hierarchies: { range: [kind, nmae] } }
                """),
            ("b.yaml", """
                cube: sales
                table: a..b
                time: dat
                dimensions:
                  itm: item_key
                measures:
                  amount: { summ: amount }
                  twice: { sum: a, max: b }
                  wrong: { sum: a + }
                  loop: { is: loop + 1 }
                  ping: { is: pong }
                  pong: { is: 2 * ping }
                  share: { percentile: a }
                  stock: { last: a, over: item }
                """)));

        string[] expected =
        [
            "a.yaml:2:9: \"key\" is missing in \"item\".",
            "a.yaml:2:24: \"kee\" is not known in \"item\". Did you mean \"key\"?",
            "a.yaml:2:87: There is no attribute \"nmae\" for this level. Did you mean \"name\"?",
            "b.yaml:2:8: \"a..b\" is no table",
            "b.yaml:3:7: \"dat\" is no time dimension of this cube.",
            "b.yaml:5:3: There is no dimension \"itm\". Did you mean \"item\"?",
            "b.yaml:7:3: \"amount\" does not say what it measures",
            "b.yaml:8:3: \"twice\" measures one thing, and here are sum and max.",
            "b.yaml:9:17: Character 4 of \"a +\": Expected a value or a name, and here is the end.",
            "b.yaml:10:15: \"loop\" is computed from itself.",
            "b.yaml:11:15: \"ping\" is computed from itself.",
            "b.yaml:12:15: \"pong\" is computed from itself.",
            "b.yaml:13:24: \"at\" is missing",
            "b.yaml:14:27: \"item\" is no time dimension of this cube.",
        ];
        var found = fault.Faults.Select(each => each.ToString()).ToArray();
        Assert.All(expected.Where(text => !text.Contains("nmae", StringComparison.Ordinal)), text => Assert.Contains(found, each => each.StartsWith(text, StringComparison.Ordinal)));
        Assert.Contains(found, each => each.Contains("There is no attribute \"nmae\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sum: quantiti", "There is no column \"quantiti\" in star.fact_sale. Did you mean \"quantity\"?")]
    [InlineData("sum: order_id", "Expected a number to aggregate, and this is a text.")]
    [InlineData("sum: quantity, where: order_id", "Expected a condition, and this is a text.")]
    [InlineData("sum: quantity, where: order_id > 5", "Expected a text, and here is 5.")]
    [InlineData("sum: quantity * product.nmae", "has no attribute \"nmae\". Did you mean \"name\"?")]
    [InlineData("sum: getenv('HOME')", "There is no function \"getenv\" here.")]
    public async Task WhatDoesNotFitTheTables_IsFault_WithPlace(string measure, string message)
    {
        await using var shop = await CubeTest.Create(
            Shop.Tables, Shop.Shared, Shop.Sales.Replace("middle: { median: price }", $"middle: {{ {measure} }}", StringComparison.Ordinal));

        var fault = await Assert.ThrowsAsync<DefinitionException>(() => shop.Ask(new QueryTexts { Cube = "sales", Measures = "middle" }));

        Assert.StartsWith("cubes/1.yaml:23:", fault.Message, StringComparison.Ordinal);
        Assert.Contains(message, fault.Message);
    }

    [Fact]
    public async Task MissingTable_IsAUsersFault()
    {
        await using var test = await CubeTest.Create("SELECT 1", "cube: c\ntable: nowhere\nmeasures: { rows: { count: rows } }");

        var fault = await Assert.ThrowsAsync<UserFaultException>(() => test.Ask(new QueryTexts { Cube = "c", Measures = "rows" }));

        Assert.StartsWith("The table nowhere of the cube \"c\" cannot be read", fault.Message, StringComparison.Ordinal);
    }
}
