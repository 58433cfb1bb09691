using Warehouse.Cubes.Query;

namespace Warehouse.Cubes.Tests.Queries;

public class TopTests
{
    [Fact]
    public async Task Others_AreComputedOfTheirFacts()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "net_sales, orders, customers, average_order", By = "product.name", Top = "top 1 product.name by net_sales", Totals = "grand" },
            "lamp | 50 | 1 | 1 | 50",
            "Others | 48 | 4 | 2 | 12",
            "* | 98 | 5 | 2 | 19.6");
    }

    [Fact]
    public async Task TopMembers_AreInTheOrderOfTheirRank()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "lines", By = "product.name", Top = "top 3 product.name by net_sales" },
            "lamp | 1",
            "mug | 3",
            "pan | 1",
            "Others | 1");
    }

    [Fact]
    public async Task MemberWithoutName_RanksLikeAnyOther()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "lines", By = "product.category", Top = "bottom 1 product.category by net_sales" },
            "null | 1",
            "Others | 5");
    }

    [Fact]
    public async Task TopAsCondition_CountsFactsOfThoseMembersAlone()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "net_sales, lines", By = "date.quarter", Where = "top 2 product.name by net_sales and date.year = 2011", Totals = "grand" },
            "2011-01-01 | 75 | 4",
            "* | 75 | 4");
        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "net_sales", By = "product.name", Where = "not (top 2 product.name by net_sales)" },
            "pan | 20",
            "null | 3");
    }

    [Fact]
    public async Task RestWithPeriodsAndComparisons_KeepsItsMembers()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "net_sales, prior(net_sales, month) as before", By = "product.name, date.month", Top = "top 1 product.name by net_sales", Where = "date.month between 2011-02 and 2011-03" },
            "lamp | 2011-03-01 | 50 | null",
            "Others | 2011-02-01 | 20 | 30",
            "Others | 2011-03-01 | -5 | 20");
    }
}
