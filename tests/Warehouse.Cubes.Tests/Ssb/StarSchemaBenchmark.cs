using System.Globalization;

namespace Warehouse.Cubes.Tests.Ssb;

/// <summary>
/// The Star Schema Benchmark (O'Neil, O'Neil, Chen; revision 3): its tables, filled by its distributions with a hash in the place of
/// random numbers, and its 13 queries by hand and as questions to a cube.
/// </summary>
internal static class StarSchemaBenchmark
{
    public const string Model = """
        cube: lineorder
        table: lineorder
        dimensions:
          date: { table: date, key: d_datekey, on: lo_orderdate, attributes: [d_year, d_yearmonthnum, d_yearmonth, d_weeknuminyear] }
          customer: { table: customer, key: c_custkey, on: lo_custkey, attributes: [c_city, c_nation, c_region] }
          supplier: { table: supplier, key: s_suppkey, on: lo_suppkey, attributes: [s_city, s_nation, s_region] }
          part: { table: part, key: p_partkey, on: lo_partkey, attributes: [p_mfgr, p_category, p_brand1] }
          line: { attributes: [lo_discount, lo_quantity] }
        measures:
          revenue: { sum: lo_revenue }
          discounted: { sum: lo_extendedprice * lo_discount }
          profit: { sum: lo_revenue - lo_supplycost }
        """;

