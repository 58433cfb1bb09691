using System.Globalization;
using Warehouse.DuckDb;

namespace Warehouse.SampleData.Tests;

/// <summary>A folder with generated data and truth, and an engine to ask both.</summary>
public sealed class SampleFolder(string folder, string database = ":memory:")
{
    /// <summary>What an analyst makes of the order files: clean lines; the people behind references; what was sold, in pounds;
    /// the orders of known people.</summary>
    private const string OrdersSql = """
        CREATE TABLE lines AS
        SELECT DISTINCT order_id, line, try_cast(ordered_at AS TIMESTAMP) AS ordered_at, upper(trim(customer)) AS customer, sku,
               try_cast(quantity AS INTEGER) AS quantity, try_cast(unit_price AS DOUBLE) AS unit_price,
               try_cast(discount AS DOUBLE) AS discount, currency
        FROM read_csv('{data}/orders/*.csv.gz', all_varchar = true, ignore_errors = true)
        WHERE try_cast(ordered_at AS TIMESTAMP) < '2026-07-01' AND try_cast(quantity AS INTEGER) <> 0
          AND try_cast(unit_price AS DOUBLE) > 0 AND order_id IS NOT NULL AND customer IS DISTINCT FROM 'TEST';

        CREATE TABLE people AS
        SELECT upper(reference) AS customer, min(person_id) AS person_id
        FROM '{truth}/references.parquet' WHERE kind <> 'phone' GROUP BY ALL;

        CREATE TABLE sold AS
        SELECT lines.*, person_id,
               (quantity * unit_price - discount) * CASE currency WHEN 'EUR' THEN rate ELSE 1 END AS pounds
        FROM lines LEFT JOIN people USING (customer)
             ASOF JOIN read_csv('{data}/rates/exchange_rates.csv') AS rates ON lines.ordered_at >= rates.valid_from::TIMESTAMP
        WHERE quantity > 0;

        CREATE TABLE orders AS
        SELECT person_id, order_id, min(ordered_at) AS ordered_at, sum(pounds) AS pounds
        FROM sold WHERE person_id IS NOT NULL GROUP BY ALL;
        """;

    private static readonly Lazy<DuckDBConnection> s_orders = new(LoadOrders);

    public string Data { get; } = Path.Combine(folder, "data");

    public string Truth { get; } = Path.Combine(folder, "truth");

    /// <summary>What is in the repository.</summary>
    public static SampleFolder Committed { get; } = new(Path.Combine(Root(), "sample-data", "retail"), ":memory:committed");

    /// <summary>What is in the repository, with its orders as the tables lines, people, sold and orders.</summary>
    public static SampleFolder CommittedOrders
    {
        get
        {
            _ = s_orders.Value;
            return Committed;
        }
    }

    public string Table(string name) => Path.Combine(Truth, $"{name}.parquet");

    /// <summary>The rows of a question; {truth} and {data} in it are the folders.</summary>
    public IReadOnlyList<object[]> Rows(string sql)
    {
        using var connection = Open();
        using var command = Command(connection, sql);
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    public IReadOnlyList<double> Numbers(string sql) =>
        [.. Rows(sql).Select(row => Convert.ToDouble(row[0], CultureInfo.InvariantCulture))];

    private static DuckDBConnection LoadOrders()
    {
        var connection = Committed.Open();
        using var command = Committed.Command(connection, OrdersSql);
        command.ExecuteNonQuery();
        return connection;
    }

    private DuckDBConnection Open()
    {
        var connection = new DuckDBConnection($"Data Source={database}");
        connection.Open();
        return connection;
    }

    private DuckDBCommand Command(DuckDBConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql
            .Replace("{truth}", Truth, StringComparison.Ordinal)
            .Replace("{data}", Data, StringComparison.Ordinal);
        return command;
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Warehouse.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has a Warehouse.sln.");
    }
}
