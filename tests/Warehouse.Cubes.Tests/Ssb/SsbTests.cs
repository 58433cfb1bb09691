using Warehouse.Cubes.Query;

namespace Warehouse.Cubes.Tests.Ssb;

public class SsbTests
{
    private static readonly double Scale = Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") is "1" ? 1 : .02;

    [Fact]
    public async Task TheThirteenQueries_EqualTheirSqlByHand()
    {
        await using var ssb = await CubeTest.Create(StarSchemaBenchmark.Tables(Scale), StarSchemaBenchmark.Model);
        foreach (var query in StarSchemaBenchmark.Queries)
        {
            var texts = new QueryTexts { Cube = "lineorder", Measures = query.Measures, By = query.By, Where = query.Where, Order = query.Order };

            await ssb.Answers(texts, await ssb.Rows(query.Sql));
        }
    }
}
