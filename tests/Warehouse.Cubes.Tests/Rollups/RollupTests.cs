using Warehouse.Cubes.Query;
using Warehouse.Cubes.Results;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Tests.Rollups;

public class RollupTests
{
    private const string Rollups = """

        rollups:
          monthly:
            table: mart.sales_monthly
            by: [date.month, product.category, product.name]
            measures: [net_sales, lines, orders, customers, highest, mean_price]
        """;

    private static readonly string Sales = Shop.Sales + "\n  mean_price: { avg: price }\n" + Rollups;

    private long _generation = 1;

    [Theory]
    [InlineData("net_sales, lines, highest, mean_price", "date.month", null, null)]
    [InlineData("orders, customers", "product.category", null, null)]
    [InlineData("net_sales, orders, customers, average_order", "date.fiscal_year, product.name", "product.category = 'kitchen' or product.category is null", "cube")]
    [InlineData("lines, share(customers) as part", "date.quarter", "date.year = 2011", "rollup")]
    [InlineData("customers", "product.name", "top 2 product.name by net_sales", null)]
    [InlineData("lines", "", "date.month = 2019-01", null)]
    [InlineData("lines", "date.year", "date.quarter <> 2011-Q1", null)]
    [InlineData("lines", "date.year", "date.month is null", null)]
    public async Task WhatARollupKeeps_IsAnsweredFromIt_AndEqualsFacts(string measures, string by, string? where, string? totals)
    {
        await using var shop = await Built();
        var query = new QueryTexts { Cube = "sales", Measures = measures, By = by, Where = where, Totals = totals };

        var explanation = await shop.Engine.ExplainAsync(query.Parse());
        var answer = await shop.Ask(query);

        Assert.Null(Assert.Single(explanation.Rollups).Refusal);
        Assert.DoesNotContain("fact_sale", explanation.Sql, StringComparison.Ordinal);
        await using var raw = await CubeTest.Create(Shop.Tables, Shop.Shared, Sales, Shop.Contacts);
        Assert.Equal(CubeTest.Lines(await raw.Ask(query)), CubeTest.Lines(answer));
    }

    [Theory]
    [InlineData("lines", "date.week", null, "it does not keep date by week")]
    [InlineData("lines", "customer.city", null, "it does not keep customer.city")]
    [InlineData("middle", "", null, "it does not keep middle")]
    [InlineData("lines", "", "customer is unknown", "it does not keep whether customer is unknown")]
    [InlineData("lines", "", "date.day >= 2011-02-03", "it does not keep date by day")]
    [InlineData("prior(lines, month) as p", "date.month", null, "measures over another stretch of time (1 month earlier) are read from facts")]
    public async Task WhatARollupDoesNotKeep_IsReadFromFacts_AndTheReasonIsTold(string measures, string by, string? where, string reason)
    {
        await using var shop = await Built();
        var query = new QueryTexts { Cube = "sales", Measures = measures, By = by, Where = where }.Parse();

        var explanation = await shop.Engine.ExplainAsync(query);

        Assert.Equal(reason, Assert.Single(explanation.Rollups).Refusal);
        Assert.Contains("fact_sale", explanation.Sql, StringComparison.Ordinal);
        await shop.Engine.QueryAsync(query);
    }

    [Fact]
    public async Task ARollupOfAnotherGeneration_IsNotTaken_UntilItIsBuiltAgain()
    {
        await using var shop = await Built();
        var query = new QueryTexts { Cube = "sales", Measures = "lines" };
        Assert.Equal(6L, (await shop.Ask(query)).Rows[0].Values[0]);
        await shop.Execute("DELETE FROM star.fact_sale WHERE sale_key = 1");
        _generation = 2;

        Assert.Equal("it was built of generation 1, and this is 2", Assert.Single((await shop.Engine.ExplainAsync(query.Parse())).Rollups).Refusal);
        Assert.Equal(5L, (await shop.Ask(query)).Rows[0].Values[0]);
        Assert.Equal(["sales.monthly"], await shop.Engine.BuildRollupsAsync());
        Assert.Null(Assert.Single((await shop.Engine.ExplainAsync(query.Parse())).Rollups).Refusal);
        Assert.Equal(5L, (await shop.Ask(query)).Rows[0].Values[0]);
    }

    [Fact]
    public async Task APlanThatReadsARollup_IsNotUsed_WhereTheRollupDoesNotHoldItsGeneration()
    {
        await using var shop = await Built();
        var query = new QueryTexts { Cube = "sales", Measures = "lines" };
        Assert.Equal(6L, (await shop.Ask(query)).Rows[0].Values[0]);

        // As a transaction sees it that began before the rollup was built.
        await shop.Execute("UPDATE mart.sales_monthly_built SET generation = 0; UPDATE mart.sales_monthly SET m1_0 = 0");

        Assert.Equal(6L, (await shop.Ask(query)).Rows[0].Values[0]);
    }

