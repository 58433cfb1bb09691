using System.Globalization;
using Warehouse.Cubes;
using Warehouse.Testing;

namespace Warehouse.Campaigns.Tests.Segments;

/// <summary>A shop with random customers, to whom random things happen, load by load, and random segments of it whose members are known without SQL.</summary>
internal sealed class RandomShop(FreshWarehouse warehouse, Random random)
{
    public const int Customers = 40;

    private static readonly string[] Countries = ["GB", "IE", "FR"];
    private readonly List<Fact> _sales = [];
    private readonly List<Fact> _contacts = [];
    private readonly List<Fact> _touches = [];

    /// <summary>The last date that anything happens on.</summary>
    public static DateOnly Last { get; } = new(2025, 6, 30);

    public static CubeModel Cubes { get; } = CubeModel.Parse(("cubes/all.yaml",
        """
        dimensions:
          date: {table: star.dim_date, key: date_key, unknown: 0001-01-01, time: true}
          customer: {table: star.dim_customer, key: customer_key, unknown: -1, versions: {key: customer_version_key, from: valid_from, to: valid_to, current: is_current}, attributes: {id: customer_id}}
          segment: {table: mart.segment_member, key: customer_key, snapshots: {list: mart.segment_build, key: build_key, at: as_of, each: segment}, attributes: [a, b]}
        """),
        ("cubes/sales.yaml",
        """
        cube: sales
        table: star.fact_sale
        known_at: known_at
        history: {table: star.sale_version, until: known_to}
        dimensions: {date: date_key, customer: customer_key}
        measures: {net_sales: {sum: net_amount}, orders: {count_distinct: order_id}}
        """),
        ("cubes/people.yaml",
        """
        cube: people
        table: star.dim_customer
        dimensions: {segment: {dimension: segment, on: customer_key}}
        measures: {customers: {count: rows, where: is_current and customer_key <> -1}}
        """));

    private static string CountryOf(int customer) => Countries[customer % Countries.Length];

    public Task OpenAsync() => warehouse.RunAsync(
        """
        INSERT INTO star.dim_customer (customer_version_key, customer_key, customer_id, country, is_inferred, is_test, valid_from, valid_to, is_current, known_at, generation, load_key, source_line)
        SELECT key, key, 'C' || key, ['GB', 'IE', 'FR'][key % 3 + 1], false, false, TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMPTZ '9999-12-31 00:00:00+00', true, TIMESTAMPTZ '0001-01-01 00:00:00+00', 0, -1, 0
        FROM range(1, $customers + 1) AS people (key);
        INSERT INTO star.dim_campaign (campaign_key, campaign_id, wave, is_inferred, known_at, generation, load_key, source_line)
        VALUES (0, 'C1', 1, false, TIMESTAMPTZ '2025-01-01 00:00:00+00', 0, -1, 0);
        """,
        ("customers", Customers));

    /// <summary>Things that happened at any time before, and were recorded up to twenty days later; some of them are corrected since.</summary>
    public async Task LoadAsync(int facts)
    {
        await warehouse.RunAsync("INSERT INTO ops.generation SELECT max(generation) + 1, now(), now(), 'load' FROM ops.generation");
        for (var fact = 0; fact < facts; fact++)
        {
            var happened = new DateTimeOffset(Last.AddDays(-random.Next(180)).ToDateTime(new TimeOnly(random.Next(8, 20), 0)), TimeSpan.Zero);
            var said = new Fact(
                1 + random.Next(Customers), happened, happened.AddDays(random.Next(3) == 0 ? random.Next(20) : 0).AddMinutes(1), DateTimeOffset.MaxValue,
                10 + random.Next(90), random.Next(4) == 0);
            switch (random.Next(6))
            {
                case 0:
                    await ContactAsync(said);
                    break;
                case 1:
                    await TouchAsync(said);
                    break;
                default:
                    await SaleAsync(said);
                    break;
            }
        }
    }

