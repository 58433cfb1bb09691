using System.Globalization;

namespace Warehouse.Etl.Tests.History;

/// <summary>
/// Random histories of order lines and customers (first words, corrections, deletions, late rows, re-sends), cut into
/// random batches that arrive in random order, give the star that a model computes from the history as a whole.
/// </summary>
public sealed class RandomHistoryTests : EtlTest
{
    private const string Sales =
        """
        source: {files: "data/sales*.csv"}
        identity: shop
        known: at_event
        into: sale
        changes: correct
        columns: {order_id: order, line_id: line, ordered_at: at, customer: customer, product: product, quantity: quantity, unit_price: price, changed_at: changed, is_deleted: {from: op, "true": D, "false": I}, returned_order_id: of_order, returned_line_id: of_line}
        """;

    private const string Customers =
        """
        source: {files: "data/customers*.csv"}
        identity: shop
        known: at_event
        into: customer
        columns: {id: id, valid_from: since, city: city, occupation: {from: occupation, history: latest}}
        """;

    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static TheoryData<int> Seeds()
    {
        var seeds = new TheoryData<int>();
        seeds.AddRange([.. Enumerable.Range(1, Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") == "1" ? 200 : 4)]);
        return seeds;
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task AnyBatchesInAnyOrder_GiveTheStarOfTheModel(int seed)
    {
        Feed("customers", Customers);
        Feed("sales", Sales);
        var random = new Random(seed);
        var lines = Lines(random);
        var people = People(random);
        var batches = Enumerable.Range(0, random.Next(1, 7)).Select(_ => (Lines: new List<Line>(), People: new List<Person>())).ToArray();
        foreach (var line in lines.OrderBy(_ => random.Next()))
        {
            // One in four is sent again in another batch.
            batches[random.Next(batches.Length)].Lines.Add(line);
            if (random.Next(4) == 0)
            {
                batches[random.Next(batches.Length)].Lines.Add(line);
            }
        }

        foreach (var person in people.OrderBy(_ => random.Next()))
        {
            batches[random.Next(batches.Length)].People.Add(person);
        }

        var read = 0L;
        foreach (var (batch, number) in batches.Select((batch, number) => (batch, number)))
        {
            var files = new[]
            {
                await LoadFileAsync(Data($"c{number}.csv", "id,since,city,occupation\n" + string.Concat(batch.People)), "customers"),
                await LoadFileAsync(Data($"s{number}.csv", "order,line,at,customer,product,quantity,price,changed,op,of_order,of_line\n" + string.Concat(batch.Lines)), "sales"),
            }.SelectMany(report => report.Files).ToArray();
            Assert.All(files, file => Assert.Equal(0, file.RowsRejected));
            read += files[1].IsKnown ? 0 : files[1].RowsRead;
        }

        Assert.Equal(
            ModelVersions(lines),
            await RowsAsync("SELECT order_id, line_id, CAST(quantity AS INTEGER), CAST(net_amount AS INTEGER), epoch(known_at)::BIGINT, CASE WHEN known_to < TIMESTAMPTZ '9999-01-01 00:00:00+00' THEN epoch(known_to)::BIGINT END FROM star.sale_version WHERE known_at < known_to ORDER BY order_id, line_id, known_at"));
        Assert.Equal(
            ModelNow(lines, people),
            await RowsAsync(
                """
                SELECT sale.order_id, sale.line_id, customer.customer_id, customer.city, customer.occupation, sold.order_id, sold.line_id
                FROM star.fact_sale AS sale
                JOIN star.dim_customer AS customer USING (customer_version_key)
                LEFT JOIN star.fact_sale AS sold ON sold.sale_key = sale.returned_sale_key
                ORDER BY sale.order_id, sale.line_id
                """));
        Assert.Equal(["0"], await RowsAsync(Star.StrayVersions));
        Assert.Equal($"{read} | {read}", await RowAsync(
            "SELECT sum(rows_read), sum(rows_loaded + rows_corrected + rows_deleted + rows_already_loaded) FROM ops.load WHERE feed = 'sales'"));
    }

    private static List<Line> Lines(Random random)
    {
        var lines = new List<Line>();
        foreach (var order in Enumerable.Range(0, 12))
        {
            foreach (var line in Enumerable.Range(1, random.Next(1, 4)))
            {
                // Every statement about a line has a time of its own.
                var times = Enumerable.Range(1, 200).OrderBy(_ => random.Next()).Take(random.Next(1, 6)).Order();
                var of = random.Next(12);
                lines.AddRange(times.Select(time => new Line(
                    $"O{order:00}", $"{line}", Start.AddDays(order), $"C{random.Next(4)}", random.Next(1, 4), random.Next(1, 20),
                    Start.AddDays(order).AddMinutes(time), random.Next(5) == 0, random.Next(3) == 0 ? $"O{of:00}" : null)));
            }
        }

        return lines;
    }

    private static List<Person> People(Random random) =>
    [
        .. Enumerable.Range(0, 4).SelectMany(customer => Enumerable.Range(0, 20).OrderBy(_ => random.Next()).Take(random.Next(0, 6)).Select(day => new Person(
            $"C{customer}",
            Start.AddDays(day).AddHours(1),
            random.Next(3) == 0 ? null : $"T{random.Next(3)}",
            random.Next(2) == 0 ? null : $"J{random.Next(3)}"))),
    ];

    private static IEnumerable<IEnumerable<Line>> Histories(List<Line> lines) =>
        lines.GroupBy(line => (line.Order, line.Number)).OrderBy(key => key.Key.Order, StringComparer.Ordinal).ThenBy(key => key.Key.Number, StringComparer.Ordinal)
            .Select(key => key.OrderBy(line => line.Changed));

    private static List<string> ModelVersions(List<Line> lines)
    {
        var rows = new List<string>();
        foreach (var history in Histories(lines).Select(history => history.ToArray()))
        {
            for (var place = 0; place < history.Length; place++)
            {
                if (!history[place].IsDeleted)
                {
                    var end = place + 1 < history.Length ? Epoch(history[place + 1].Changed) : "NULL";
                    rows.Add($"{history[place].Order} | {history[place].Number} | {history[place].Quantity} | {history[place].Quantity * history[place].Price} | {Epoch(history[place].Changed)} | {end}");
                }
            }
        }

        return rows;
    }

    private static List<string> ModelNow(List<Line> lines, List<Person> people)
    {
        var now = Histories(lines).Select(history => history.Last()).Where(line => !line.IsDeleted).ToArray();
        return
        [
            .. now.Select(line =>
            {
                var told = people.Where(person => person.Id == line.Customer).OrderBy(person => person.Since).ToArray();
                var first = told.Length == 0 ? DateTime.MaxValue : told[0].Since;
                var city = told.LastOrDefault(person => person.City is not null && (person.Since <= line.At || person.Since == first))?.City;
                var occupation = told.LastOrDefault(person => person.Occupation is not null)?.Occupation;
                var sold = line.ReturnedOrder is { } order ? now.FirstOrDefault(other => other.Order == order && other.Number == "1") : null;
                return $"{line.Order} | {line.Number} | {line.Customer} | {city ?? "NULL"} | {occupation ?? "NULL"} | {sold?.Order ?? "NULL"} | {sold?.Number ?? "NULL"}";
            }),
        ];
    }

    private static string Epoch(DateTime time) => new DateTimeOffset(time).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private sealed record Line(string Order, string Number, DateTime At, string Customer, int Quantity, int Price, DateTime Changed, bool IsDeleted, string? ReturnedOrder)
    {
        public override string ToString() =>
            $"{Order},{Number},{Text(At)},{Customer},P,{Quantity},{Price},{Text(Changed)},{(IsDeleted ? "D" : "I")},{ReturnedOrder},{(ReturnedOrder is null ? "" : "1")}\n";
    }

    private sealed record Person(string Id, DateTime Since, string? City, string? Occupation)
    {
        public override string ToString() => $"{Id},{Text(Since)},{City},{Occupation}\n";
    }
}
