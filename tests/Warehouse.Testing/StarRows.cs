using Warehouse.DuckDb;

namespace Warehouse.Testing;

/// <summary>Puts rows straight into the star of a fresh warehouse.</summary>
public static class StarRows
{
    private static readonly DateTimeOffset Always = DateTimeOffset.MinValue;

    /// <summary>Adds sale lines. Customers are not checked: a key without a row in the dimension is fine.</summary>
    public static async Task AddSalesAsync(this FreshWarehouse warehouse, params IEnumerable<Sale> sales)
    {
        await using var connection = (DuckDBConnection)await warehouse.Database.ConnectAsync(CancellationToken.None);
        using var appender = connection.CreateAppender("star", "fact_sale");
        var line = 0L;
        foreach (var sale in sales)
        {
            var at = new DateTimeOffset(sale.Date.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);
            appender.CreateRow()
                .AppendValue(line).AppendValue(sale.CustomerKey).AppendValue(-1).AppendValue(-1).AppendValue(-1)
                .AppendValue(-1).AppendValue(-1).AppendValue(sale.Date).AppendValue(at)
                .AppendValue(sale.OrderId).AppendValue($"{line}")
                .AppendValue(sale.IsReturn ? -1m : 1m).AppendValue(Math.Abs(sale.NetAmount)).AppendValue(sale.NetAmount).AppendValue(0m)
                .AppendValue(sale.NetAmount).AppendValue(sale.CostAmount).AppendValue(sale.NetAmount).AppendValue("GBP")
                .AppendValue(sale.IsReturn).AppendValue((long?)null).AppendValue(sale.KnownAt ?? at)
                .AppendValue(0).AppendValue(-1).AppendValue(line).AppendValue(-1)
                .EndRow();
            line++;
        }

        appender.Close();
    }

    /// <summary>Adds customers with one version each, whose identifiers are C and the key.</summary>
    public static Task AddCustomersAsync(this FreshWarehouse warehouse, params IEnumerable<int> keys) =>
        warehouse.AddCustomersAsync(keys, isTest: false, knownAt: Always);

    /// <summary>Adds test customers with one version each, known as such since an instant.</summary>
    public static Task AddTestCustomersAsync(this FreshWarehouse warehouse, DateTimeOffset knownAt, params IEnumerable<int> keys) =>
        warehouse.AddCustomersAsync(keys, isTest: true, knownAt);

    private static async Task AddCustomersAsync(this FreshWarehouse warehouse, IEnumerable<int> keys, bool isTest, DateTimeOffset knownAt)
    {
        foreach (var key in keys)
        {
            await warehouse.RunAsync(
                """
                INSERT INTO star.dim_customer
                    (customer_version_key, customer_key, customer_id, is_inferred, is_test, valid_from, valid_to, is_current, known_at, generation, load_key, source_line)
                VALUES ($key, $key, 'C' || $key, false, $is_test, TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMPTZ '9999-12-31 00:00:00+00', true, $known_at, 0, -1, 0)
                """,
                ("key", key),
                ("is_test", isTest),
                ("known_at", knownAt));
        }
    }
}
