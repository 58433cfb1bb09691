using Warehouse.Cubes.Query;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Tests.Queries;

public class FirstAnswerTests
{
    [Fact]
    public async Task Measures_WithoutMembers_GiveOneRow()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "net_sales, orders, customers, lines, average_order, returned" },
            "98 | 5 | 2 | 6 | 19.6 | 5");
    }

    [Fact]
    public async Task Members_GroupRows_UnknownMembersIncluded()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "net_sales, customers", By = "product.category" },
            "kitchen | 45 | 2",
            "living | 50 | 1",
            "null | 3 | 0");
    }

    [Fact]
    public async Task Months_AreFirstDays_AndTheUnknownDayIsNone()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "net_sales", By = "date.month" },
            "null | 3",
            "2011-01-01 | 30",
            "2011-02-01 | 20",
            "2011-03-01 | 45");
        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "net_sales", By = "date.fiscal_year, date.year" },
            "null | null | 3",
            "2011 | 2011 | 95");
    }

    [Fact]
    public async Task Rollup_TotalsEveryLevel_RightForDistinctCountsAndRatios()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "net_sales, orders, average_order", By = "product.category, product.name", Totals = "rollup" },
            "kitchen | mug | 25 | 3 | 8.333333",
            "kitchen | pan | 20 | 1 | 20",
            "kitchen | * | 45 | 3 | 15",
            "living | lamp | 50 | 1 | 50",
            "living | * | 50 | 1 | 50",
            "null | null | 3 | 1 | 3",
            "null | * | 3 | 1 | 3",
            "* | * | 98 | 5 | 19.6");
    }

    [Fact]
    public async Task OrderByMeasure_OrdersGroupsByTheirTotals()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "net_sales", By = "product.category, product.name", Totals = "rollup", Order = "net_sales desc", Where = "not (product is unknown)" },
            "living | lamp | 50",
            "living | * | 50",
            "kitchen | mug | 25",
            "kitchen | pan | 20",
            "kitchen | * | 45",
            "* | * | 95");
    }

    [Fact]
    public async Task HavingAndLimit_ShowFewerRows_TotalsStay()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "net_sales", By = "product.name", Totals = "grand", Having = "net_sales > 10", Order = "net_sales desc", Limit = 2 },
            "lamp | 50",
            "mug | 25",
            "* | 98");
        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "net_sales", By = "product.name", Order = "orders desc, product.name desc", Limit = 2, Offset = 1 },
            "pan | 20",
            "lamp | 50");
    }

    [Theory]
    [InlineData("product.category = 'kitchen'", "45")]
    [InlineData("kitchen and not line.is_return", "50")]
    [InlineData("product.name in ('mug', 'lamp')", "75")]
    [InlineData("product.name like '%a%'", "70")]
    [InlineData("product.name is null", "3")]
    [InlineData("customer is unknown", "-2")]
    [InlineData("date.month = 2011-01", "30")]
    [InlineData("date.month between 2011-01 and 2011-02", "50")]
    [InlineData("date.year = 2011", "95")]
    [InlineData("date.year <= 2011", "95")]
    [InlineData("date.fiscal_year = 2011", "95")]
    [InlineData("date.day = 2011-03-15 or date.week = 2011-W05", "70")]
    [InlineData("date.quarter <> 2011-Q1", "null")]
    [InlineData("date is unknown", "3")]
    [InlineData("date.is_weekend", "15")]
    [InlineData("customer.city = 'Oslo'", "80")]
    [InlineData("customer_then.city = 'Oslo'", "50")]
    public async Task Where_CountsTheFactsThatItNames(string where, string sales)
    {
        await using var shop = await Shop.Create();

        await shop.Answers(new QueryTexts { Cube = "sales", Measures = "net_sales", Where = where }, sales);
    }

    [Fact]
    public async Task TwoCubes_AreAggregatedBeforeTheyMeet()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "net_sales, contacts.complaints, lines / contacts.contacts as lines_per_contact", By = "date.month", Where = "date.year = 2011", Totals = "grand" },
            "2011-01-01 | 30 | 1 | 1",
            "2011-02-01 | 20 | 0 | null",
            "2011-03-01 | 45 | 0 | null",
            "2011-04-01 | null | 1 | 0",
            "* | 95 | 2 | 1.666667");
    }

    [Fact]
    public async Task AsOf_UsesNothingThatWasNotKnown()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "net_sales", By = "customer.city", AsOf = "2011-02-28" },
            "Rome | 50");
        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "net_sales", By = "customer.city, customer_then.city", AsOf = "2011-03-16" },
            "Oslo | Oslo | 50",
            "Oslo | Rome | 30",
            "Rome | Rome | 20");
    }

    [Fact]
    public async Task ShareAndTotal_CompareWithTotalsOfFacts()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "share(net_sales) as share, share(net_sales, product.category) as of_category, total(orders) as all_orders, rank(net_sales) as place", By = "product.category, product.name", Where = "date.year = 2011" },
            "kitchen | mug | 0.263158 | 0.555556 | 4 | 2",
            "kitchen | pan | 0.210526 | 0.444444 | 4 | 3",
            "living | lamp | 0.526316 | 1 | 4 | 1");
    }

    [Fact]
    public async Task PlacesOfShares_AreComputedAfterTotals()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "rank(share(net_sales), product.category) as place, without(orders, product.name) as of_category", By = "product.category, product.name", Totals = "rollup", Where = "not (product is unknown)", Order = "net_sales desc", Limit = 2 },
            "living | lamp | 1 | 1",
            "living | * | 1 | 1",
            "kitchen | mug | 1 | 3",
            "kitchen | * | 1 | 3",
            "* | * | 1 | 4");
    }

    [Theory]
    [InlineData("net_sales / 2 as lines", null, null, "needs a name of its own")]
    [InlineData("rank(rank(lines))", null, null, "cannot be ranked")]
    [InlineData("net_salse", null, null, "Did you mean \"net_sales\"?")]
    [InlineData("lines", "product.categry", null, "Did you mean \"category\"?")]
    [InlineData("lines", "produkt.category", null, "Did you mean \"product\"?")]
    [InlineData("lines", null, "product.name = lamp", "'lamp'")]
    [InlineData("lines", null, "product.name = 3", "Expected a text")]
    [InlineData("lines", null, "date.year = 2011-03", "not made of whole years")]
    [InlineData("lines", null, "net_sales > 3", "There is no filter \"net_sales\"")]
    [InlineData("lines, lines", null, null, "Two columns are called \"lines\"")]
    [InlineData("contats.contacts", null, null, "Did you mean \"contacts\"?")]
    [InlineData("lines, contacts.contacts", "product.name", null, "does not share the dimension \"product\"")]
    public async Task WrongNames_AreWrongCommands_WithNearNames(string measures, string? by, string? where, string message)
    {
        await using var shop = await Shop.Create();

        var fault = await Assert.ThrowsAnyAsync<UserFaultException>(
            () => shop.Ask(new QueryTexts { Cube = "sales", Measures = measures, By = by, Where = where }));

        Assert.True(fault.IsWrongCommand);
        Assert.Contains(message, fault.Message);
    }
}
