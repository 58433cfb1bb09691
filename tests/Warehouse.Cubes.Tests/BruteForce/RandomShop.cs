using System.Globalization;
using System.Text;

namespace Warehouse.Cubes.Tests.BruteForce;

/// <summary>Small random data: unknown members, members without names, missing amounts, empty months.</summary>
internal sealed class RandomShop
{
    public const string Model = """
        cube: facts
        table: fact
        dimensions:
          date: { table: day, key: day, on: day, unknown: 0001-01-01, time: true }
          item: { table: item, key: item_key, on: item_key, unknown: -1, attributes: [kind, colour] }
          customer: { table: customer, key: customer_key, on: customer_key, unknown: -1, attributes: [customer_key] }
          line: { attributes: { count: , is_back: count < 0 } }
        measures:
          amount: { sum: amount }
          rows: { count: rows }
          amounts: { count: amount }
          customers: { count_distinct: customer }
          kinds: { count_distinct: item.kind }
          lowest: { min: amount }
          highest: { max: amount }
          mean: { avg: amount }
          middle: { median: count }
          back: { sum: -count, where: line.is_back and item.kind is not null }
          per_customer: { is: amount / customers }
          net_share: { is: "(amount - back) / nullif(rows, 0)" }
        """;

    private static readonly string?[] Kinds = ["mug", "pan", "lamp", "it's", null];
    private static readonly string?[] Colours = ["red", "blue", null];

    private readonly StringBuilder _sql = new();

    public RandomShop(Random random)
    {
        var items = new List<(string? Kind, string? Colour)>();
        _sql.Append("CREATE TABLE day AS SELECT CAST(range AS DATE) AS day FROM range(DATE '2011-01-01', DATE '2013-01-01', INTERVAL 1 DAY) UNION ALL SELECT DATE '0001-01-01';");
        _sql.Append("CREATE TABLE item (item_key INTEGER, kind VARCHAR, colour VARCHAR); INSERT INTO item VALUES (-1, NULL, NULL);");
        for (var key = 0; key < random.Next(1, 7); key++)
        {
            var item = (Pick(random, Kinds), Pick(random, Colours));
            items.Add(item);
            _sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO item VALUES ({key}, {Text(item.Item1)}, {Text(item.Item2)});");
        }

        _sql.Append("CREATE TABLE customer AS SELECT CAST(range AS INTEGER) AS customer_key FROM range(-1, 6);");
        _sql.Append("CREATE TABLE fact (item_key INTEGER, customer_key INTEGER, day DATE, amount DECIMAL(18,4), count INTEGER);");
        var first = new DateOnly(2011, 1, 1);
        var days = random.Next(1, 400);
        for (var row = 0; row < random.Next(0, 60); row++)
        {
            var group = random.Next(-1, items.Count);
            var (kind, colour) = group < 0 ? (null, null) : items[group];
            var fact = new Fact(
                row, group, kind, colour, random.Next(-1, 6),
                random.Next(15) == 0 ? DateOnly.MinValue : first.AddDays(random.Next(days)),
                random.Next(6) == 0 ? null : random.Next(-40, 400) / 4m, random.Next(-3, 9));
            Facts.Add(fact);
            _sql.Append(CultureInfo.InvariantCulture, $"INSERT INTO fact VALUES ({fact.Group}, {fact.Customer}, '{fact.Day:yyyy-MM-dd}', {(fact.Amount is { } amount ? amount : "NULL")}, {fact.Count});");
        }
    }

    public List<Fact> Facts { get; } = [];

    public string Sql => _sql.ToString();

    public static T Pick<T>(Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    private static string Text(string? text) => text is null ? "NULL" : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