    public static readonly IReadOnlyList<SsbQuery> Queries =
    [
        new("1.1", "discounted", "", "date.d_year = 1993 and line.lo_discount between 1 and 3 and line.lo_quantity < 25", "",
            "SELECT sum(lo_extendedprice * lo_discount) FROM lineorder, date WHERE lo_orderdate = d_datekey AND d_year = 1993 AND lo_discount BETWEEN 1 AND 3 AND lo_quantity < 25"),
        new("1.2", "discounted", "", "date.d_yearmonthnum = 199401 and line.lo_discount between 4 and 6 and line.lo_quantity between 26 and 35", "",
            "SELECT sum(lo_extendedprice * lo_discount) FROM lineorder, date WHERE lo_orderdate = d_datekey AND d_yearmonthnum = 199401 AND lo_discount BETWEEN 4 AND 6 AND lo_quantity BETWEEN 26 AND 35"),
        new("1.3", "discounted", "", "date.d_weeknuminyear = 6 and date.d_year = 1994 and line.lo_discount between 5 and 7 and line.lo_quantity between 26 and 35", "",
            "SELECT sum(lo_extendedprice * lo_discount) FROM lineorder, date WHERE lo_orderdate = d_datekey AND d_weeknuminyear = 6 AND d_year = 1994 AND lo_discount BETWEEN 5 AND 7 AND lo_quantity BETWEEN 26 AND 35"),
        new("2.1", "revenue", "date.d_year, part.p_brand1", "part.p_category = 'MFGR#12' and supplier.s_region = 'AMERICA'", "",
            "SELECT d_year, p_brand1, sum(lo_revenue) FROM lineorder, date, part, supplier WHERE lo_orderdate = d_datekey AND lo_partkey = p_partkey AND lo_suppkey = s_suppkey AND p_category = 'MFGR#12' AND s_region = 'AMERICA' GROUP BY d_year, p_brand1 ORDER BY d_year, p_brand1"),
        new("2.2", "revenue", "date.d_year, part.p_brand1", "part.p_brand1 between 'MFGR#2221' and 'MFGR#2228' and supplier.s_region = 'ASIA'", "",
            "SELECT d_year, p_brand1, sum(lo_revenue) FROM lineorder, date, part, supplier WHERE lo_orderdate = d_datekey AND lo_partkey = p_partkey AND lo_suppkey = s_suppkey AND p_brand1 BETWEEN 'MFGR#2221' AND 'MFGR#2228' AND s_region = 'ASIA' GROUP BY d_year, p_brand1 ORDER BY d_year, p_brand1"),
        new("2.3", "revenue", "date.d_year, part.p_brand1", "part.p_brand1 = 'MFGR#2239' and supplier.s_region = 'EUROPE'", "",
            "SELECT d_year, p_brand1, sum(lo_revenue) FROM lineorder, date, part, supplier WHERE lo_orderdate = d_datekey AND lo_partkey = p_partkey AND lo_suppkey = s_suppkey AND p_brand1 = 'MFGR#2239' AND s_region = 'EUROPE' GROUP BY d_year, p_brand1 ORDER BY d_year, p_brand1"),
        new("3.1", "revenue", "customer.c_nation, supplier.s_nation, date.d_year", "customer.c_region = 'ASIA' and supplier.s_region = 'ASIA' and date.d_year >= 1992 and date.d_year <= 1997", "date.d_year, revenue desc",
            "SELECT c_nation, s_nation, d_year, sum(lo_revenue) AS revenue FROM customer, lineorder, supplier, date WHERE lo_custkey = c_custkey AND lo_suppkey = s_suppkey AND lo_orderdate = d_datekey AND c_region = 'ASIA' AND s_region = 'ASIA' AND d_year >= 1992 AND d_year <= 1997 GROUP BY c_nation, s_nation, d_year ORDER BY d_year, revenue DESC, c_nation, s_nation"),
        new("3.2", "revenue", "customer.c_city, supplier.s_city, date.d_year", "customer.c_nation = 'UNITED STATES' and supplier.s_nation = 'UNITED STATES' and date.d_year >= 1992 and date.d_year <= 1997", "date.d_year, revenue desc",
            "SELECT c_city, s_city, d_year, sum(lo_revenue) AS revenue FROM customer, lineorder, supplier, date WHERE lo_custkey = c_custkey AND lo_suppkey = s_suppkey AND lo_orderdate = d_datekey AND c_nation = 'UNITED STATES' AND s_nation = 'UNITED STATES' AND d_year >= 1992 AND d_year <= 1997 GROUP BY c_city, s_city, d_year ORDER BY d_year, revenue DESC, c_city, s_city"),
        new("3.3", "revenue", "customer.c_city, supplier.s_city, date.d_year", "customer.c_city in ('UNITED KI1', 'UNITED KI5') and supplier.s_city in ('UNITED KI1', 'UNITED KI5') and date.d_year >= 1992 and date.d_year <= 1997", "date.d_year, revenue desc",
            "SELECT c_city, s_city, d_year, sum(lo_revenue) AS revenue FROM customer, lineorder, supplier, date WHERE lo_custkey = c_custkey AND lo_suppkey = s_suppkey AND lo_orderdate = d_datekey AND (c_city = 'UNITED KI1' OR c_city = 'UNITED KI5') AND (s_city = 'UNITED KI1' OR s_city = 'UNITED KI5') AND d_year >= 1992 AND d_year <= 1997 GROUP BY c_city, s_city, d_year ORDER BY d_year, revenue DESC, c_city, s_city"),
        new("3.4", "revenue", "customer.c_city, supplier.s_city, date.d_year", "customer.c_city in ('UNITED KI1', 'UNITED KI5') and supplier.s_city in ('UNITED KI1', 'UNITED KI5') and date.d_yearmonth = 'Dec1997'", "date.d_year, revenue desc",
            "SELECT c_city, s_city, d_year, sum(lo_revenue) AS revenue FROM customer, lineorder, supplier, date WHERE lo_custkey = c_custkey AND lo_suppkey = s_suppkey AND lo_orderdate = d_datekey AND (c_city = 'UNITED KI1' OR c_city = 'UNITED KI5') AND (s_city = 'UNITED KI1' OR s_city = 'UNITED KI5') AND d_yearmonth = 'Dec1997' GROUP BY c_city, s_city, d_year ORDER BY d_year, revenue DESC, c_city, s_city"),
        new("4.1", "profit", "date.d_year, customer.c_nation", "customer.c_region = 'AMERICA' and supplier.s_region = 'AMERICA' and (part.p_mfgr = 'MFGR#1' or part.p_mfgr = 'MFGR#2')", "",
            "SELECT d_year, c_nation, sum(lo_revenue - lo_supplycost) FROM date, customer, supplier, part, lineorder WHERE lo_custkey = c_custkey AND lo_suppkey = s_suppkey AND lo_partkey = p_partkey AND lo_orderdate = d_datekey AND c_region = 'AMERICA' AND s_region = 'AMERICA' AND (p_mfgr = 'MFGR#1' OR p_mfgr = 'MFGR#2') GROUP BY d_year, c_nation ORDER BY d_year, c_nation"),
        new("4.2", "profit", "date.d_year, supplier.s_nation, part.p_category", "customer.c_region = 'AMERICA' and supplier.s_region = 'AMERICA' and date.d_year in (1997, 1998) and part.p_mfgr in ('MFGR#1', 'MFGR#2')", "",
            "SELECT d_year, s_nation, p_category, sum(lo_revenue - lo_supplycost) FROM date, customer, supplier, part, lineorder WHERE lo_custkey = c_custkey AND lo_suppkey = s_suppkey AND lo_partkey = p_partkey AND lo_orderdate = d_datekey AND c_region = 'AMERICA' AND s_region = 'AMERICA' AND (d_year = 1997 OR d_year = 1998) AND (p_mfgr = 'MFGR#1' OR p_mfgr = 'MFGR#2') GROUP BY d_year, s_nation, p_category ORDER BY d_year, s_nation, p_category"),
        new("4.3", "profit", "date.d_year, supplier.s_city, part.p_brand1", "customer.c_region = 'AMERICA' and supplier.s_nation = 'UNITED STATES' and date.d_year in (1997, 1998) and part.p_category = 'MFGR#14'", "",
            "SELECT d_year, s_city, p_brand1, sum(lo_revenue - lo_supplycost) FROM date, customer, supplier, part, lineorder WHERE lo_custkey = c_custkey AND lo_suppkey = s_suppkey AND lo_partkey = p_partkey AND lo_orderdate = d_datekey AND c_region = 'AMERICA' AND s_nation = 'UNITED STATES' AND (d_year = 1997 OR d_year = 1998) AND p_category = 'MFGR#14' GROUP BY d_year, s_city, p_brand1 ORDER BY d_year, s_city, p_brand1"),
    ];

