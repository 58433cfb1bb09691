using System.Globalization;
using System.Text;

namespace Warehouse.Cubes.Tests.OtherProducts;

/// <summary>
/// A chain of shops whose data has what the question suites of other products trip over: two to-many joins of one fact, leap days, the
/// 53rd week, days without anything, members without names, ties. It stands in memory, too, to compute what is expected the long way.
/// </summary>
internal static class Chain
{
    public static readonly string?[] Cities = ["Oslo", "Rome", null, "Bern"];

    public static readonly IReadOnlyList<(int Customer, string Interest)> Interests = [(0, "golf"), (0, "chess"), (1, "golf"), (1, "golf club"), (2, "chess")];

    public static readonly IReadOnlyList<(int Order, string Owner)> Owners = [(1, "Ada"), (1, "Bob"), (2, "Ada"), (3, "Bob"), (3, "Cyd"), (5, "Cyd"), (6, "Ada"), (6, "Cyd")];

    public static readonly IReadOnlyList<Sale> Sales =
    [
        new(1, 0, new(2019, 12, 30), 10), new(1, 0, new(2019, 12, 30), 15), new(2, 1, new(2020, 1, 1), 20), new(3, 2, new(2020, 2, 28), 40), new(3, 3, new(2020, 2, 29), 80),
        new(4, 0, new(2020, 3, 31), null), new(5, 1, new(2020, 12, 28), 5), new(5, 1, new(2020, 12, 31), 7), new(6, 2, new(2021, 1, 2), 3), new(6, 3, new(2021, 1, 3), 0),
        new(7, 0, new(2021, 1, 4), -12), new(8, 1, new(2021, 2, 28), 33), new(9, 3, new(2021, 3, 1), 20), new(10, 2, new(2021, 3, 31), 11),
    ];

    public static readonly IReadOnlyList<(int Customer, DateOnly Day)> Complaints = [(1, new(2020, 1, 5)), (1, new(2020, 2, 1)), (3, new(2020, 2, 29)), (2, new(2021, 1, 1))];

    /// <summary>What lay in two stores, counted on days of their own.</summary>
    public static readonly IReadOnlyList<(string Store, DateOnly Day, int Stock)> Stocks =
    [
        ("north", new(2020, 1, 10), 100), ("north", new(2020, 1, 31), 90), ("south", new(2020, 1, 20), 7), ("south", new(2020, 3, 15), 9), ("north", new(2020, 4, 1), 50),
    ];

    public const string Shared = """
        dimensions:
          date: { table: days, key: day, unknown: 0001-01-01, time: { fiscal_year_starts: 4 }, hierarchies: { calendar: [year, quarter, month, day] } }
          customer: { table: customer, key: id, attributes: [id, city] }
        """;

    public const string SalesModel = """
        cube: sales
        table: sale
        dimensions:
          date: day
          customer: customer
          interest: { table: interest, key: name, on: customer, attributes: [name], bridge: { table: customer_interest, from: customer, to: name } }
          owner: { table: owner, key: name, on: order_id, attributes: [name], bridge: { table: order_owner, from: order_id, to: name } }
        filters: { paid: customer.city = 'Rome' }
        measures:
          amount: { sum: amount }
          lines: { count: rows }
          amounts: { count: amount }
          orders: { count_distinct: order_id }
          customers: { count_distinct: customer }
          mean: { avg: amount }
          middle: { median: amount }
          least: { min: amount }
          per_order: { is: amount / orders }
        rollups:
          monthly: { table: sale_monthly, by: [date.month, customer.city], measures: [amount, lines, amounts, orders, customers, mean, least] }
        """;

    public const string ComplaintModel = "cube: complaints\ntable: complaint\ndimensions: { date: day, customer: customer }\nmeasures: { complaints: { count: rows } }\n";

    public const string StockModel = """
        cube: stocks
        table: stock
        dimensions: { date: day, store: { attributes: [store] } }
        measures:
          last: { last: stock, over: date }
          each_last: { last: stock, over: date, per: store }
          first: { first: stock, over: date }
          usual: { average: stock, over: date }
        """;

    public static string Sql
    {
        get
        {
            var sql = new StringBuilder("""
                CREATE TABLE days AS SELECT CAST(range AS DATE) AS day FROM range(DATE '2019-01-01', DATE '2022-01-01', INTERVAL 1 DAY) UNION ALL SELECT DATE '0001-01-01';
                CREATE TABLE customer (id INTEGER, city VARCHAR); CREATE TABLE sale (order_id INTEGER, customer INTEGER, day DATE, amount DECIMAL(18,2));
                CREATE TABLE complaint (customer INTEGER, day DATE); CREATE TABLE stock (store VARCHAR, day DATE, stock INTEGER);
                CREATE TABLE interest AS SELECT unnest(['golf', 'golf club', 'chess', 'none']) AS name; CREATE TABLE owner AS SELECT unnest(['Ada', 'Bob', 'Cyd']) AS name;
                CREATE TABLE customer_interest (customer INTEGER, name VARCHAR); CREATE TABLE order_owner (order_id INTEGER, name VARCHAR);
                """);
            Add(sql, "customer", Cities.Select((city, id) => new object?[] { id, city }));
            Add(sql, "sale", Sales.Select(sale => new object?[] { sale.Order, sale.Customer, sale.Day, sale.Amount }));
            Add(sql, "complaint", Complaints.Select(each => new object?[] { each.Customer, each.Day }));
            Add(sql, "stock", Stocks.Select(each => new object?[] { each.Store, each.Day, each.Stock }));
            Add(sql, "customer_interest", Interests.Select(each => new object?[] { each.Customer, each.Interest }));
            Add(sql, "order_owner", Owners.Select(each => new object?[] { each.Order, each.Owner }));
            return sql.ToString();
        }
    }

    public static Task<CubeTest> Create(CubeEngineOptions? options = null) => CubeTest.Create(Sql, options, Shared, SalesModel, ComplaintModel, StockModel);

    private static void Add(StringBuilder sql, string table, IEnumerable<object?[]> rows)
    {
        foreach (var row in rows)
        {
            sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO {table} VALUES ({string.Join(", ", row.Select(value => value switch { null => "NULL", string text => $"'{text}'", DateOnly day => $"'{day:yyyy-MM-dd}'", _ => Convert.ToString(value, CultureInfo.InvariantCulture) }))});");
        }
    }
}

/// <summary>An order line; the amount of a gift is not known.</summary>
internal sealed record Sale(int Order, int Customer, DateOnly Day, decimal? Amount)
{
    public string? City => Chain.Cities[Customer];
}
