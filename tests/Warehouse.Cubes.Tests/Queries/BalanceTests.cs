using Warehouse.Cubes.Query;

namespace Warehouse.Cubes.Tests.Queries;

public class BalanceTests
{
    private const string Tables = """
        CREATE TABLE days AS SELECT CAST(range AS DATE) AS day FROM range(DATE '2011-01-01', DATE '2012-01-01', INTERVAL 1 DAY);
        CREATE TABLE stock (store VARCHAR, product VARCHAR, day DATE, on_hand INTEGER);
        INSERT INTO stock VALUES
            ('A', 'mug', '2011-01-10', 5), ('A', 'mug', '2011-01-31', 4), ('A', 'pan', '2011-01-31', 1),
            ('B', 'mug', '2011-01-20', 7), ('A', 'mug', '2011-02-28', 2);
        """;

    private const string Model = """
        cube: stock
        table: stock
        dimensions:
          date: { table: days, key: day, on: day, time: true }
          item: { attributes: [store, product] }
        measures:
          closing: { last: on_hand, over: date }
          latest: { last: on_hand, over: date, per: item.store }
          opening: { first: on_hand, over: date }
          usual: { average: on_hand, over: date }
          mugs: { last: on_hand, over: date, where: product = 'mug' }
          counts: { count: rows }
        """;

    [Fact]
    public async Task Balances_AddUpOverAllButTime()
    {
        await using var test = await CubeTest.Create(Tables, Model);

        await test.Answers(
            new QueryTexts { Cube = "stock", Measures = "closing, latest, opening, usual, counts", By = "date.month", Totals = "grand" },
            "2011-01-01 | 5 | 12 | 5 | 5.666667 | 4",
            "2011-02-01 | 2 | 2 | 2 | 2 | 1",
            "* | 2 | 9 | 5 | 4.75 | 5");
    }

    [Fact]
    public async Task Totals_TakeTheirOwnLastDay_NotTheSumOfLastDays()
    {
        await using var test = await CubeTest.Create(Tables, Model);

        await test.Answers(
            new QueryTexts { Cube = "stock", Measures = "closing, mugs", By = "item.product", Totals = "grand", Where = "date.month = 2011-01" },
            "mug | 4 | 4",
            "pan | 1 | null",
            "* | 5 | 4");
    }

    [Fact]
    public async Task PriorBalance_IsTheBalanceOfThePriorPeriod()
    {
        await using var test = await CubeTest.Create(Tables, Model);

        await test.Answers(
            new QueryTexts { Cube = "stock", Measures = "closing, prior(closing, month) as before", By = "date.month", Where = "date.month = 2011-02" },
            "2011-02-01 | 2 | 5");
    }
}
