namespace Warehouse.Cubes.Tests;

/// <summary>A shop small enough to compute by hand: two facts over shared dimensions.</summary>
internal static class Shop
{
    public const string Tables = """
        CREATE SCHEMA star;
        CREATE TABLE star.dim_date AS
            SELECT CAST(range AS DATE) AS date_key, isodow(range) >= 6 AS is_weekend FROM range(DATE '2010-01-01', DATE '2014-01-01', INTERVAL 1 DAY)
            UNION ALL SELECT DATE '0001-01-01', false;
        CREATE TABLE star.dim_product (product_key INTEGER, name VARCHAR, category VARCHAR);
        INSERT INTO star.dim_product VALUES (-1, NULL, NULL), (1, 'mug', 'kitchen'), (2, 'pan', 'kitchen'), (3, 'lamp', 'living');
        CREATE TABLE star.dim_customer (version_key INTEGER, customer_key INTEGER, city VARCHAR, valid_from TIMESTAMPTZ, valid_to TIMESTAMPTZ, is_current BOOLEAN);
        INSERT INTO star.dim_customer VALUES
            (-1, -1, NULL, '0001-01-01 00:00:00+00', '9999-12-31 00:00:00+00', true),
            (1, 1, 'Rome', '0001-01-01 00:00:00+00', '2011-03-01 00:00:00+00', false),
            (2, 1, 'Oslo', '2011-03-01 00:00:00+00', '9999-12-31 00:00:00+00', true),
            (3, 2, 'Rome', '0001-01-01 00:00:00+00', '9999-12-31 00:00:00+00', true);
        CREATE TABLE star.fact_sale (sale_key BIGINT, customer_key INTEGER, version_key INTEGER, product_key INTEGER, date_key DATE, order_id VARCHAR, quantity DECIMAL(18,4), price DECIMAL(18,4), known_at TIMESTAMPTZ);
        INSERT INTO star.fact_sale VALUES
            (1, 1, 1, 1, '2011-01-10', 'A', 2, 5, '2011-01-10 12:00:00+00'),
            (2, 1, 1, 2, '2011-01-10', 'A', 1, 20, '2011-01-10 12:00:00+00'),
            (3, 2, 3, 1, '2011-02-05', 'B', 4, 5, '2011-02-05 12:00:00+00'),
            (4, 1, 2, 3, '2011-03-15', 'C', 1, 50, '2011-03-15 12:00:00+00'),
            (5, -1, -1, 1, '2011-03-20', 'D', -1, 5, '2011-03-20 12:00:00+00'),
            (6, -1, -1, -1, '0001-01-01', 'E', 3, 1, '2011-04-01 12:00:00+00');
        CREATE TABLE star.fact_contact (contact_key BIGINT, customer_key INTEGER, date_key DATE, is_complaint BOOLEAN, satisfaction INTEGER);
        INSERT INTO star.fact_contact VALUES
            (1, 1, '2011-01-12', true, 1), (2, 1, '2011-01-13', false, 4), (3, 2, '2011-04-02', true, NULL);
        """;

    public const string Shared = """
        dimensions:
          date: { table: star.dim_date, key: date_key, unknown: 0001-01-01, time: { fiscal_year_starts: 4 }, attributes: [is_weekend] }
          product:
            table: star.dim_product
            key: product_key
            unknown: -1
            attributes: [name, category]
            hierarchies: { range: [category, name] }
          customer:
            table: star.dim_customer
            key: customer_key
            versions: { key: version_key, from: valid_from, to: valid_to, current: is_current }
            unknown: -1
            attributes: { city: , key: customer_key }
        """;

    public const string Sales = """
        cube: sales
        table: star.fact_sale
        key: sale_key
        known_at: known_at
        dimensions:
          date: date_key
          product: product_key
          customer: customer_key
          customer_then: { dimension: customer, on: version_key, as: then }
          line: { attributes: { order_id: , is_return: quantity < 0 } }
        details: [order_id, quantity, price]
        filters:
          kitchen: product.category = 'kitchen'
        measures:
          net_sales: { sum: quantity * price, format: "#,##0.00", caption: { en: Net sales, de: Umsatz } }
          lines: { count: rows }
          orders: { count_distinct: order_id }
          customers: { count_distinct: customer }
          returned: { sum: -quantity * price, where: line.is_return }
          kitchen_sales: { sum: quantity * price, where: product.category = 'kitchen' }
          average_order: { is: net_sales / orders }
          highest: { max: price }
          middle: { median: price }
        """;

    public const string Contacts = """
        cube: contacts
        table: star.fact_contact
        key: contact_key
        dimensions:
          date: date_key
          customer: customer_key
        measures:
          contacts: { count: rows }
          complaints: { count: rows, where: is_complaint }
          satisfaction: { avg: satisfaction }
        """;

    public static Task<CubeTest> Create() => CubeTest.Create(Tables, Shared, Sales, Contacts);
}
