using Warehouse.Cubes.Query;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Tests.Queries;

/// <summary>Facts that were told late, corrected or withdrawn: as of a day, an answer is what it was on that day.</summary>
public class CorrectedFactTests
{
    private const string Tables = """
        CREATE TABLE days AS SELECT CAST(range AS DATE) AS day FROM range(DATE '2025-01-01', DATE '2025-07-01', INTERVAL 1 DAY);
        CREATE TABLE sale (id INTEGER, day DATE, product VARCHAR, amount INTEGER, known_at TIMESTAMPTZ);
        CREATE TABLE old_sale (id INTEGER, day DATE, product VARCHAR, amount INTEGER, known_at TIMESTAMPTZ, known_to TIMESTAMPTZ);
        INSERT INTO sale VALUES
            (1, '2025-01-10', 'pan', 1, '2025-01-10 12:00:00+00'),
            (2, '2025-01-10', 'pan', 20, '2025-03-01 00:00:00+00'),
            (4, '2025-01-12', 'pan', 8, '2025-04-02 12:00:00+00');
        INSERT INTO old_sale VALUES
            (2, '2025-01-10', 'mug', 2, '2025-01-10 12:00:00+00', '2025-02-01 23:00:00+00'),
            (2, '2025-01-11', 'mug', 4, '2025-02-01 23:00:00+00', '2025-03-01 00:00:00+00'),
            (3, '2025-01-11', 'mug', 64, '2025-01-11 12:00:00+00', '2025-02-10 12:00:00+00');
        CREATE VIEW sale_version AS SELECT *, TIMESTAMPTZ '9999-12-31 00:00:00+00' AS known_to FROM sale UNION ALL SELECT * FROM old_sale;
        """;

    private const string Sales = """
        cube: sales
        table: sale
        key: id
        known_at: known_at
        history: { table: sale_version, until: known_to }
        dimensions:
          date: { table: days, key: day, on: day, time: true }
          line: { attributes: [product] }
        measures:
          amount: { sum: amount }
          lines: { count: rows }
        details: [id, amount]
        """;

    [Theory]
    [InlineData(null, "pan | 29 | 3")]
    [InlineData("2025-01-10", "mug | 2 | 1", "pan | 1 | 1")]
    [InlineData("2025-01-31", "mug | 66 | 2", "pan | 1 | 1")]
    [InlineData("2025-02-01", "mug | 68 | 2", "pan | 1 | 1")]
    [InlineData("2025-02-10", "mug | 4 | 1", "pan | 1 | 1")]
    [InlineData("2025-02-28", "mug | 4 | 1", "pan | 1 | 1")]
    [InlineData("2025-03-01", "pan | 21 | 2")]
    [InlineData("2025-04-02", "pan | 29 | 3")]
    public async Task AsOfADay_WhatWasTakenForTrueAtItsEndCounts(string? day, params string[] rows)
    {
        await using var test = await CubeTest.Create(Tables, Sales);
        var query = new QueryTexts { Cube = "sales", Measures = "amount, lines", By = "line.product", AsOf = day };

        await test.Answers(query, rows);
        var answer = await test.Ask(query);
        foreach (var row in answer.Rows)
        {
            var details = await test.Engine.DetailsAsync(new DetailQuery(query.Parse(), row), CubeAccess.Everything);
            Assert.Equal((long)row.Values[2]!, details.Rows.Count);
        }
    }

    [Fact]
    public async Task ADayEndsInTheWorkspacesTimeZone()
    {
        await using var test = await CubeTest.Create(Tables, new CubeEngineOptions { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") }, Sales);

        await test.Answers(new QueryTexts { Cube = "sales", Measures = "amount", AsOf = "2025-02-01" }, "67");
        await test.Answers(new QueryTexts { Cube = "sales", Measures = "amount", AsOf = "2025-02-02" }, "69");
    }

    [Fact]
    public async Task WhatChangesOverTime_KnowsVersionsToo()
    {
        await using var test = await CubeTest.Create(Tables, Sales);

        await test.Answers(new QueryTexts { Cube = "sales", Measures = "amount, cumulative(amount) as ever", By = "date.day", AsOf = "2025-02-05" }, "2025-01-10 | 1 | 1", "2025-01-11 | 68 | 69");
    }

    [Fact]
    public void AHistory_NeedsToSayFromWhen()
    {
        var fault = Assert.Throws<DefinitionException>(() => CubeModel.Parse(("a", Sales.Replace("known_at: known_at\n", "", StringComparison.Ordinal))));

        Assert.Contains("\"known_at\" is missing", fault.Message);
    }
}
