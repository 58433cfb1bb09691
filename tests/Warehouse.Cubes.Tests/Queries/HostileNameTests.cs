using Warehouse.Cubes.Query;

namespace Warehouse.Cubes.Tests.Queries;

public class HostileNameTests
{
    private static readonly string[] Names =
    [
        "select", "a\"b", "x; DROP TABLE fact; --", "fact", "cells", "rows", "k0", "g", "m0", "é漢字", " ", "a'b", "$1", "ranked", "it is [not]", "axis",
    ];

    public static TheoryData<string> Hostile => [.. Names];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Names_AreNamesAndNothingElse(string name)
    {
        var quoted = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var yaml = $"'{name.Replace("'", "''", StringComparison.Ordinal)}'";
        var expression = $"'{quoted.Replace("'", "''", StringComparison.Ordinal)}'";
        await using var test = await CubeTest.Create(
            $"""
            CREATE TABLE dim (key INTEGER, {quoted} VARCHAR);
            INSERT INTO dim VALUES (1, 'x''; DROP TABLE dim; --'), (2, '$1');
            CREATE TABLE {quoted} (key INTEGER, day DATE, {quoted} INTEGER);
            INSERT INTO {quoted} VALUES (1, '2011-01-01', 5), (2, '2011-02-01', 7);
            CREATE TABLE days AS SELECT day FROM {quoted};
            """,
            $$"""
            cube: {{yaml}}
            table: {{yaml}}
            dimensions:
              {{yaml}}: { table: dim, key: key, on: key, attributes: [{{yaml}}] }
              when: { table: days, key: day, on: day, time: true }
            measures:
              {{yaml}}: { sum: {{expression}}, caption: {{yaml}} }
            """);

        await test.Answers(
            new QueryTexts
            {
                Cube = name,
                Measures = $"{quoted}, share({quoted}) as portion, prior({quoted}, month) as before",
                By = $"{quoted}.{quoted}",
                Where = $"{quoted}.{quoted} <> 'x'' or 1=1' and \"when\".month = 2011-02",
                Totals = "rollup",
                Order = $"{quoted} desc",
                Top = $"top 1 {quoted}.{quoted} by {quoted}",
            },
            "$1 | 7 | 1 | null",
            "Others | null | null | 5",
            "* | 7 | 1 | 5");
    }

    [Theory]
    [InlineData("'; DROP TABLE star.fact_sale; --")]
    [InlineData("' OR '1'='1")]
    [InlineData("$1")]
    [InlineData("\\'; --")]
    [InlineData("%")]
    public async Task Values_AreValuesAndNothingElse(string value)
    {
        await using var shop = await Shop.Create();
        var quoted = $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

        await shop.Answers(new QueryTexts { Cube = "sales", Measures = "lines", Where = $"product.name = {quoted} or product.category in ({quoted})" }, "0");
        await shop.Answers(new QueryTexts { Cube = "sales", Measures = "lines" }, "6");
    }

    [Theory]
    [InlineData("read_csv('/etc/passwd')")]
    [InlineData("getenv('HOME')")]
    [InlineData("net_sales; select 1")]
    [InlineData("(select 1)")]
    [InlineData("lines::varchar")]
    public async Task AnythingElse_IsAWrongCommand(string measure)
    {
        await using var shop = await Shop.Create();

        var fault = await Assert.ThrowsAnyAsync<Definitions.UserFaultException>(() => shop.Ask(new QueryTexts { Cube = "sales", Measures = measure }));

        Assert.True(fault.IsWrongCommand);
    }
}
