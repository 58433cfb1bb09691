using System.Globalization;

namespace Warehouse.Benchmarks.Pipeline;

/// <summary>A workspace whose one feed reads a clean file of order lines with twelve columns.</summary>
internal static class OrderLines
{
    private const string Feed =
        """
        feed: orders
        source: {files: data/orders*.csv}
        identity: shop
        known: at_event
        into: sale
        columns:
          order_id: order_id
          line_id: line
          ordered_at: ordered_at
          customer: customer
          product: sku
          quantity: {from: quantity, none_of: [0]}
          unit_price: {from: unit_price, min: 0}
          discount_amount: discount
          location: store
          channel: channel
          currency: {from: currency, one_of: [GBP]}
        """;

    /// <summary>Writes the workspace and gives the path of the file.</summary>
    public static string Write(string folder, int lines)
    {
        Directory.CreateDirectory(Path.Combine(folder, "feeds"));
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        File.WriteAllText(Path.Combine(folder, "warehouse.yaml"), "name: benchmark\ntime_zone: Europe/London\ncurrency: GBP\n");
        File.WriteAllText(Path.Combine(folder, "feeds", "orders.yaml"), Feed);
        return WriteLines(folder, "orders.csv", 0, lines, lines);
    }

    /// <summary>Writes the lines of a night: as many orders as a share of all, all of them new.</summary>
    public static string WriteNight(string folder, int lines) => WriteLines(folder, "orders-night.csv", lines, lines / 100, lines);

    private static string WriteLines(string folder, string name, int first, int count, int lines)
    {
        var file = Path.Combine(folder, "data", name);
        using var writer = new StreamWriter(file);
        writer.NewLine = "\n";
        writer.WriteLine("order_id,line,ordered_at,customer,sku,quantity,unit_price,discount,store,channel,currency,note");
        var start = new DateTime(2023, 1, 1, 9, 0, 0, DateTimeKind.Unspecified);
        for (var line = first; line < first + count; line++)
        {
            var order = line / 4;
            var at = start.AddMinutes((long)order * 3 * 365 * 24 * 60 / Math.Max(1, lines / 4));
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"O{1_000_000 + order},{(line % 4) + 1},{at:yyyy-MM-dd HH:mm:ss},C{order * 7919L % Math.Max(1, lines / 100)},SKU{line * 31L % 5000},{(line % 7) + 1},{line % 9999 / 100m:0.00},0.00,S{order % 40},store,GBP,"));
        }

        return file;
    }
}