    [Theory]
    [InlineData("INSERT INTO star.fact_sale VALUES (7, 2, 3, 2, '2011-02-07', 'F', 1, 9, '2011-06-01 12:00:00+00')", "a fact told late")]
    [InlineData("UPDATE star.fact_sale SET price = 6 WHERE sale_key = 3", "a fact corrected")]
    [InlineData("UPDATE star.fact_sale SET date_key = '2011-02-06', customer_key = 1 WHERE sale_key = 3", "a fact of another customer")]
    [InlineData("DELETE FROM star.fact_sale WHERE sale_key = 3", "a fact withdrawn")]
    [InlineData("UPDATE star.fact_sale SET product_key = 3 WHERE sale_key = 3", "a fact of another product")]
    [InlineData("INSERT INTO star.fact_sale SELECT * FROM star.fact_sale WHERE sale_key = 3", "a fact twice")]
    public async Task OnlyPartitionsWhoseFactsChanged_AreBuiltAnew(string change, string what)
    {
        await using var shop = await Built(compares: false);
        await shop.Execute("UPDATE mart.sales_monthly SET m1_0 = 1000 WHERE k0 = '2011-03-01'");
        await shop.Execute(change);
        _generation = 2;

        Assert.Equal(["sales.monthly"], await shop.Engine.BuildRollupsAsync());

        // March was not touched, which what was written there shows; February is as facts are.
        var march = await shop.Ask(new QueryTexts { Cube = "sales", Measures = "lines", Where = "date.month = 2011-03" });
        Assert.True((decimal)Convert.ToDouble(march.Rows[0].Values[0], System.Globalization.CultureInfo.InvariantCulture) >= 1000, what);
        var query = new QueryTexts { Cube = "sales", Measures = "net_sales, lines, orders, customers, mean_price", By = "date.month, product.name", Where = "date.month <> 2011-03", Totals = "rollup" };
        Assert.Null(Assert.Single((await shop.Engine.ExplainAsync(query.Parse())).Rollups).Refusal);
        var raw = new CubeEngine(shop.Database, CubeModel.Parse(("0", Shop.Shared), ("1", Sales), ("2", Shop.Contacts)));
        Assert.Equal(CubeTest.Lines(await raw.QueryAsync(query.Parse())), CubeTest.Lines(await shop.Ask(query)));
    }

    [Fact]
    public async Task AMemberThatChanged_IsAChangeOfItsFacts()
    {
        await using var shop = await Built();
        await shop.Execute("UPDATE star.dim_product SET category = 'light' WHERE name = 'lamp'; UPDATE star.dim_product SET name = NULL WHERE name = 'pan'");
        _generation = 2;
        await shop.Engine.BuildRollupsAsync();

        await shop.Answers(new QueryTexts { Cube = "sales", Measures = "lines, customers", By = "product.category, product.name" },
            "kitchen | mug | 3 | 2", "kitchen | null | 1 | 1", "light | lamp | 1 | 1", "null | null | 1 | 0");
    }

    [Fact]
    public async Task ARollupThatIsGone_IsNotMissed()
    {
        await using var shop = await Built();
        var query = new QueryTexts { Cube = "sales", Measures = "lines" };
        await shop.Ask(query);
        await shop.Execute("DROP TABLE mart.sales_monthly; DROP TABLE mart.sales_monthly_built");

        Assert.Equal(6L, (await shop.Ask(query)).Rows[0].Values[0]);
        Assert.Equal("it is not built", Assert.Single((await shop.Engine.ExplainAsync(query.Parse())).Rollups).Refusal);
    }

    [Fact]
    public async Task AnAnswerAsOfADay_IsReadFromFacts()
    {
        await using var shop = await Built();

        var explanation = await shop.Engine.ExplainAsync(new QueryTexts { Cube = "sales", Measures = "lines", AsOf = "2011-03-01" }.Parse());

        Assert.Contains("as of a day", Assert.Single(explanation.Rollups).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWrongRollup_IsFound_WhenAnswersAreCompared()
    {
        await using var shop = await Built();
        await shop.Execute("UPDATE mart.sales_monthly SET m1_0 = m1_0 + 1");

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => shop.Ask(new QueryTexts { Cube = "sales", Measures = "lines" }));

        Assert.Contains("differs from the one from facts", fault.Message);
    }

    [Theory]
    [InlineData("middle", "it needs every value")]
    [InlineData("average_order", "it is computed of other measures: keep those")]
    [InlineData("orderz", "Did you mean \"orders\"?")]
    public void WhatCannotBeAggregatedFurther_IsRefused(string measure, string reason)
    {
        var fault = Assert.Throws<DefinitionException>(() => CubeModel.Parse(
            ("a", Shop.Shared), ("b", Shop.Sales + $"\nrollups:\n  r: {{ table: mart.r, by: [date.month], measures: [{measure}] }}\n")));

        Assert.Contains(reason, fault.Message);
    }

    private async Task<CubeTest> Built(bool compares = true)
    {
        var shop = await CubeTest.Create(
            Shop.Tables + "CREATE SCHEMA mart;",
            new CubeEngineOptions
            {
                ComparesRollups = compares,
                Generation = (_, _) => Task.FromResult(new GenerationStamp(_generation, DateTimeOffset.UnixEpoch)),
            },
            Shop.Shared, Sales, Shop.Contacts);
        await shop.Engine.BuildRollupsAsync();
        return shop;
    }
}
