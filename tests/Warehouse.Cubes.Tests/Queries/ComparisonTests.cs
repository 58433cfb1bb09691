using Warehouse.Cubes.Query;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Tests.Queries;

public class ComparisonTests
{
    [Fact]
    public async Task AFilterAndTheRest_StandSideBySide()
    {
        await using var shop = await Shop.Create();
        var query = new QueryTexts { Cube = "sales", Measures = "net_sales, customers", By = "date.quarter", Compare = "segment:kitchen vs rest", Totals = "grand" };

        var answer = await shop.Ask(query);

        Assert.Equal(
            ["date.quarter", "net_sales kitchen", "net_sales rest", "net_sales difference", "net_sales ratio", "customers kitchen", "customers rest", "customers difference", "customers ratio"],
            answer.Columns.Select(column => column.Name));
        Assert.Equal("#,##0.00", answer.Columns[1].Format);
        await shop.Answers(
            query,
            "null | null | 3 | null | null | 0 | 0 | 0 | null",
            "2011-01-01 | 45 | 50 | -5 | 0.9 | 2 | 1 | 1 | 2",
            "* | 45 | 53 | -8 | 0.849057 | 2 | 1 | 1 | 2");
    }

    [Theory]
    [InlineData("customer.city = 'Oslo'", "98 | 80 | 18 | 1.225")]
    [InlineData("customer.city = 'Oslo' vs customer.city = 'Rome'", "80 | 20 | 60 | 4")]
    [InlineData("2011-01", "98 | 30 | 68 | 3.266667")]
    [InlineData("2011-03 vs 2011-01", "45 | 30 | 15 | 1.5")]
    [InlineData("2011-Q1 vs 2011", "95 | 95 | 0 | 1")]
    public async Task Conditions_AndPeriods_AreCompared(string compare, string expected)
    {
        await using var shop = await Shop.Create();
        var query = new QueryTexts { Cube = "sales", Measures = "net_sales", Compare = compare };

        await shop.Answers(query, expected);
    }

    [Theory]
    [InlineData("kitchn", "Did you mean \"kitchen\"?")]
    [InlineData("kitchen vs rest vs 2011", "has more than two sides")]
    [InlineData("kitchen vs", "Expected")]
    public async Task WrongComparison_IsFault(string compare, string message)
    {
        await using var shop = await Shop.Create();

        var fault = await Assert.ThrowsAsync<WrongCommandException>(() => shop.Ask(new QueryTexts { Cube = "sales", Measures = "lines", Compare = compare }));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }
}
