using System.Globalization;
using System.Text;
using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>A small workspace whose one feed reads order lines, for tests of what goes wrong.</summary>
internal sealed class SmallShop : IDisposable
{
    private readonly FreshFolder _folder = new();

    public SmallShop(int lines = 100)
    {
        _folder.Write("warehouse.yaml", "name: shop\ncurrency: GBP\ncalendar: {from: 2020-01-01, to: 2030-01-01}\n");
        _folder.Write("feeds/orders.yaml", FeedText);
        _folder.Write("cubes/sales.yaml", CubeText);
        _folder.Write("data/orders.csv", Orders(lines));
    }

    public const string CubeText =
        """
        cube: sales
        table: star.fact_sale
        dimensions:
          date: { table: star.dim_date, key: date_key, on: date_key, unknown: 0001-01-01, time: true }
          customer: { table: star.dim_customer, key: customer_key, on: customer_key, unknown: -1, versions: { key: customer_version_key, from: valid_from, to: valid_to, current: is_current }, attributes: { id: customer_id } }
        measures:
          net_sales: { sum: net_amount }
          lines: { count: rows }
        """;

    public const string FeedText =
        """
        feed: orders
        source: {files: data/orders*.csv}
        identity: shop
        reject_limit: 10%
        into: sale
        columns:
          order_id: order
          line_id: line
          ordered_at: at
          customer: customer
          product: product
          quantity: quantity
          unit_price: price
        """;

    public string Path => _folder.Path;

    public string DatabasePath => System.IO.Path.Combine(Path, "warehouse.duckdb");

    public string Write(string name, string text) => _folder.Write(name, text);

    public Task<CommandResult> RunAsync(params string[] arguments) => CommandLine.RunAsync([.. arguments, "-w", Path]);

    /// <summary>The number of lines and the sum of their net amounts.</summary>
    public async Task<string> TotalsAsync() =>
        string.Join(
            " ",
            (await RunAsync("query", "sales", "--measures", "lines,net_sales", "--format", "json")).Done().Rows[0].EnumerateArray());

    public void Dispose() => _folder.Dispose();

    public static string Orders(int lines, int firstOrder = 0)
    {
        var text = new StringBuilder("order,line,at,customer,product,quantity,price\n");
        for (var line = 0; line < lines; line++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"O{firstOrder + (line / 3)},{line % 3},2024-{(line % 12) + 1:00}-{(line % 28) + 1:00} 10:00:00,C{line % 50},P{line % 20},{(line % 4) + 1},{line % 100}.25\n");
        }

        return text.ToString();
    }
}
