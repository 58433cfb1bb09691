namespace Warehouse.Cubes.Tests.Many;

/// <summary>Customers with several interests, of which two are sports, and agents under leads: small enough to compute by hand.</summary>
internal static class Club
{
    public const string Tables = """
        CREATE TABLE interest (interest_key INTEGER, name VARCHAR, kind VARCHAR);
        INSERT INTO interest VALUES (1, 'golf', 'sport'), (2, 'tennis', 'sport'), (3, 'chess', 'game'), (-1, NULL, NULL);
        CREATE TABLE customer_interest (customer_key INTEGER, interest_key INTEGER, share DECIMAL(5,4));
        INSERT INTO customer_interest VALUES (1, 1, 0.5), (1, 2, 0.25), (1, 3, 0.25), (2, 1, 1), (3, 3, 1);
        CREATE TABLE agent (agent_key INTEGER, name VARCHAR, lead_key INTEGER);
        INSERT INTO agent VALUES (1, 'Ada', NULL), (2, 'Bob', 1), (3, 'Cyd', 1), (4, 'Dan', 2), (5, 'Eve', 5);
        CREATE TABLE days AS SELECT CAST(range AS DATE) AS day FROM range(DATE '2011-01-01', DATE '2012-01-01', INTERVAL 1 DAY);
        CREATE TABLE sale (id INTEGER, customer_key INTEGER, agent_key INTEGER, day DATE, order_id VARCHAR, amount DECIMAL(18,4));
        INSERT INTO sale VALUES
            (1, 1, 4, '2011-01-10', 'A', 10), (2, 1, 4, '2011-02-10', 'B', 20), (3, 2, 2, '2011-01-20', 'C', 40),
            (4, 3, 3, '2011-01-20', 'D', 80), (5, 4, 5, '2011-02-20', 'E', 160), (6, 2, 1, '2011-02-21', 'F', 320);
        """;

    public const string Model = """
        cube: sales
        table: sale
        key: id
        dimensions:
          date: { table: days, key: day, on: day, time: true }
          customer: { attributes: { key: customer_key } }
          interest:
            table: interest
            key: interest_key
            on: customer_key
            bridge: { table: customer_interest, from: customer_key, to: interest_key, weight: share }
            unknown: -1
            attributes: [name, kind]
          agent: { dimension: agent, on: agent_key }
          team: { dimension: agent, on: agent_key, as: rolled_up }
        details: [id]
        filters:
          sporty: interest.kind = 'sport'
        measures:
          amount: { sum: amount }
          lines: { count: rows }
          customers: { count_distinct: customer_key }
          middle: { median: amount }
          average: { is: amount / lines }
          golf: { sum: amount, where: interest.name = 'golf' }
          closing: { last: amount, over: date }
        """;

    public const string Shared = """
        dimensions:
          agent:
            table: agent
            key: agent_key
            parent: { column: lead_key, label: name, levels: [head, lead, clerk] }
            attributes: [name]
        """;

    public static Task<CubeTest> Create() => CubeTest.Create(Tables, Shared, Model);
}
