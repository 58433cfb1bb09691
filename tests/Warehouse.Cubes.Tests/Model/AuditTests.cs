namespace Warehouse.Cubes.Tests.Model;

public class AuditTests
{
    [Fact]
    public async Task RulesOfTheModel_HoldInTheShop()
    {
        await using var shop = await Shop.Create();

        var findings = await shop.Engine.AuditAsync();

        Assert.Contains("star.fact_sale: every \"version_key\" is a \"version_key\" of star.dim_customer", findings.Select(finding => finding.Rule));
        Assert.All(findings, finding => Assert.Equal(0, finding.Offenders));
    }

    [Theory]
    [InlineData("INSERT INTO star.dim_product VALUES (1, 'mug', 'twice')", "star.dim_product: \"product_key\" is unique")]
    [InlineData("DELETE FROM star.dim_product WHERE product_key = 3", "star.fact_sale: every \"product_key\" is a \"product_key\" of star.dim_product")]
    [InlineData("UPDATE star.dim_customer SET is_current = true", "star.dim_customer: \"customer_key\" has one current version")]
    [InlineData("INSERT INTO star.fact_contact SELECT * FROM star.fact_contact WHERE contact_key = 1", "star.fact_contact: \"contact_key\" is unique")]
    public async Task BrokenRule_IsFound(string sql, string rule)
    {
        await using var shop = await Shop.Create();
        await shop.Execute(sql);

        var broken = (await shop.Engine.AuditAsync()).Where(finding => finding.Offenders > 0).Select(finding => finding.Rule).ToArray();

        Assert.Equal(rule, Assert.Single(broken.Distinct()));
    }
}
