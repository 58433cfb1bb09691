using Warehouse.Cubes.Query;
using Warehouse.Cubes.Results;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Tests.Queries;

public class DetailTests
{
    [Theory]
    [InlineData("product.category, date.month", null, "rollup")]
    [InlineData("product.name", "top 1 product.name by net_sales", "grand")]
    [InlineData("product.name", "bottom 2 product.name by orders", "grand")]
    [InlineData("date.fiscal_year, customer_then.city", null, "cube")]
    [InlineData("date.fiscal_quarter, date.week", null, "none")]
    [InlineData("date.year, line.is_return", null, "rollup")]
    public async Task FactsOfACell_RecomputeIt(string by, string? top, string totals)
    {
        await using var shop = await Shop.Create();
        var query = new QueryTexts { Cube = "sales", Measures = "net_sales, lines, kitchen_sales", By = by, Top = top, Totals = totals, Where = "not (customer.city = 'Rome') or customer.city is null" }.Parse();
        var answer = await shop.Engine.QueryAsync(query);

        Assert.NotEmpty(answer.Rows);
        foreach (var row in answer.Rows)
        {
            var details = await shop.Engine.DetailsAsync(new DetailQuery(query, row, "net_sales"), CubeAccess.Everything);
            Assert.Equal(Number(row.Values[^3]), Sales(details));
            Assert.Equal(Number(row.Values[^2]), details.Rows.Count);
            Assert.Equal(Number(row.Values[^1]), Sales(await shop.Engine.DetailsAsync(new DetailQuery(query, row, "kitchen_sales"), CubeAccess.Everything)));
        }
    }

    [Fact]
    public async Task FactsOfAnotherCubesMeasure_AreItsOwn()
    {
        await using var shop = await Shop.Create();
        var query = new QueryTexts { Cube = "sales", Measures = "net_sales, contacts.complaints", By = "date.month" }.Parse();
        var answer = await shop.Engine.QueryAsync(query);
        var april = answer.Rows.Single(row => row.Values[0] is DateOnly { Month: 4 });

        var details = await shop.Engine.DetailsAsync(new DetailQuery(query, april, "contacts.complaints"), CubeAccess.Everything);

        Assert.Equal(["date.month", "contact_key", "customer_key", "date_key", "is_complaint", "satisfaction"], details.Columns.Select(column => column.Name));
        Assert.Equal(["2011-04-01 | 3 | 2 | 2011-04-02 | True | null"], CubeTest.Lines(details));
    }

    [Fact]
    public async Task ComputedMeasure_HasNoFactsOfItsOwn()
    {
        await using var shop = await Shop.Create();
        var query = new QueryTexts { Cube = "sales", Measures = "net_sales" }.Parse();

        var fault = await Assert.ThrowsAsync<WrongCommandException>(
            () => shop.Engine.DetailsAsync(new DetailQuery(query, Measure: "net_sales / 2"), CubeAccess.Everything));

        Assert.Contains("is computed", fault.Message);
    }

    private static decimal Sales(CubeResult details) => details.Rows.Sum(row => (decimal)row.Values[^2]! * (decimal)row.Values[^1]!);

    private static decimal Number(object? value) => Convert.ToDecimal(value ?? 0m, System.Globalization.CultureInfo.InvariantCulture);
}
