using Warehouse.Store;

namespace Warehouse.Benchmarks.Churn;

/// <summary>A warehouse of order lines of three years, twenty lines a customer, four lines an order, put straight into the star.</summary>
internal static class BenchmarkStar
{
    public static readonly DateOnly AsOf = new(2025, 10, 1);

    private const string Lines =
        """
        INSERT INTO star.fact_sale BY NAME
        SELECT
            line AS sale_key,
            CAST(hash(ord) % $customers AS INTEGER) AS customer_key,
            -1 AS customer_version_key, 0 AS product_key, CAST(hash(line, 3) % 5000 AS INTEGER) AS product_version_key, -1 AS location_key,
            CAST(hash(ord, 1) % 3 AS INTEGER) AS channel_key,
            DATE '2023-01-01' + CAST(ord * 1095 // $orders AS INTEGER) AS date_key,
            (DATE '2023-01-01' + CAST(ord * 1095 // $orders AS INTEGER))::TIMESTAMPTZ AS ordered_at,
            'O' || ord AS order_id, CAST(line % 4 AS VARCHAR) AS line_id,
            1 + line % 3 AS quantity, 4.99 AS unit_price, 4.99 * (1 + line % 3) AS gross_amount, (hash(line) % 100) / 100 AS discount_amount,
            4.99 * (1 + line % 3) - (hash(line) % 100) / 100 AS net_amount, NULL AS cost_amount, 4.99 AS original_net_amount, 'GBP' AS currency,
            hash(line, 2) % 40 = 0 AS is_return, NULL AS returned_sale_key,
            (DATE '2023-01-01' + CAST(ord * 1095 // $orders AS INTEGER))::TIMESTAMPTZ AS known_at,
            0 AS generation, -1 AS load_key, line AS source_line, -1 AS identity_key
        FROM (SELECT range AS line, range // 4 AS ord FROM range($lines))
        """;

    public static async Task<WarehouseDatabase> MakeAsync(string folder, int lines)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "warehouse.yaml"), "name: benchmark\ncurrency: GBP\nlimits: {threads: 2, memory: 8GB}\n");
        var database = await WarehouseDatabase.OpenAsync(Workspace.Open(folder), TimeProvider.System, CancellationToken.None);
        await using var connection = await database.ConnectAsync(CancellationToken.None);
        await connection.ExecuteAsync(
            """
            INSERT INTO star.dim_channel VALUES (0, 'web', 0), (1, 'shop', 0), (2, 'phone', 0);
            INSERT INTO star.dim_product (product_version_key, product_key, product_id, category, is_inferred, valid_from, valid_to, is_current, known_at, generation, load_key, source_line)
            SELECT key, key, 'P' || key, 'category ' || key % 20, false, TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMPTZ '9999-12-31 00:00:00+00', true,
                TIMESTAMPTZ '2022-01-01 00:00:00+00', 0, -1, 0 FROM range(5000) AS made (key);
            """,
            CancellationToken.None);
        await connection.ExecuteAsync(
            Lines, CancellationToken.None, ("lines", (long)lines), ("orders", (long)lines / 4), ("customers", (long)lines / 20));
        await connection.ExecuteAsync("CHECKPOINT", CancellationToken.None);
        return database;
    }
}