    /// <summary>A random segment: its text, and who is in it as of a date.</summary>
    public (string Text, Func<int, DateOnly, bool> Holds) Segment(int depth = 2)
    {
        var (text, holds) = Condition(depth);
        return ($"where: {{all: [{text}]}}\n", holds);
    }

    private (string Text, Func<int, DateOnly, bool> Holds) Condition(int depth)
    {
        if (depth == 0 || random.Next(3) == 0)
        {
            return Test();
        }

        var (left, right) = (Condition(depth - 1), Condition(depth - 1));
        return random.Next(3) switch
        {
            0 => ($"{{all: [{left.Text}, {right.Text}]}}", (who, date) => left.Holds(who, date) && right.Holds(who, date)),
            1 => ($"{{any: [{left.Text}, {right.Text}]}}", (who, date) => left.Holds(who, date) || right.Holds(who, date)),
            _ => ($"{{not: {left.Text}}}", (who, date) => !left.Holds(who, date)),
        };
    }

    private (string Text, Func<int, DateOnly, bool> Holds) Test()
    {
        var (days, times, value) = (20 + random.Next(100), 1 + random.Next(3), 20 + random.Next(200));
        return random.Next(9) switch
        {
            0 => ($"{{country: [{Countries[times - 1]}]}}", (who, _) => CountryOf(who) == Countries[times - 1]),
            1 => (Invariant($"{{bought: {{times: {{from: {times}}}, within: {days}d}}}}"), (who, date) => Of(_sales, who, date, days).Count(sale => !sale.Flag) >= times),
            2 => (Invariant($"{{bought: {{value: {{from: {value}}}}}}}"), (who, date) => Of(_sales, who, date).Where(sale => !sale.Flag).Sum(sale => sale.Amount) is var sum && sum >= value && sum > 0),
            3 => ("{returned: {within: all}}", (who, date) => Of(_sales, who, date).Any(sale => sale.Flag)),
            4 => ("{contacted: {complaint: true}}", (who, date) => Of(_contacts, who, date).Any(contact => contact.Flag)),
            5 => ("{campaign: {name: C1, response: clicked}}", (who, date) => Of(_touches, who, date).Any(touch => touch.Flag)),
            6 => (
                Invariant($"{{measure: {{name: sales.net_sales, within: {days}d, from: {value}}}}}"),
                (who, date) => Of(_sales, who, date, days).ToArray() is { Length: > 0 } sales && sales.Sum(sale => sale.Flag ? -sale.Amount : sale.Amount) >= value),
            7 => (
                Invariant($"{{sequence: [{{bought: {{}}}}, {{contacted: {{}}, within: {days}d}}, {{bought: {{}}}}]}}"),
                (who, date) => Follows(Follows(Of(_sales, who, date).Where(sale => !sale.Flag), Of(_contacts, who, date), days), Of(_sales, who, date).Where(sale => !sale.Flag), 1000).Any()),
            _ => (
                Invariant($"{{sequence: [{{contacted: {{}}}}, {{not: {{bought: {{}}}}, within: {days}d}}]}}"),
                (who, date) => Of(_contacts, who, date).Any(contact => contact.At.AddDays(days) < End(date)
                    && !Of(_sales, who, date).Any(sale => !sale.Flag && sale.At > contact.At && sale.At <= contact.At.AddDays(days)))),
        };
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset End(DateOnly date) => new(date.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static IEnumerable<Fact> Of(List<Fact> facts, int who, DateOnly date, int days = 10_000) => facts.Where(fact =>
        fact.Customer == who && fact.At < End(date) && fact.At >= End(date).AddDays(-days) && fact.KnownAt < End(date) && fact.KnownTo >= End(date));

    private static IEnumerable<Fact> Follows(IEnumerable<Fact> before, IEnumerable<Fact> next, int days) =>
        next.Where(fact => before.Any(first => fact.At > first.At && fact.At <= first.At.AddDays(days)));

    private async Task SaleAsync(Fact sale)
    {
        var key = _sales.Count;
        _sales.Add(sale);
        if (random.Next(5) > 0)
        {
            await InsertSaleAsync("star.fact_sale", key, sale);
            return;
        }

        // A version that was taken for true until it was corrected.
        var corrected = sale.KnownAt.AddDays(1 + random.Next(30));
        _sales[^1] = sale with { KnownTo = corrected };
        _sales.Add(sale with { KnownAt = corrected, Amount = 10 + random.Next(90) });
        await InsertSaleAsync("star.fact_sale_history", key, _sales[^2]);
        await InsertSaleAsync("star.fact_sale", key, _sales[^1]);
    }

    private Task InsertSaleAsync(string table, int key, Fact sale) => warehouse.RunAsync(
        $"""
        INSERT INTO {table} BY NAME
        SELECT $key AS sale_key, $customer AS customer_key, $customer AS customer_version_key, -1 AS product_key, -1 AS product_version_key, -1 AS location_key, -1 AS channel_key,
            CAST($at AS DATE) AS date_key, $at AS ordered_at, 'O' || $key AS order_id, '1' AS line_id, 1 AS quantity, $amount AS unit_price, $amount AS gross_amount, 0 AS discount_amount,
            $amount AS net_amount, $amount AS original_net_amount, 'GBP' AS currency, $is_return AS is_return, $known_at AS known_at, 0 AS generation, -1 AS load_key, 0 AS source_line, -1 AS identity_key
            {(table.EndsWith("history", StringComparison.Ordinal) ? ", CAST($known_to AS TIMESTAMPTZ) AS known_to, 1 AS ended_generation" : "")}
        """,
        [
            ("key", key), ("customer", sale.Customer), ("at", sale.At), ("amount", sale.Flag ? -sale.Amount : sale.Amount), ("is_return", sale.Flag), ("known_at", sale.KnownAt),
            .. table.EndsWith("history", StringComparison.Ordinal) ? [("known_to", sale.KnownTo)] : Array.Empty<(string, object?)>(),
        ]);

    private Task ContactAsync(Fact contact)
    {
        _contacts.Add(contact);
        return warehouse.RunAsync(
            """
            INSERT INTO star.fact_contact BY NAME
            SELECT $key AS contact_key, 'K' || $key AS contact_id, $customer AS customer_key, $customer AS customer_version_key, -1 AS channel_key, -1 AS reason_key, -1 AS agent_key, -1 AS product_key,
                CAST($at AS DATE) AS date_key, $at AS opened_at, true AS is_answered, false AS is_resolved, $is_complaint AS is_complaint, $known_at AS known_at, 0 AS generation, -1 AS load_key, 0 AS source_line, -1 AS identity_key
            """,
            ("key", _contacts.Count),
            ("customer", contact.Customer),
            ("at", contact.At),
            ("is_complaint", contact.Flag),
            ("known_at", contact.KnownAt));
    }

    private async Task TouchAsync(Fact touch)
    {
        if (_touches.Exists(known => known.Customer == touch.Customer))
        {
            return;
        }

        _touches.Add(touch);
        await warehouse.RunAsync(
            """
            INSERT INTO star.fact_touch BY NAME
            SELECT $key AS touch_key, 0 AS campaign_key, $customer AS customer_key, $customer AS customer_version_key, CAST($at AS DATE) AS date_key, 'treated' AS arm, $at AS assigned_at,
                CASE WHEN $clicked THEN $at END AS clicked_at, 0 AS cost_amount, $known_at AS known_at, 0 AS generation, -1 AS load_key, 0 AS source_line, -1 AS identity_key
            """,
            ("key", _touches.Count),
            ("customer", touch.Customer),
            ("at", touch.At),
            ("clicked", touch.Flag),
            ("known_at", touch.KnownAt));
    }

    /// <param name="Flag">Of a sale: it is a return; of a contact: a complaint; of a touch: it was clicked.</param>
    private sealed record Fact(int Customer, DateTimeOffset At, DateTimeOffset KnownAt, DateTimeOffset KnownTo, decimal Amount, bool Flag);
}
