using Warehouse.Cubes.Query;
using Warehouse.Cubes.Rollups;

namespace Warehouse.Cubes.Tests.Rollups;

public class SuggestionTests
{
    private const string Tables = """
        CREATE TABLE days AS SELECT CAST(range AS DATE) AS day FROM range(DATE '2025-01-01', DATE '2026-01-01', INTERVAL 1 DAY);
        CREATE TABLE product AS SELECT range AS key, 'p' || range AS name, 'c' || range % 4 AS category FROM range(500);
        CREATE TABLE sale AS SELECT range AS id, range * 7 % 500 AS product, DATE '2025-01-01' + CAST(range % 365 AS INTEGER) AS day, range % 11 AS amount, range % 900 AS customer FROM range(20000);
        """;

    private const string Sales = """
        cube: sales
        table: sale
        key: id
        dimensions:
          date: { table: days, key: day, on: day, time: true }
          product: { table: product, key: key, on: product, attributes: [name, category] }
          line: { attributes: [customer] }
        filters: { first: product.category = 'c1' }
        measures:
          amount: { sum: amount }
          lines: { count: rows }
          buyers: { count_distinct: customer }
          middle: { median: amount }
          each: { is: amount / lines }
        """;

    private readonly List<AskedQuery> _asked = [];

    [Fact]
    public async Task WhatWasAsked_IsToldByNamesAlone_OnceForEachPassThatARollupCouldGive()
    {
        await using var test = await Create();
        await test.Ask(new QueryTexts { Cube = "sales", Measures = "each, middle, prior(lines, month) as p", By = "date.quarter", Where = "date.year = 2025" });
        await test.Ask(new QueryTexts { Cube = "sales", Measures = "lines", By = "product.category", Where = "first and product.name <> 'secret'" });
        await test.Ask(new QueryTexts { Cube = "sales", Measures = "lines", AsOf = "2025-03-01" });

        var one = Assert.Single(_asked);
        Assert.Equal(["product.category", "product.name"], one.Members);
        Assert.Equal(["lines"], one.Measures);
        Assert.DoesNotContain("secret", one.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASuggestion_CoversQuestionsTogether_AndAnswersThemOnceItIsDefined()
    {
        await using var test = await Create();
        QueryTexts[] questions =
        [
            new() { Cube = "sales", Measures = "amount", By = "date.month" },
            new() { Cube = "sales", Measures = "amount, buyers", By = "date.quarter, product.category" },
            new() { Cube = "sales", Measures = "lines", Where = "product.category = 'c2' and date.year = 2025" },
            new() { Cube = "sales", Measures = "lines", By = "line.customer, product.name" },
        ];
        foreach (var question in questions)
        {
            await test.Ask(question);
        }

        var suggestion = Assert.Single(await test.Engine.SuggestRollupsAsync(_asked.Select(query => query with { Milliseconds = 10 })));

        Assert.Equal(["date.month", "product.category"], suggestion.By.Select(member => member.Text));
        Assert.Equal(["amount", "lines", "buyers"], suggestion.Measures);
        Assert.Equal((3, 30.0, 48L, 20_000L), (suggestion.Questions, suggestion.Milliseconds, suggestion.Rows, suggestion.Facts));
        await using var built = await CubeTest.Create(
            Tables + "CREATE SCHEMA mart;",
            new CubeEngineOptions { ComparesRollups = true, Generation = (_, _) => Task.FromResult(new Results.GenerationStamp(1, DateTimeOffset.UnixEpoch)) },
            Sales + $"\nrollups:\n  {suggestion.Definition}\n");
        await built.Engine.BuildRollupsAsync();
        foreach (var question in questions[..3])
        {
            Assert.Null(Assert.Single((await built.Engine.ExplainAsync(question.Parse())).Rollups).Refusal);
            Assert.Equal(CubeTest.Lines(await test.Ask(question)), CubeTest.Lines(await built.Ask(question)));
        }
    }

    [Fact]
    public async Task WhatNoRollupWouldMakeSmaller_IsNotSuggested_NorWhatTheModelNoLongerHas()
    {
        await using var test = await Create();

        Assert.Empty(await test.Engine.SuggestRollupsAsync(
        [
            new AskedQuery("sales", ["line.customer", "product.name"], ["lines"], 100),
            new AskedQuery("sales", ["product.colour"], ["lines"], 100),
            new AskedQuery("sales", ["product.name"], ["gone"], 100),
            new AskedQuery("gone", [], ["lines"], 100),
        ]));
    }

    private Task<CubeTest> Create() => CubeTest.Create(Tables, new CubeEngineOptions { Asked = _asked.Add }, Sales);
}
