using Warehouse.Cubes.Query;

namespace Warehouse.Cubes.Tests.TpcDs;

/// <summary>
/// Questions with subtotals in the style of TPC-DS queries, over a small star of their kind, equal to SQL by hand. Totals are written
/// as * in both.
/// </summary>
public class SubtotalTests
{
    private const string Tables = """
        CREATE MACRO draw(seed, line, most) AS CAST(hash(seed, line) % most AS INTEGER);
        CREATE TABLE day AS SELECT CAST(range AS DATE) AS d FROM range(DATE '2000-01-01', DATE '2002-01-01', INTERVAL 1 DAY);
        CREATE TABLE item AS SELECT CAST(range AS INTEGER) AS i_key, 'category ' || (range % 4) AS i_category,
            CASE WHEN range % 7 = 0 THEN NULL ELSE 'class ' || (range % 6) END AS i_class, 'brand ' || (range % 9) AS i_brand, 'product ' || range AS i_product FROM range(40);
        CREATE TABLE store AS SELECT CAST(range AS INTEGER) AS s_key, 'state ' || (range % 7) AS s_state, 'county ' || (range % 11) AS s_county, 'store ' || range AS s_id FROM range(22);
        CREATE TABLE customer AS SELECT CAST(range AS INTEGER) AS c_key, 'country ' || (range % 3) AS c_country, 'state ' || (range % 5) AS c_state FROM range(60);
        CREATE TABLE sale AS SELECT draw(1, range, 40) AS item, draw(2, range, 22) AS store, draw(3, range, 60) AS customer, DATE '2000-01-01' + draw(4, range, 700) AS day,
            draw(5, range, 99) + 1 AS quantity, CAST(draw(6, range, 20000) / 100.0 AS DECIMAL(7,2)) AS list_price, CAST(draw(7, range, 500) / 100.0 AS DECIMAL(7,2)) AS coupon,
            CAST(draw(8, range, 15000) / 100.0 AS DECIMAL(7,2)) AS price, CAST((draw(9, range, 20000) - 8000) / 100.0 AS DECIMAL(7,2)) AS profit FROM range(4000);
        CREATE TABLE refund AS SELECT draw(10, range, 40) AS item, draw(11, range, 20) AS store, DATE '2000-01-01' + draw(12, range, 700) AS day,
            CAST(draw(13, range, 9000) / 100.0 AS DECIMAL(7,2)) AS amount, CAST(draw(14, range, 3000) / 100.0 AS DECIMAL(7,2)) AS loss FROM range(300);
        CREATE TABLE inventory AS SELECT draw(15, range, 40) AS item, DATE '2000-01-01' + draw(16, range, 700) AS day, CASE WHEN range % 13 = 0 THEN NULL ELSE draw(17, range, 900) END AS on_hand FROM range(2000);
        """;

    private const string Shared = """
        dimensions:
          date: { table: day, key: d, time: true }
          item: { table: item, key: i_key, attributes: { category: i_category, class: i_class, brand: i_brand, product: i_product } }
          store: { table: store, key: s_key, attributes: { state: s_state, county: s_county, id: s_id } }
          customer: { table: customer, key: c_key, attributes: { country: c_country, state: c_state } }
        """;

    private const string Sales = """
        cube: sales
        table: sale
        dimensions: { date: day, item: item, store: store, customer: customer }
        measures:
          sold: { sum: price }
          profit: { sum: profit }
          quantity: { avg: quantity }
          list_price: { avg: list_price }
          coupon: { avg: coupon }
          volume: { sum: price * quantity }
          margin: { is: profit / sold }
        """;

    private const string Refunds = """
        cube: refunds
        table: refund
        dimensions: { date: day, item: item, store: store }
        measures: { refunded: { sum: amount }, loss: { sum: loss } }
        """;

    private const string Inventory = """
        cube: inventory
        table: inventory
        dimensions: { date: day, item: item }
        measures: { on_hand: { avg: on_hand } }
        """;

