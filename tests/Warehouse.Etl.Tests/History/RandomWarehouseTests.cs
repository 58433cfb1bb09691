using System.Globalization;

namespace Warehouse.Etl.Tests.History;

/// <summary>
/// Random histories of orders told as a whole, single lines, deletions of lines and orders, customers of two sources, merges and
/// splits, parts of it sent again, cut into random batches in random order: the star is the one of a brute-force model,
/// now and as it was known at any instant.
/// </summary>
public sealed class RandomWarehouseTests : EtlTest
{
    private const string SaleColumns = "order_id: order, line_id: line, ordered_at: at, customer: [{from: crm, identity: crm}, {from: web, identity: web}], product: product, quantity: quantity, unit_price: price, changed_at: changed";
    private const string TimedHeader = "order,line,at,crm,web,product,quantity,price,changed\n";
    private const int Orders = 5;

    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static TheoryData<int> Seeds()
    {
        var first = int.Parse(Environment.GetEnvironmentVariable("WAREHOUSE_FIRST_SEED") ?? "1", CultureInfo.InvariantCulture);
        var seeds = new TheoryData<int>();
        seeds.AddRange([.. Enumerable.Range(first, Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") == "1" ? 200 : 3)]);
        return seeds;
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task AnyHistoryInAnyBatches_IsTheStarOfTheModel_NowAndAsItWasKnown(int seed)
    {
        Feed("orders", $"source: {{files: \"data/orders*.csv\"}}\nknown: at_event\ninto: sale\nchanges: replace\nreplaces: order\ncolumns: {{{SaleColumns}}}");
        Feed("lines", $"source: {{files: \"data/lines*.csv\"}}\nknown: at_event\ninto: sale\nchanges: correct\ncolumns: {{{SaleColumns}}}");
        Feed("gone", "source: {files: \"data/gone*.csv\"}\nknown: at_event\ninto: sale_deletion\ncolumns: {order_id: order, line_id: line, changed_at: changed}");
        foreach (var source in new[] { "crm", "web" })
        {
            Feed(source, $"source: {{files: \"data/{source}*.csv\"}}\nidentity: {source}\nknown: at_event\ninto: customer\ncolumns: {{id: id, valid_from: since, email: email, city: city}}");
        }

        Data("orders.csv", TimedHeader);
        var random = new Random(seed);
        var times = new Queue<int>(Enumerable.Range(1, 400).OrderBy(_ => random.Next()));
        var told = Statements(random, times);
        var words = Words(random, times);
        var batches = random.Next(1, 5);
        var decisions = new List<(bool AreSame, string[] Labels)>();
        for (var batch = 0; batch < batches; batch++)
        {
            WriteBatch(random, batch, batches, told, words);
            Decide(random, decisions);
            Warehouse.Folder.Write("identity.yaml", "rules: [{match: email}]\nsurvivors: {city: [web, crm]}\ndecisions:\n" + string.Concat(decisions.Select(decision =>
                $"- {{{(decision.AreSame ? "same" : "different")}: [{string.Join(", ", decision.Labels)}], because: b}}\n")));
            await LoadAsync();
            Time.Advance(TimeSpan.FromDays(1));
        }

        var persons = Persons(told, words, decisions);
        Assert.Equal(
            persons.GroupBy(pair => pair.Value, pair => pair.Key).Select(person => string.Join(' ', person.Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal),
            await RowsAsync("SELECT string_agg(source || ':' || source_id, ' ' ORDER BY source || ':' || source_id) FROM star.customer_identity GROUP BY customer_key ORDER BY 1"));
        var versions = Versions(told);
        const string Person = "(SELECT min(source || ':' || source_id) FROM star.customer_identity AS identity WHERE identity.customer_key = sale.customer_key)";
        Assert.Equal(
            versions.Select(version => $"{version.Order} | {version.Line} | {version.Quantity} | {persons[version.Customer]} | {version.From} | {(version.To < 9999 ? $"{version.To}" : "NULL")}").Order(StringComparer.Ordinal),
            await RowsAsync($"SELECT order_id, line_id, CAST(quantity AS INTEGER), {Person}, {Minute("known_at")}, CASE WHEN known_to < TIMESTAMPTZ '9999-01-01 00:00:00+00' THEN {Minute("known_to")} END FROM star.sale_version AS sale WHERE known_at < known_to ORDER BY concat_ws(' | ', order_id, line_id, CAST(quantity AS INTEGER), {Person}, {Minute("known_at")})"));
        Assert.Equal(["0"], await RowsAsync(Star.StrayVersions));
        foreach (var instant in Enumerable.Range(0, 4).Select(_ => random.Next(420)))
        {
            Assert.Equal(
                versions.Where(version => version.From <= instant && instant < version.To).Select(version => $"{version.Order} | {version.Line} | {version.Quantity}").Order(StringComparer.Ordinal),
                await RowsAsync($"SELECT order_id, line_id, CAST(quantity AS INTEGER) FROM star.sale_version WHERE known_at <= {At(instant)} AND {At(instant)} < known_to ORDER BY 1, 2"));
            Assert.Equal(
                Cities(words.Where(word => word.Time <= instant), persons),
                await RowsAsync($"SELECT (SELECT min(source || ':' || source_id) FROM star.customer_identity AS identity WHERE identity.customer_key = version.customer_key), city FROM star.customer_as_of({At(instant)}) AS version WHERE valid_from <= {At(instant)} AND {At(instant)} < valid_to ORDER BY 1"));
        }

        Assert.Equal(["True"], await RowsAsync("SELECT bool_and(rows_read = rows_loaded + rows_corrected + rows_deleted + rows_rejected + rows_already_loaded) AND sum(rows_rejected) = 0 FROM ops.load"));
        Assert.Null((await LoadAsync()).Generation);
    }

    /// <summary>Orders told as a whole, single lines, and deletions; each at a time of its own.</summary>
    private static List<Statement> Statements(Random random, Queue<int> times)
    {
        var told = new List<Statement>();
        for (var count = random.Next(8, 30); count > 0; count--)
        {
            var order = $"O{random.Next(Orders)}";
            var time = times.Dequeue();
            switch (random.Next(6))
            {
                case 0:
                    told.Add(new Statement("gone", order, time, [new Line(random.Next(2) == 0 ? null : $"{random.Next(4)}", 0, "")]));
                    break;
                case 1 or 2:
                    told.Add(new Statement("lines", order, time, [Some(random, random.Next(4))]));
                    break;
                default:
                    told.Add(new Statement("orders", order, time, [.. Enumerable.Range(0, 4).OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(number => Some(random, number))]));
                    break;
            }
        }

        return told;
    }

    private static Line Some(Random random, int number) => new($"{number}", random.Next(1, 9), random.Next(2) == 0 ? $"crm:c{random.Next(4)}" : $"web:w{random.Next(4)}");

    private static List<Word> Words(Random random, Queue<int> times) =>
    [
        .. Enumerable.Range(0, random.Next(4, 20)).Select(_ => new Word(
            random.Next(2) == 0 ? $"crm:c{random.Next(4)}" : $"web:w{random.Next(4)}",
            times.Dequeue(),
            random.Next(3) == 0 ? "" : $"{random.Next(6)}@x",
            random.Next(2) == 0 ? "" : $"T{random.Next(4)}")),
    ];

    private static void Decide(Random random, List<(bool AreSame, string[] Labels)> decisions)
    {
        if (decisions.Count > 0 && random.Next(3) == 0)
        {
            decisions.RemoveAt(random.Next(decisions.Count));
        }

        if (random.Next(2) == 0)
        {
            string[] labels = [.. Enumerable.Range(0, 4).SelectMany(number => new[] { $"crm:c{number}", $"web:w{number}" })];
            random.Shuffle(labels);
            decisions.Add((random.Next(2) == 0, labels[..random.Next(2, 4)]));
        }
    }

    /// <summary>What is told falls into any batch, one in four of it into another one too; the last batch has all that is left.</summary>
    private void WriteBatch(Random random, int batch, int batches, List<Statement> told, List<Word> words)
    {
        foreach (var feed in new[] { "orders", "lines", "gone" })
        {
            var texts = told.Where(statement => statement.Feed == feed && Falls(statement)).OrderBy(_ => random.Next()).Select(statement => Text(statement, random)).ToArray();
            // A file tells an order once.
            foreach (var (place, text) in (feed == "orders" ? texts : [string.Concat(texts)]).Index())
            {
                Data($"{feed}{batch}-{place}.csv", (feed == "gone" ? "order,line,changed\n" : TimedHeader) + text);
            }
        }

        foreach (var source in new[] { "crm", "web" })
        {
            var texts = words.Where(word => word.Id.StartsWith(source, StringComparison.Ordinal) && Falls(word)).OrderBy(_ => random.Next())
                .Select(word => $"{word.Id[4..]},{Text(word.Time)},{word.Email},{word.City}\n");
            Data($"{source}{batch}.csv", "id,since,email,city\n" + string.Concat(texts));
        }

        bool Falls(Told one)
        {
            var falls = one.Batch is null ? random.Next(batches - batch) == 0 : random.Next(4) == 0;
            one.Batch ??= falls ? batch : null;
            return falls;
        }
    }

    private static string Text(Statement statement, Random random)
    {
        if (statement.Feed == "gone")
        {
            return $"{statement.Order},{statement.Lines[0].Number},{Text(statement.Time)}\n";
        }

        // One row says the time of the whole; the others may be older.
        return string.Concat(statement.Lines.Select((line, place) => string.Create(
            CultureInfo.InvariantCulture,
            $"{statement.Order},{line.Number},{Text(0)},{(line.Customer[0] == 'c' ? line.Customer[4..] : "")},{(line.Customer[0] == 'w' ? line.Customer[4..] : "")},P,{line.Quantity},1,{Text(place == 0 ? statement.Time : random.Next(statement.Time + 1))}\n")));
    }

    /// <summary>The versions of each line: what was said of it in the order of time, where an order that is told again takes out what its feed had told.</summary>
    private static List<Version> Versions(List<Statement> told)
    {
        var versions = new List<Version>();
        foreach (var (order, number) in told.SelectMany(statement => statement.Lines.Where(line => line.Number is not null).Select(line => (statement.Order, line.Number!))).Distinct())
        {
            Version? last = null;
            var feed = "";
            foreach (var statement in told.Where(statement => statement.Order == order).OrderBy(statement => statement.Time))
            {
                var line = statement.Lines.FirstOrDefault(line => line.Number == number);
                var isGone = statement.Feed == "gone" ? statement.Lines[0].Number is null || line is not null : line is null && statement.Feed == "orders" && feed == "orders";
                if (last is not null && (isGone || (line is not null && statement.Feed != "gone")))
                {
                    versions.Add(last with { To = statement.Time });
                    last = null;
                }

                if (line is not null && statement.Feed != "gone")
                {
                    last = new Version(order, number, line.Quantity, line.Customer, statement.Time, 9999);
                    feed = statement.Feed;
                }
            }

            versions.AddRange(last is null ? [] : [last]);
        }

        return versions;
    }

    /// <summary>The person of each identifier, named by the first of his identifiers: decisions come first, then shared addresses, and who is different stays so.</summary>
    private static Dictionary<string, string> Persons(List<Statement> told, List<Word> words, List<(bool AreSame, string[] Labels)> decisions)
    {
        var known = told.SelectMany(statement => statement.Lines).Select(line => line.Customer).Concat(words.Select(word => word.Id)).Where(id => id.Length > 0).ToHashSet();
        var groups = known.ToDictionary(id => id, id => new HashSet<string> { id });
        var apart = decisions.Where(decision => !decision.AreSame).SelectMany(decision => decision.Labels.SelectMany(one => decision.Labels.Select(other => (one, other)))).Where(pair => pair.one != pair.other).ToHashSet();
        foreach (var labels in decisions.Where(decision => decision.AreSame).Select(decision => decision.Labels.Where(known.Contains).Order(StringComparer.Ordinal).ToArray()))
        {
            labels.Skip(1).ToList().ForEach(other => Join(labels[0], other));
        }

        foreach (var email in words.Where(word => word.Email.Length > 0).GroupBy(word => word.Email, word => word.Id).OrderBy(email => email.Key, StringComparer.Ordinal))
        {
            var ids = email.Distinct().Order(StringComparer.Ordinal).ToArray();
            foreach (var (place, one) in ids.Index())
            {
                ids.Skip(place + 1).ToList().ForEach(other => Join(one, other));
            }
        }

        return known.ToDictionary(id => id, id => groups[id].Min(StringComparer.Ordinal)!);

        void Join(string one, string other)
        {
            if (groups[one] != groups[other] && !groups[one].Any(left => groups[other].Any(right => apart.Contains((left, right)))))
            {
                groups[one].UnionWith(groups[other]);
                groups[other].ToList().ForEach(id => groups[id] = groups[one]);
            }
        }
    }

    private static IEnumerable<string> Cities(IEnumerable<Word> words, Dictionary<string, string> persons) =>
        words.GroupBy(word => persons[word.Id]).OrderBy(person => person.Key, StringComparer.Ordinal).Select(person =>
        {
            // The first version holds from the beginning, so its city is that of the first word.
            var cities = person.Where(word => word.City.Length > 0).OrderBy(word => word.Time).ToArray();
            return $"{person.Key} | {(cities.LastOrDefault(word => word.Id[0] == 'w') ?? cities.LastOrDefault())?.City ?? "NULL"}";
        });

    private static string Minute(string column) => $"CAST(round((epoch({column}) - epoch({At(0)})) / 60) AS INTEGER)";

    private static string At(int minute) => $"TIMESTAMPTZ '{Text(minute)}+00'";

    private static string Text(int minute) => Start.AddMinutes(minute).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private abstract record Told
    {
        public int? Batch { get; set; }
    }

    private sealed record Statement(string Feed, string Order, int Time, Line[] Lines) : Told;

    private sealed record Line(string? Number, int Quantity, string Customer);

    private sealed record Word(string Id, int Time, string Email, string City) : Told;

    private sealed record Version(string Order, string Line, int Quantity, string Customer, int From, int To);
}
