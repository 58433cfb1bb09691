using System.Globalization;

namespace Warehouse.Etl.Tests.History;

/// <summary>
/// A row that tells only some columns of a contact, a touch or a customer keeps what was told of the others by its time, whenever it arrives: random rows in random
/// batches are, at every instant, what a model makes of them in the order of time.
/// </summary>
public sealed class PartialRowTests : EtlTest
{
    private static readonly DateTime Start = new(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);

    public static TheoryData<int> Seeds()
    {
        var seeds = new TheoryData<int>();
        seeds.AddRange([.. Enumerable.Range(1, Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") == "1" ? 100 : 3)]);
        return seeds;
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task ContactRowsInAnyOrder_AreTheContactsOfTheModel(int seed)
    {
        Feed(
            "log",
            """
            source: {files: "data/log*.csv"}
            identity: shop
            known: at_event
            into: contact
            columns: {contact_id: id, changed_at: at, opened_at: opened, customer: a, agent: b, topic: c, channel: d, satisfaction: e, escalated_at: f, waiting_seconds: g, order_id: h}
            """);
        var random = new Random(seed);
        var rows = Rows(random, 8, [_ => $"C{random.Next(3)}", _ => $"A{random.Next(3)}", _ => $"T{random.Next(3)}", _ => $"D{random.Next(3)}", _ => $"{random.Next(1, 6)}", time => Text(time), _ => $"{random.Next(9)}", _ => $"O{random.Next(9)}"]);

        await LoadInAnyOrderAsync("log", "id,at,opened,a,b,c,d,e,f,g,h", rows, random);

        Assert.Equal(
            Model(rows),
            await RowsAsync(
                $"""
                SELECT contact_id, {Minute("contact.known_at")}, source_id, nullif(agent_id, '(unknown)'), topic, nullif(channel, '(unknown)'), satisfaction, {Minute("escalated_at")}, waiting_seconds, order_id
                FROM star.contact_version AS contact
                LEFT JOIN star.customer_identity USING (identity_key)
                JOIN star.dim_agent USING (agent_key)
                JOIN star.dim_channel USING (channel_key)
                LEFT JOIN (SELECT * FROM star.dim_reason WHERE reason_key >= 0) AS reason USING (reason_key)
                ORDER BY 1, 2
                """));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task TouchRowsInAnyOrder_AreTheTouchesOfTheModel(int seed)
    {
        Feed(
            "log",
            """
            source: {files: "data/log*.csv"}
            identity: shop
            known: at_event
            into: touch
            columns: {campaign: {value: spring}, customer: id, changed_at: at, arm: {expr: "if(is_null(opened), opened, 'treated')"}, assigned_at: opened, sent_at: a, opened_at: b, clicked_at: c, cost_amount: d}
            """);
        var random = new Random(seed);
        var rows = Rows(random, 8, [time => Text(time), time => Text(time), time => Text(time), _ => $"{random.Next(1, 9)}"]);

        await LoadInAnyOrderAsync("log", "id,at,opened,a,b,c,d", rows, random);

        Assert.Equal(
            Model(rows),
            await RowsAsync(
                $"""
                SELECT source_id, {Minute("touch.known_at")}, {Minute("sent_at")}, {Minute("opened_at")}, {Minute("clicked_at")}, CAST(nullif(cost_amount, 0) AS INTEGER)
                FROM star.touch_version AS touch
                JOIN star.customer_identity USING (identity_key)
                ORDER BY 1, 2
                """));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task CustomerRowsInAnyOrder_AreTheCustomersOfTheModel_AlsoOfThoseWhomSalesNamedFirst(int seed)
    {
        Feed("log", "source: {files: \"data/log*.csv\"}\nidentity: shop\nknown: at_event\ninto: customer\ncolumns: {id: id, valid_from: at, city: a, country: b, occupation: c, birth_year: d, household_id: e}");
        Feed("sales", SaleFeed);
        var random = new Random(seed);
        var rows = Rows(random, 8, [_ => $"C{random.Next(3)}", _ => $"N{random.Next(3)}", _ => $"J{random.Next(3)}", _ => $"{random.Next(1950, 1953)}", _ => $"H{random.Next(2)}"])
            .ConvertAll(row => row with { IsFirst = false });
        var sales = rows.Select((row, number) => $"{number},1,{Text(random.Next(600))},{row.Id},P,1,1\n").ToArray();
        await LoadFileAsync(Data("sales1.csv", SaleHeader + string.Concat(sales.Take(sales.Length / 2))), "sales");

        await LoadInAnyOrderAsync("log", "id,at,opened,a,b,c,d,e", rows, random);
        await LoadFileAsync(Data("sales2.csv", SaleHeader + string.Concat(sales.Skip(sales.Length / 2))), "sales");

        Assert.Equal(
            Versions(Model(rows)),
            await RowsAsync(
                $"""
                SELECT customer_id, CASE WHEN valid_from < TIMESTAMPTZ '1900-01-01 00:00:00+00' THEN 'ever' ELSE CAST({Minute("valid_from")} AS VARCHAR) END, city, country, occupation, birth_year, household_id
                FROM star.dim_customer WHERE customer_key >= 0 ORDER BY customer_id, valid_from
                """));
        Assert.Equal("0", await RowAsync(Star.StrayVersions));
    }

    [Fact]
    public async Task LateRow_DoesNotTakeTheWordOfALaterRow_NorLoseItsOwn()
    {
        Feed("log", "source: {files: \"data/log*.csv\"}\nknown: at_event\ninto: contact\ncolumns: {contact_id: id, changed_at: at, opened_at: opened, agent: agent, satisfaction: rating}");
        Data("log1.csv", "id,at,opened,agent,rating\nK,2026-01-05 08:00:00,2026-01-05 08:00:00,Ann,\nK,2026-01-05 12:00:00,,,4\n");
        await LoadAsync();
        // At ten Bob took it over; what was said at twelve says nothing of the agent.
        Data("log2.csv", "id,at,opened,agent,rating\nK,2026-01-05 10:00:00,,Bob,1\n");
        await LoadAsync();

        Assert.Equal(
            ["Ann | NULL", "Bob | 1", "Bob | 4"],
            await RowsAsync("SELECT agent_id, satisfaction FROM star.contact_version JOIN star.dim_agent USING (agent_key) ORDER BY known_at"));
    }

    [Fact]
    public async Task RowsOfOneInstant_AreOneVersion_WhichKeepsWhatEachOfThemTold()
    {
        Feed("log", "source: {files: \"data/log*.csv\"}\ninto: contact\ncolumns: {contact_id: id, opened_at: opened, agent: agent, satisfaction: rating, resolved_at: resolved}");
        Data("log1.csv", "id,opened,agent,rating,resolved\nK,2026-01-05 08:00:00,,,\nK,,Ann,,\nK,,,4,\n");
        await LoadAsync();
        foreach (var day in new[] { 2, 3 })
        {
            Time.Advance(TimeSpan.FromDays(1));
            Data($"log{day}.csv", $"id,opened,agent,rating,resolved\nK,,,,2026-01-0{day + 4} 09:00:00\n");
            await LoadAsync();
        }

        Assert.Equal(
            ["Ann | 4 | NULL", "Ann | 4 | 6", "Ann | 4 | 7"],
            await RowsAsync("SELECT agent_id, satisfaction, day(resolved_at AT TIME ZONE 'UTC') FROM star.contact_version JOIN star.dim_agent USING (agent_key) ORDER BY known_at"));
    }

    /// <summary>Each thing has a first row and some that tell each column or not; every row has a time of its own.</summary>
    private static List<Row> Rows(Random random, int things, Func<int, string>[] columns)
    {
        var rows = new List<Row>();
        foreach (var thing in Enumerable.Range(0, things))
        {
            var times = Enumerable.Range(1, 600).OrderBy(_ => random.Next()).Take(random.Next(2, 7)).Order().ToArray();
            rows.AddRange(times.Select((time, place) => new Row(
                $"K{thing}", time, place == 0, [.. columns.Select(column => random.Next(3) == 0 ? column(time) : null)])));
        }

        return rows;
    }

    private async Task LoadInAnyOrderAsync(string feed, string header, List<Row> rows, Random random)
    {
        var batches = Enumerable.Range(0, random.Next(2, 6)).Select(_ => new List<Row>()).ToArray();
        foreach (var row in rows.OrderBy(_ => random.Next()))
        {
            // What nothing is known of is rejected: the first row comes with the first batch.
            batches[row.IsFirst ? 0 : random.Next(batches.Length)].Add(row);
            if (random.Next(4) == 0)
            {
                batches[^1].Add(row);
            }
        }

        foreach (var (number, batch) in batches.Index())
        {
            var report = await LoadFileAsync(Data($"log{number}.csv", header + "\n" + string.Concat(batch)), feed);
            Assert.All(report.Files, file => Assert.Equal(0, file.RowsRejected));
        }
    }

    /// <summary>What is known of each thing from each of its rows on.</summary>
    private static IEnumerable<string> Model(List<Row> rows) => rows.GroupBy(row => row.Id).SelectMany(thing => thing.OrderBy(row => row.Time).Select(now => string.Join(
        " | ",
        Enumerable.Range(0, now.Told.Length)
            .Select(column => thing.Where(row => row.Time <= now.Time && row.Told[column] is not null).MaxBy(row => row.Time)?.Told[column] ?? "NULL")
            .Select(text => DateTime.TryParse(text, CultureInfo.InvariantCulture, out var at) && text.Length > 10 ? $"{(int)(at - Start).TotalMinutes}" : text)
            .Prepend($"{now.Time}").Prepend(now.Id)))).Order(Comparer<string>.Create((left, right) => Key(left).CompareTo(Key(right))));

    /// <summary>A version begins where what is known changes; the first holds from the beginning.</summary>
    private static IEnumerable<string> Versions(IEnumerable<string> states)
    {
        string[] before = [];
        foreach (var state in states.Select(row => row.Split(" | ")))
        {
            var isFirst = before.Length == 0 || before[0] != state[0];
            if (isFirst || !before.Skip(2).SequenceEqual(state.Skip(2)))
            {
                yield return string.Join(" | ", [state[0], isFirst ? "ever" : state[1], .. state.Skip(2)]);
            }

            before = state;
        }
    }

    private static (int, int) Key(string row) => (int.Parse(row.Split(" | ")[0][1..], CultureInfo.InvariantCulture), int.Parse(row.Split(" | ")[1], CultureInfo.InvariantCulture));

    private static string Minute(string column) => $"CAST((epoch({column}) - epoch(TIMESTAMPTZ '{Text(0)}+00')) / 60 AS INTEGER)";

    private static string Text(int minute) => Start.AddMinutes(minute).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private sealed record Row(string Id, int Time, bool IsFirst, string?[] Told)
    {
        public override string ToString() => $"{Id},{Text(Time)},{(IsFirst ? Text(Time) : "")},{string.Join(',', Told)}\n";
    }
}
