using Warehouse.Cubes.Query;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Tests.Queries;

public class GrainTests
{
    private const string Measures = """

          customer_average: { avg: net_sales, include: customer }
          busiest_month: { max: orders, include: [date.month] }
          middle_customer: { median: average_order, include: [customer] }
          spread: { sum: customers, include: [product.name, date.month] }
          twice: { avg: customer_average, include: [product.category] }
        """;

    private static Task<CubeTest> Create() => CubeTest.Create(Shop.Tables, Shop.Shared, Shop.Sales + Measures, Shop.Contacts);

    [Fact]
    public async Task AFinerGrain_IsAggregatedFirst_AndTotalsOverTheirOwn()
    {
        await using var shop = await Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "customer_average, busiest_month, middle_customer, spread, twice, lines", By = "product.category", Totals = "grand" },
            "kitchen | 25 | 1 | 25 | 3 | 25 | 4",
            "living | 50 | 1 | 50 | 1 | 50 | 1",
            "null | null | 1 | null | 0 | null | 1",
            "* | 50 | 2 | 30 | 4 | 37.5 | 6");
    }

    [Theory]
    [InlineData("avg(net_sales, customer) as x", "50")]
    [InlineData("avg(net_sales, customer.city) as x", "32.666667")]
    [InlineData("count(net_sales, customer.city, date.month) as x", "5")]
    [InlineData("sum(customers, date.month) as x", "3")]
    [InlineData("max(average_order, product.name) as x", "50")]
    [InlineData("median(net_sales / lines, customer) as x", "23.333333")]
    [InlineData("avg(contacts.contacts, customer) as x", "1.5")]
    [InlineData("only(avg(net_sales, customer), kitchen) as x", "25")]
    [InlineData("avg(share(net_sales), customer) as x", "0.5")]
    [InlineData("count(net_sales, customer) as x", "0", "product.name = 'nothing'")]
    [InlineData("avg(net_sales, customer) as x", "null", "product.name = 'nothing'")]
    public async Task AnyMeasure_CanBeAskedAtAFinerGrain(string measures, string value, string? where = null)
    {
        await using var shop = await Create();

        await shop.Answers(new QueryTexts { Cube = "sales", Measures = measures, Where = where }, value);
    }

    [Fact]
    public async Task AFinerGrain_OverAnotherStretchOfTime_AndAgainstTotals()
    {
        await using var shop = await Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "prior(customer_average, month) as before, avg(prior(net_sales, month), customer) as inner_before, total(customer_average) as all_of_it", By = "date.month", Where = "date.quarter = 2011-Q1" },
            "2011-01-01 | null | null | 50", "2011-02-01 | 30 | 30 | 50", "2011-03-01 | 20 | 20 | 50");
    }

    [Theory]
    [InlineData("avg(net_sales) as x", "avg needs more than 1 arguments")]
    [InlineData("avg(net_sales, custmer) as x", "Did you mean \"customer\"?")]
    [InlineData("avg(net_sales, customer_then) as x", "include an attribute of it")]
    [InlineData("avg(net_sales, 5) as x", "Expected a dimension or a member")]
    public async Task WrongGrain_IsFault(string measures, string message)
    {
        await using var shop = await Create();

        var fault = await Assert.ThrowsAsync<WrongCommandException>(() => shop.Ask(new QueryTexts { Cube = "sales", Measures = measures }));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x: { last: net_sales, include: customer }", "takes no finer grain")]
    [InlineData("x: { avg: x, include: customer }", "\"x\" is computed from itself")]
    [InlineData("x: { avg: net_sales, include: [1 + 1] }", "is no dimension and no member")]
    public void WrongDefinition_IsFault(string measure, string message)
    {
        var fault = Assert.Throws<DefinitionException>(() => CubeModel.Parse(("a", Shop.Shared), ("b", $"{Shop.Sales}\n  {measure}\n")));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }
}
