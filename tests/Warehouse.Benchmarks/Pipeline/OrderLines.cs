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

    private const string Persons =
        """
        source: {files: data/SOURCE*.csv}
        identity: SOURCE
        known: at_event
        into: customer
        columns: {id: id, email: email, given_name: given_name, postcode: postcode, valid_from: since}
        """;

    /// <summary>Writes the workspace and gives the path of the file.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="lines">How many order lines.</param>
    /// <param name="isCorrected">Whether lines can be told again.</param>
    /// <param name="hasPersons">Whether two more sources describe the customers, a fifth of whom are in both.</param>
    /// <param name="memory">The most memory that the program may hold; null for the usual.</param>
    public static string Write(string folder, int lines, bool isCorrected, bool hasPersons, string? memory)
    {
        Directory.CreateDirectory(Path.Combine(folder, "feeds"));
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        File.WriteAllText(Path.Combine(folder, "warehouse.yaml"), $"name: benchmark\ntime_zone: Europe/London\ncurrency: GBP\n{(memory is null ? "" : $"limits: {{memory: {memory}}}\n")}");
        File.WriteAllText(Path.Combine(folder, "feeds", "orders.yaml"), isCorrected ? Feed + "\nchanges: correct" : Feed);
        if (hasPersons)
        {
            File.WriteAllText(Path.Combine(folder, "identity.yaml"), "rules: [{match: email}, {match: [given_name, postcode], at_most: 4}]\n");
            foreach (var source in new[] { "shop", "web" })
            {
                File.WriteAllText(Path.Combine(folder, "feeds", source + ".yaml"), Persons.Replace("SOURCE", source, StringComparison.Ordinal));
            }

            WritePersons(folder, "", 0, lines / 100);
        }

        return WriteLines(folder, "orders.csv", 0, lines, lines);
    }

    /// <summary>Writes the lines of a night, 1 % of all: all of them new, or half of them told again at other prices; and 1 % of the customers, half of them new.</summary>
    public static void WriteNight(string folder, int lines, bool isCorrected, bool hasPersons)
    {
        WriteLines(folder, "orders-night.csv", isCorrected ? lines - (lines / 200) : lines, lines / 100, lines);
        if (hasPersons)
        {
            WritePersons(folder, "-night", (lines / 100) - (lines / 20_000), lines / 10_000);
        }
    }

    private static void WritePersons(string folder, string night, int first, int count)
    {
        foreach (var source in new[] { "shop", "web" })
        {
            using var writer = new StreamWriter(Path.Combine(folder, "data", $"{source}{night}.csv"));
            writer.NewLine = "\n";
            writer.WriteLine("id,email,given_name,postcode,since");
            for (var person = first; person < first + count; person++)
            {
                var mailbox = source == "shop" || person % 5 == 0 ? $"p{person}" : $"w{person}";
                writer.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"C{person},{mailbox}@example.com,Name{person % 997},{source[0]}{person},{(night.Length > 0 ? "2025-12-31" : "2023-01-01")}"));
            }
        }
    }

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
                $"O{1_000_000 + order},{(line % 4) + 1},{at:yyyy-MM-dd HH:mm:ss},C{order * 7919L % Math.Max(1, lines / 100)},SKU{line * 31L % 5000},{(line % 7) + 1},{((line % 9999) + (name == "orders.csv" ? 0 : 1)) / 100m:0.00},0.00,S{order % 40},store,GBP,"));
        }

        return file;
    }
}
