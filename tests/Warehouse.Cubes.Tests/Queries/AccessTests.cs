using Warehouse.Cubes.Query;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Tests.Queries;

public class AccessTests
{
    private const string Roles = """
        roles:
          kitchen:
            cubes: { sales: product.category = 'kitchen' }
            hidden: [customer.key, sales.highest]
          oslo:
            cubes: { sales: customer.city = 'Oslo', contacts: all }
          unknown_products:
            cubes: { sales: product is unknown }
        """;

    [Theory]
    [InlineData("kitchen", "product.category = 'kitchen'")]
    [InlineData("oslo", "customer.city = 'Oslo'")]
    [InlineData("kitchen,oslo", "product.category = 'kitchen' or customer.city = 'Oslo'")]
    [InlineData("unknown_products", "product is unknown")]
    public async Task ARolesAnswer_IsTheUnrestrictedAnswerOverTheFactsItMaySee(string roles, string condition)
    {
        var model = CubeModel.Parse([("a", Shop.Shared), ("b", Shop.Sales), ("c", Shop.Contacts), ("d", Roles)]);
        await using var shop = await CubeTest.Create(Shop.Tables, Shop.Shared, Shop.Sales, Shop.Contacts, Roles);
        var access = CubeAccess.Of(model, roles.Split(','));
        var query = new QueryTexts
        {
            Cube = "sales",
            Measures = "net_sales, orders, customers, share(lines) as share, prior(net_sales, month) as before",
            By = "product.name, date.month",
            Top = "top 1 product.name by net_sales",
            Totals = "cube",
        };

        var restricted = await shop.Engine.QueryAsync(query.Parse(), access);
        var filtered = await shop.Engine.QueryAsync((query with { Where = condition }).Parse());

        Assert.NotEmpty(restricted.Rows);
        Assert.Equal(CubeTest.Lines(filtered), CubeTest.Lines(restricted));
    }

    [Theory]
    [InlineData("sales", "highest", null, null, "has no measure \"highest\"")]
    [InlineData("sales", "lines", "customer.key", null, "has no attribute \"key\"")]
    [InlineData("sales", "lines", null, "customer.key = 1", "has no attribute \"key\"")]
    [InlineData("sales", "lines", null, "top 1 customer.key by lines", "has no attribute \"key\"")]
    [InlineData("sales", "lines", null, "top 1 product.name by highest", "has no measure \"highest\"")]
    [InlineData("contacts", "contacts", null, null, "There is no cube \"contacts\"")]
    [InlineData("sales", "lines, contacts.contacts", null, null, "There is no cube \"contacts\"")]
    public async Task WhatIsHidden_IsAsIfItWereNotThere(string cube, string measures, string? by, string? where, string message)
    {
        var model = CubeModel.Parse([("a", Shop.Shared), ("b", Shop.Sales), ("c", Shop.Contacts), ("d", Roles)]);
        await using var shop = await CubeTest.Create(Shop.Tables, Shop.Shared, Shop.Sales, Shop.Contacts, Roles);
        var query = new QueryTexts { Cube = cube, Measures = measures, By = by, Where = where }.Parse();

        var fault = await Assert.ThrowsAsync<WrongCommandException>(() => shop.Engine.QueryAsync(query, CubeAccess.Of(model, "kitchen")));

        Assert.Contains(message, fault.Message);
        Assert.DoesNotContain($"Did you mean \"{message.Split('"')[1]}\"", fault.Message);
    }

    [Fact]
    public async Task Details_AreThoseOneMaySee()
    {
        var model = CubeModel.Parse([("a", Shop.Shared), ("b", Shop.Sales), ("c", Shop.Contacts), ("d", Roles)]);
        await using var shop = await CubeTest.Create(Shop.Tables, Shop.Shared, Shop.Sales, Shop.Contacts, Roles);
        var query = new QueryTexts { Cube = "sales", Measures = "lines" }.Parse();

        var details = await shop.Engine.DetailsAsync(new DetailQuery(query), CubeAccess.Of(model, "oslo"));

        Assert.Equal(3, details.Rows.Count);
    }

    [Fact]
    public void WrongRoles_AreFaults()
    {
        var fault = Assert.Throws<DefinitionException>(() => CubeModel.Parse(
            ("a", Shop.Shared), ("b", Shop.Sales), ("c", "roles:\n  x:\n    cubes: { sale: all }\n    hidden: [customer.kee]\n")));

        Assert.Equal(2, fault.Faults.Count);
        Assert.Equal("c:3:14: There is no cube \"sale\". Did you mean \"sales\"?", fault.Faults[0].ToString());
        Assert.StartsWith("c:4:14: There is no member or measure \"customer.kee\". Did you mean \"customer.key\"", fault.Faults[1].ToString(), StringComparison.Ordinal);
    }
}