    /// <summary>The tables. Scale 1 is the benchmark's: 6 million order lines.</summary>
    public static string Tables(double scale)
    {
        var customers = (int)Math.Max(200, 30_000 * scale);
        var suppliers = (int)Math.Max(100, 2_000 * scale);
        var parts = scale >= 1 ? (int)(200_000 * (1 + Math.Floor(Math.Log2(scale)))) : (int)Math.Max(1_000, 200_000 * scale);
        var lines = (int)(6_000_000 * scale);
        return string.Create(CultureInfo.InvariantCulture, $$"""
            CREATE MACRO draw(seed, line, most) AS CAST(hash(seed, line) % most AS INTEGER);
            CREATE MACRO nation(n) AS (['ALGERIA', 'ARGENTINA', 'BRAZIL', 'CANADA', 'EGYPT', 'ETHIOPIA', 'FRANCE', 'GERMANY', 'INDIA', 'INDONESIA', 'IRAN', 'IRAQ', 'JAPAN', 'JORDAN', 'KENYA', 'MOROCCO', 'MOZAMBIQUE', 'PERU', 'CHINA', 'ROMANIA', 'SAUDI ARABIA', 'VIETNAM', 'RUSSIA', 'UNITED KINGDOM', 'UNITED STATES'])[n + 1];
            CREATE MACRO region(n) AS (['AFRICA', 'AMERICA', 'AMERICA', 'AMERICA', 'MIDDLE EAST', 'AFRICA', 'EUROPE', 'EUROPE', 'ASIA', 'ASIA', 'MIDDLE EAST', 'MIDDLE EAST', 'ASIA', 'MIDDLE EAST', 'AFRICA', 'AFRICA', 'AFRICA', 'AMERICA', 'ASIA', 'EUROPE', 'MIDDLE EAST', 'ASIA', 'EUROPE', 'EUROPE', 'AMERICA'])[n + 1];
            CREATE MACRO city(n, c) AS rpad(left(nation(n), 9), 9, ' ') || c;
            CREATE TABLE date AS
                SELECT CAST(strftime(d, '%Y%m%d') AS INTEGER) AS d_datekey, CAST(year(d) AS INTEGER) AS d_year, CAST(strftime(d, '%Y%m') AS INTEGER) AS d_yearmonthnum,
                    strftime(d, '%b%Y') AS d_yearmonth, CAST((dayofyear(d) - 1) // 7 + 1 AS INTEGER) AS d_weeknuminyear
                FROM (SELECT CAST(range AS DATE) AS d FROM range(DATE '1992-01-01', DATE '1999-01-01', INTERVAL 1 DAY));
            CREATE TABLE customer AS SELECT CAST(range AS INTEGER) AS c_custkey, city(draw(1, range, 25), draw(2, range, 10)) AS c_city, nation(draw(1, range, 25)) AS c_nation, region(draw(1, range, 25)) AS c_region FROM range({{customers}});
            CREATE TABLE supplier AS SELECT CAST(range AS INTEGER) AS s_suppkey, city(draw(3, range, 25), draw(4, range, 10)) AS s_city, nation(draw(3, range, 25)) AS s_nation, region(draw(3, range, 25)) AS s_region FROM range({{suppliers}});
            CREATE TABLE part AS
                SELECT CAST(range AS INTEGER) AS p_partkey, 'MFGR#' || (draw(5, range, 5) + 1) AS p_mfgr, 'MFGR#' || (draw(5, range, 5) + 1) || (draw(6, range, 5) + 1) AS p_category,
                    'MFGR#' || (draw(5, range, 5) + 1) || (draw(6, range, 5) + 1) || (draw(7, range, 40) + 1) AS p_brand1
                FROM range({{parts}});
            CREATE TABLE lineorder AS
                SELECT range AS lo_orderkey, draw(8, range, {{customers}}) AS lo_custkey, draw(9, range, {{parts}}) AS lo_partkey, draw(10, range, {{suppliers}}) AS lo_suppkey,
                    CAST(strftime(DATE '1992-01-01' + draw(11, range // 4, 2405), '%Y%m%d') AS INTEGER) AS lo_orderdate,
                    draw(12, range, 50) + 1 AS lo_quantity, draw(13, range, 11) AS lo_discount,
                    (draw(12, range, 50) + 1) * (draw(14, range, 110_000) + 90_000) // 100 AS lo_extendedprice,
                    (draw(12, range, 50) + 1) * (draw(14, range, 110_000) + 90_000) // 100 * (100 - draw(13, range, 11)) // 100 AS lo_revenue,
                    (draw(14, range, 110_000) + 90_000) * 6 // 1000 AS lo_supplycost
                FROM range({{lines}});
            """);
    }
}

/// <summary>One of the 13, as a question to the cube and by hand; their columns are in the same order.</summary>
internal sealed record SsbQuery(string Number, string Measures, string By, string Where, string Order, string Sql);
