using Warehouse.Cubes.Query;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Tests.Queries;

public class ParameterTests
{
    private const string Parameters = """
        parameters:
          threshold: { type: number, default: 15 }
          city: { type: text }
          since: { type: day, default: 2011-02-01 }
          returns: { type: flag, default: false }
        """;

    private static readonly string Sales = Shop.Sales
        .Replace("is_return: quantity < 0", "is_return: quantity < 0, is_big: quantity * price >= :threshold", StringComparison.Ordinal)
        .Replace("filters:", "filters:\n  there: customer.city = :city", StringComparison.Ordinal)
        + "\n  big_sales: { sum: quantity * price, where: quantity * price >= :threshold }\n  above: { is: net_sales - :threshold }\n";

    private static Task<CubeTest> Create() => CubeTest.Create(Shop.Tables, Shop.Shared, Sales, Shop.Contacts, Parameters);

    [Theory]
    [InlineData("big_sales, above", null, "", "90 | 83")]
    [InlineData("big_sales, above", null, "threshold=50", "50 | 48")]
    [InlineData("big_sales, above", null, "threshold=19.5", "90 | 78.5")]
    [InlineData("lines", "there", "city=Oslo", "3")]
    [InlineData("lines", "there", "city=' or 1=1 --", "0")]
    [InlineData("lines", "date.day >= :since", "", "3")]
    [InlineData("lines", "date.day >= :since", "since=2011-03-16", "1")]
    [InlineData("lines", "line.is_return = :returns", "", "5")]
    [InlineData("lines", "line.is_return = :returns", "returns=true", "1")]
    [InlineData("lines", "line.is_big", "threshold=30", "1")]
    [InlineData("only(lines, line.is_big) as x", "customer.city in (:city, 'Nowhere')", "city=Oslo;threshold=20", "2")]
    public async Task Values_AreThoseOfTheQuestion_ElseTheDefaults(string measures, string? where, string given, string expected)
    {
        await using var shop = await Create();

        await shop.Answers(new QueryTexts { Cube = "sales", Measures = measures, Where = where, Parameters = Given(given) }, expected);
    }

    [Fact]
    public async Task ValuesAreBound_AndComparisonsOverTimeKnowThem()
    {
        await using var shop = await Create();
        var query = new QueryTexts { Cube = "sales", Measures = "cumulative(lines) as ever", By = "date.month", Where = "date.day >= :since and date.day < 2011-04-01 and customer.city <> :city", Parameters = Given("city=x'y") };

        await shop.Answers(query, "2011-02-01 | 3", "2011-03-01 | 4");
        var explanation = await shop.Engine.ExplainAsync(query.Parse());
        Assert.Contains("x'y", explanation.Parameters);
        Assert.DoesNotContain("x'y", explanation.Sql, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AsOf_IsTheDayOfTheQuestion()
    {
        await using var shop = await Create();

        await shop.Answers(new QueryTexts { Cube = "sales", Measures = "lines", Where = "date.day < :as_of", AsOf = "2011-02-05" }, "2");
    }

    [Fact]
    public async Task AFile_GivesValues_AndDeclaresItsOwn()
    {
        await using var shop = await Create();
        var query = QueryFile.Parse("cube: sales\nmeasures: lines\nwhere: date.day >= :since and product.category = :kind\nparameters: { since: 2011-02-01, kind: { type: text, default: kitchen } }\n", "q.yaml");

        Assert.Equal(["2"], CubeTest.Lines(await shop.Engine.QueryAsync(query)));
        Assert.Equal(["1"], CubeTest.Lines(await shop.Engine.QueryAsync(query with { Parameters = Given("kind=living") })));
    }

    [Theory]
    [InlineData("lines", null, "treshold=5", "Did you mean \"threshold\"?")]
    [InlineData("lines", null, "threshold=many", "The parameter \"threshold\" is a number, not \"many\".")]
    [InlineData("lines", null, "since=2011-02-30", "is a day like 2011-06-30")]
    [InlineData("lines", "there", "", "The parameter \"city\" has no default")]
    [InlineData("lines", "customer.city = :citi", "", "Did you mean \"city\"?")]
    [InlineData("lines", "customer.city = :threshold", "", "Expected a text, and here is 15.")]
    public async Task WrongValue_IsFault(string measures, string? where, string given, string message)
    {
        await using var shop = await Create();

        var fault = await Assert.ThrowsAsync<WrongCommandException>(() => shop.Ask(new QueryTexts { Cube = "sales", Measures = measures, Where = where, Parameters = Given(given) }));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x: { default: 1 }", "\"type\" is missing")]
    [InlineData("x: { type: numbr }", "Did you mean \"number\"?")]
    [InlineData("x: { type: number, default: abc }", "\"abc\" is not a number, which the parameter \"x\" is.")]
    public void WrongDeclaration_IsFault(string parameter, string message)
    {
        var fault = Assert.Throws<DefinitionException>(() => CubeModel.Parse(("a", Shop.Shared), ("p", $"parameters:\n  {parameter}\n")));

        Assert.StartsWith("p:2:", fault.Faults[0].ToString(), StringComparison.Ordinal);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("customer.city = :city")]
    [InlineData("line.is_big")]
    public void WhatARoleMaySee_IsNoQuestionsMatter(string condition)
    {
        var fault = Assert.Throws<DefinitionException>(() => CubeModel.Parse(
            ("a", Shop.Shared), ("b", Sales), ("p", Parameters), ("r", $"roles:\n  x: {{ cubes: {{ sales: \"{condition}\" }} }}\n")));

        Assert.Contains("cannot depend on the parameter", fault.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Given(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
