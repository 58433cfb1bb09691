using Warehouse.Cubes.Query;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Tests.Queries;

public class MaskTests
{
    private const string Roles = """
        roles:
          blind: { cubes: { sales: all }, masked: { product.name: all, customer.key: all, line.order_id: all } }
          romans: { cubes: { sales: all }, masked: { product.name: not (customer.city = 'Rome') } }
          kitchen: { cubes: { sales: product.category = 'kitchen' } }
          no_money: { cubes: { sales: all }, hidden: [sales.net_sales, sales.highest, sales.middle, product.name, product.category] }
        """;

    private static readonly QueryTexts ByName = new() { Cube = "sales", Measures = "lines", By = "product.name", Totals = "grand" };

    private static async Task<string[]> Seen(CubeTest shop, QueryTexts query, params string[] roles) =>
        CubeTest.Lines(await shop.Engine.QueryAsync(query.Parse(), CubeAccess.Of(shop.Engine.Model, roles)));

    private static Task<CubeTest> Create() => CubeTest.Create(Shop.Tables, Shop.Shared, Shop.Sales, Shop.Contacts, Roles);

    [Fact]
    public async Task MaskedMembers_AreOne_AndTotalsStay()
    {
        await using var shop = await Create();

        Assert.Equal(["••• | 6", "* | 6"], await Seen(shop, ByName, "blind"));
        Assert.Equal(["mug | 2", "••• | 3", "null | 1", "* | 6"], await Seen(shop, ByName, "romans"));
        Assert.Equal(["••• | 6 | 2", "* | 6 | 2"], await Seen(shop, ByName with { By = "customer.key", Measures = "lines, customers" }, "blind"));
    }

    [Fact]
    public async Task SomebodyOfTwoRoles_SeesAValue_WhereOneOfThemShowsIt()
    {
        await using var shop = await Create();

        Assert.Equal(["mug | 3", "pan | 1", "••• | 2", "* | 6"], await Seen(shop, ByName, "blind", "kitchen"));
    }

    [Theory]
    [InlineData("product.name = 'mug'", "0")]
    [InlineData("product.name <> 'mug'", "6")]
    [InlineData("product.name like 'm%'", "0")]
    [InlineData("product.name < 'n'", "0")]
    [InlineData("length(product.name) = 3", "6")]
    [InlineData("product.name is null", "0")]
    [InlineData("top 1 product.name by net_sales", "6")]
    [InlineData("bottom 1 product.name by lines", "6")]
    [InlineData("customer.key = '1'", "0")]
    public async Task NoQuestion_TellsOneMaskedMemberFromAnother(string where, string lines)
    {
        await using var shop = await Create();

        Assert.Equal([lines], await Seen(shop, ByName with { By = null, Totals = null, Where = where }, "blind"));
    }

    [Fact]
    public async Task Comparisons_Pivots_AndFacts_ShowTheMask()
    {
        await using var shop = await Create();
        var access = CubeAccess.Of(shop.Engine.Model, "blind");

        Assert.Equal(["0 | 6"], await Seen(shop, ByName with { By = null, Totals = null, Measures = "only(lines, product.name = 'mug') as a, except(lines, product.name = 'mug') as b" }, "blind"));
        var pivot = await shop.Engine.QueryAsync((ByName with { By = "date.year", Pivot = "product.name", Totals = null }).Parse(), access);
        Assert.Equal(["date.year", "•••"], pivot.Columns.Select(column => column.Name));
        var details = await shop.Engine.DetailsAsync(new DetailQuery(ByName.Parse()), access);
        Assert.Equal(["product.name", "quantity", "price"], details.Columns.Select(column => column.Name));
        Assert.All(details.Rows, row => Assert.Equal("•••", row.Values[0]));
    }

    [Theory]
    [InlineData("net_sale", null, "net_sales")]
    [InlineData("lines", "produkt.name", "product")]
    [InlineData("lines as net_sales", null, null)]
    [InlineData("product.name", null, "is a member")]
    public async Task WhatIsHidden_IsNeverNamed(string measures, string? by, string? named)
    {
        await using var shop = await Create();
        var query = new QueryTexts { Cube = "sales", Measures = measures, By = by, Having = named is null ? "net_sales > 5" : null };

        if (named is null)
        {
            Assert.Equal(["6"], await Seen(shop, query, "no_money"));
            return;
        }

        var fault = await Assert.ThrowsAsync<WrongCommandException>(() => Seen(shop, query, "no_money"));
        Assert.DoesNotContain($"\"{named}\"", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("is a member", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FactsBehindAnAnswer_ShowNoColumnThatOnlyHiddenMeasuresRead()
    {
        await using var shop = await Create();

        var details = await shop.Engine.DetailsAsync(new DetailQuery(new QueryTexts { Cube = "sales", Measures = "lines" }.Parse()), CubeAccess.Of(shop.Engine.Model, "no_money"));

        Assert.Equal(["order_id", "quantity", "price"], details.Columns.Select(column => column.Name));
    }

    [Theory]
    [InlineData("masked: { product.nmae: all }", "Did you mean \"product.name\"?")]
    [InlineData("masked: { date.month: all }", "periods are not masked")]
    [InlineData("masked: { product.name: customer.city = }", "Expected a value or a name")]
    public void WrongMask_IsFault(string masked, string message)
    {
        var fault = Assert.Throws<DefinitionException>(() => CubeModel.Parse(
            ("a", Shop.Shared), ("b", Shop.Sales), ("r", $"roles:\n  x:\n    cubes: {{ sales: all }}\n    {masked}\n")));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }
}
