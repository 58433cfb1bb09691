using System.Globalization;
using Warehouse.Testing;

namespace Warehouse.Service.Tests.Verbs;

/// <summary>Workspaces that a real company could have on its worst day.</summary>
internal static class HostileWorkspace
{
    private const string Cube =
        """
        cube: sales
        table: star.fact_sale
        dimensions:
          date: { table: star.dim_date, key: date_key, on: date_key, unknown: 0001-01-01, time: true }
          customer: { table: star.dim_customer, key: customer_key, on: customer_key, unknown: -1, versions: { key: customer_version_key, from: valid_from, to: valid_to, current: is_current }, attributes: { country: country } }
        measures:
          net_sales: { sum: net_amount }
        """;

    private static readonly DateOnly Day = new(2024, 3, 31);

    /// <summary>Each by its name, with its definition and what happened in it.</summary>
    private static readonly Dictionary<string, (string Definition, Func<FreshWarehouse, Task> Fill)> All = new(StringComparer.Ordinal)
    {
        ["nothing"] = (Definition(), _ => Task.CompletedTask),
        ["customers without sales"] = (Definition(), warehouse => warehouse.AddCustomersAsync(1, 2, 3)),
        ["one customer"] = (Definition(), warehouse => SellAsync(warehouse, new Sale(1, Day, "A", 10))),
        ["one customer who buys again"] = (Definition(), warehouse => SellAsync(
            warehouse, [.. Enumerable.Range(0, 30).Select(order => new Sale(1, Day.AddDays(-20 * order), $"A{order}", 10))])),
        ["returns alone"] = (Definition(), warehouse => SellAsync(
            warehouse, [.. Enumerable.Range(0, 20).Select(line => new Sale(line, Day.AddDays(-line), $"R{line}", -5 - line, IsReturn: true))])),
        ["all alike"] = (Definition(), warehouse => SellAsync(
            warehouse,
            [
                .. Enumerable.Range(0, 60).SelectMany(customer => new[] { 0, 100, 200 }
                    .Select(days => new Sale(customer, Day.AddDays(-days), $"{customer}-{days}", 25, 10))),
            ])),
        ["more returned than bought"] = (Definition(), warehouse => SellAsync(
            warehouse,
            [
                .. Enumerable.Range(0, 40).SelectMany(customer => new[]
                {
                    new Sale(customer, Day.AddDays(-10 - (customer * 7)), $"{customer}", 10, 20),
                    new Sale(customer, Day.AddDays(-5 - customer), $"{customer}r", -30, IsReturn: true),
                }),
            ])),
        ["for nothing"] = (Definition("JPY"), warehouse => SellAsync(
            warehouse, [.. Enumerable.Range(0, 50).Select(line => new Sale(line % 10, Day.AddDays(-line * 3), $"{line}", 0, 0))])),
        ["enormous"] = (Definition("JPY", "Pacific/Kiritimati"), warehouse => SellAsync(
            warehouse,
            [
                .. Enumerable.Range(0, 200).Select(line => new Sale(
                    line % 25, Day.AddDays(-line * 5), $"{line}", 99_999_999_999_999.9999m - line, 99_999_999_999_999m)),
            ])),
        ["in the future"] = (Definition(), warehouse => SellAsync(
            warehouse, [.. Enumerable.Range(0, 30).Select(line => new Sale(line % 7, new DateOnly(2039, 1, 1).AddDays(line), $"{line}", 10))])),
        ["the ends of years, west of Greenwich, midnight skipped"] = (Definition("BRL", "America/Sao_Paulo", "2015-01-01"), warehouse => SellAsync(
            warehouse,
            [
                .. Enumerable.Range(0, 300).Select(line => new Sale(
                    line % 40, new DateOnly(2018, 11, 4).AddDays((line % 2 == 0 ? 57 : 0) - (line % 5 * 365)), $"{line}", 5 + (line % 9))),
            ])),
        ["strange names, nothing known of anybody"] = (Definition("KWD", "Asia/Beirut", fiscal: "10"), StrangeAsync),
    };

    public static IEnumerable<string> Names => All.Keys;

    public static async Task<FreshWarehouse> MakeAsync(string name)
    {
        var (definition, fill) = All[name];
        var warehouse = await FreshWarehouse.CreateAsync(definition: definition);
        warehouse.Folder.Write("cubes/sales.yaml", Cube);
        await fill(warehouse);
        return warehouse;
    }

    private static string Definition(string currency = "GBP", string zone = "Europe/London", string from = "2000-01-01", string? fiscal = null) =>
        $"name: hostile\ncurrency: {currency}\ntime_zone: {zone}\ncalendar: {{from: {from}, to: 2040-01-01{(fiscal is null ? "" : $", fiscal_year_starts: {fiscal}")}}}\nlimits: {{threads: 2}}\n";

    private static async Task SellAsync(FreshWarehouse warehouse, params Sale[] sales)
    {
        await warehouse.AddCustomersAsync(sales.Select(sale => sale.CustomerKey).Distinct());
        await warehouse.AddSalesAsync(sales);
    }

    private static async Task StrangeAsync(FreshWarehouse warehouse)
    {
        await SellAsync(
            warehouse,
            [
                .. Enumerable.Range(0, 120).Select(line => new Sale(
                    line % 12, Day.AddDays(-line), string.Create(CultureInfo.InvariantCulture, $"Ö'\"<b>{line % 50}</b>\u202E"), line % 11 == 3 ? -2 : line % 13, IsReturn: line % 11 == 3)),
            ]);
        await warehouse.RunAsync(
            """
            UPDATE star.dim_customer SET customer_id = '<b>名前'' "x" ' || customer_key || chr(9) || '😀';
            INSERT INTO star.dim_product
                (product_version_key, product_key, product_id, is_inferred, valid_from, valid_to, is_current, known_at, generation, load_key, source_line)
            SELECT key, key, '<i>p' || key || '&', true, TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMPTZ '9999-12-31 00:00:00+00', true, TIMESTAMPTZ '0001-01-01 00:00:00+00', 0, -1, 0
            FROM (SELECT unnest(range(0, 4)) AS key);
            UPDATE star.fact_sale SET product_key = CAST(sale_key % 4 AS INTEGER);
            INSERT INTO star.dim_reason VALUES (0, '投訴 <script>', true, 0);
            INSERT INTO star.fact_contact BY NAME
            SELECT key AS contact_key, 'K' || key AS contact_id, CAST(key % 12 AS INTEGER) AS customer_key, -1 AS customer_version_key, -1 AS channel_key,
                0 AS reason_key, -1 AS agent_key, -1 AS product_key, DATE '2024-03-30' AS date_key, TIMESTAMPTZ '2024-03-30 23:30:00+00' AS opened_at,
                false AS is_answered, false AS is_resolved, key % 2 = 0 AS is_complaint, TIMESTAMPTZ '2024-03-30 23:30:00+00' AS known_at,
                0 AS generation, -1 AS load_key, 0 AS source_line, -1 AS identity_key
            FROM (SELECT unnest(range(0, 6)) AS key)
            """);
    }
}