    public static TheoryData<string, QueryTexts, string> Questions => new()
    {
        {
            "q5, q77, q80: sales, refunds and profit of two facts, rolled up",
            new QueryTexts
            {
                Cube = "sales",
                Measures = "sold, coalesce(refunds.refunded, 0) as back, profit - coalesce(refunds.loss, 0) as net",
                By = "store.state, store.id",
                Where = "date.month = 2000-08",
                Totals = "rollup",
            },
            """
            WITH lines AS (
                SELECT store, price AS sold, 0 AS back, profit AS net FROM sale WHERE day >= '2000-08-01' AND day < '2000-09-01'
                UNION ALL SELECT store, NULL, amount, -loss FROM refund WHERE day >= '2000-08-01' AND day < '2000-09-01')
            SELECT CASE WHEN GROUPING(s_state) = 1 THEN '*' ELSE s_state END, CASE WHEN GROUPING(s_id) = 1 THEN '*' ELSE s_id END, sum(sold), sum(back), CASE WHEN sum(sold) IS NOT NULL THEN sum(net) END
            FROM lines JOIN store ON s_key = store GROUP BY ROLLUP (s_state, s_id)
            """
        },
        {
            "q18: averages over a rollup of places and products",
            new QueryTexts { Cube = "sales", Measures = "quantity, list_price, coupon", By = "item.product, customer.country, customer.state", Where = "date.year = 2001 and customer.state <> 'state 3'", Totals = "rollup" },
            """
            SELECT CASE WHEN GROUPING(i_product) = 1 THEN '*' ELSE i_product END, CASE WHEN GROUPING(c_country) = 1 THEN '*' ELSE c_country END, CASE WHEN GROUPING(c_state) = 1 THEN '*' ELSE c_state END, avg(quantity), avg(list_price), avg(coupon)
            FROM sale JOIN item ON i_key = item JOIN customer ON c_key = customer WHERE day >= '2001-01-01' AND c_state <> 'state 3' GROUP BY ROLLUP (i_product, c_country, c_state)
            """
        },
        {
            "q22: the average stock, rolled up over the levels of products",
            new QueryTexts { Cube = "inventory", Measures = "on_hand", By = "item.product, item.brand, item.class, item.category", Where = "date.year = 2000", Totals = "rollup" },
            """
            SELECT CASE WHEN GROUPING(i_product) = 1 THEN '*' ELSE i_product END, CASE WHEN GROUPING(i_brand) = 1 THEN '*' ELSE i_brand END, CASE WHEN GROUPING(i_class) = 1 THEN '*' ELSE coalesce(i_class, 'null') END,
                CASE WHEN GROUPING(i_category) = 1 THEN '*' ELSE i_category END, avg(on_hand)
            FROM inventory JOIN item ON i_key = item WHERE year(day) = 2000 GROUP BY ROLLUP (i_product, i_brand, i_class, i_category)
            """
        },
        {
            "q27: averages by product and state, with the sets that are asked for",
            new QueryTexts { Cube = "sales", Measures = "quantity, list_price, coupon", By = "item.product, store.state", Where = "store.state in ('state 1', 'state 2', 'state 5')", Totals = "(item.product), ()" },
            """
            SELECT CASE WHEN GROUPING(i_product) = 1 THEN '*' ELSE i_product END, CASE WHEN GROUPING(s_state) = 1 THEN '*' ELSE s_state END, avg(quantity), avg(list_price), avg(coupon)
            FROM sale JOIN item ON i_key = item JOIN store ON s_key = store WHERE s_state IN ('state 1', 'state 2', 'state 5') GROUP BY GROUPING SETS ((i_product, s_state), (i_product), ())
            """
        },
        {
            "q36, q86: a ratio rolled up, and its place among its level",
            new QueryTexts { Cube = "sales", Measures = "margin, rank(0 - margin) as place, rank(0 - margin, item.category) as place_in_category", By = "item.category, item.class", Totals = "rollup" },
            """
            WITH levels AS (
                SELECT i_category, i_class, GROUPING(i_category, i_class) AS level, sum(profit) / sum(price) AS margin FROM sale JOIN item ON i_key = item GROUP BY ROLLUP (i_category, i_class))
            SELECT CASE WHEN level = 3 THEN '*' ELSE i_category END, CASE WHEN level > 0 THEN '*' ELSE coalesce(i_class, 'null') END, margin,
                rank() OVER (PARTITION BY level ORDER BY margin), rank() OVER (PARTITION BY level, i_category ORDER BY margin)
            FROM levels
            """
        },
        {
            "q67: eight levels rolled up, and the place of each row within its category",
            new QueryTexts { Cube = "sales", Measures = "volume, rank(volume, item.category) as place", By = "item.category, item.class, item.brand, item.product, date.year, date.quarter, date.month, store.id", Totals = "rollup" },
            """
            WITH levels AS (
                SELECT i_category, i_class, i_brand, i_product, year(day) AS y, date_trunc('quarter', day)::DATE AS q, date_trunc('month', day)::DATE AS m, s_id,
                    GROUPING(i_category, i_class, i_brand, i_product, year(day), date_trunc('quarter', day)::DATE, date_trunc('month', day)::DATE, s_id) AS level, sum(price * quantity) AS volume
                FROM sale JOIN item ON i_key = item JOIN store ON s_key = store
                GROUP BY ROLLUP (i_category, i_class, i_brand, i_product, year(day), date_trunc('quarter', day)::DATE, date_trunc('month', day)::DATE, s_id))
            SELECT CASE WHEN level & 128 > 0 THEN '*' ELSE i_category END, CASE WHEN level & 64 > 0 THEN '*' ELSE coalesce(i_class, 'null') END, CASE WHEN level & 32 > 0 THEN '*' ELSE i_brand END,
                CASE WHEN level & 16 > 0 THEN '*' ELSE i_product END, CASE WHEN level & 8 > 0 THEN '*' ELSE y::VARCHAR END, CASE WHEN level & 4 > 0 THEN '*' ELSE q::VARCHAR END,
                CASE WHEN level & 2 > 0 THEN '*' ELSE m::VARCHAR END, CASE WHEN level & 1 > 0 THEN '*' ELSE s_id END, volume, rank() OVER (PARTITION BY level, i_category ORDER BY volume DESC)
            FROM levels
            """
        },
        {
            "q70: the five best states, rolled up to counties",
            new QueryTexts { Cube = "sales", Measures = "profit", By = "store.state, store.county", Where = "top 5 store.state by profit and date.year = 2000", Totals = "rollup" },
            """
            WITH best AS (SELECT s_state FROM sale JOIN store ON s_key = store WHERE day < '2001-01-01' GROUP BY s_state ORDER BY sum(profit) DESC, s_state LIMIT 5)
            SELECT CASE WHEN GROUPING(s_state) = 1 THEN '*' ELSE s_state END, CASE WHEN GROUPING(s_county) = 1 THEN '*' ELSE s_county END, sum(profit)
            FROM sale JOIN store ON s_key = store WHERE day < '2001-01-01' AND s_state IN (SELECT s_state FROM best) GROUP BY ROLLUP (s_state, s_county)
            """
        },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Subtotals_EqualTheirSqlByHand(string question, QueryTexts texts, string sql)
    {
        await using var test = await CubeTest.Create(Tables, Shared, Sales, Refunds, Inventory);

        var answer = CubeTest.Lines(await test.Ask(texts)).Order(StringComparer.Ordinal);
        var byHand = (await test.Rows(sql)).Order(StringComparer.Ordinal).ToArray();

        Assert.True(byHand.Length > 1, question);
        Assert.Equal(byHand, answer);
    }
}
