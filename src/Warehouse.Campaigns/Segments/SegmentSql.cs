using System.Globalization;
using System.Text;
using Warehouse.Analysis.Populations;

namespace Warehouse.Campaigns.Segments;

/// <summary>
/// Writes the SQL of a segment: each test is a set of customers with the reason, and the segment is what its conditions make
/// of the sets. Values are parameters; every name comes from this file or from the reader's lists.
/// </summary>
internal sealed class SegmentSql
{
    private readonly IReadOnlyList<Segment> _segments;
    private readonly List<string> _sets = [];
    private readonly List<(string Name, object? Value)> _parameters = [];
    private readonly AsOf _asOf;

    private SegmentSql(IReadOnlyList<Segment> segments, AsOf asOf) => (_segments, _asOf) = (segments, asOf);

    private string Date => Named("as_of", _asOf.Date);

    private string EndsAt => Named("ends_at", _asOf.End);

    private string KnownBefore => Named("known_before", _asOf.KnownBefore);

    /// <summary>
    /// A statement that fills <c>temp.segment_found</c>: one row per customer of <c>temp.segment_person</c> with customer_key,
    /// value, is_member, reason, and held: which of the tests hold, in their order.
    /// </summary>
    public static (string Sql, (string Name, object? Value)[] Parameters, IReadOnlyList<string> Tests) Write(
        Segment segment, IReadOnlyList<Segment> segments, AsOf asOf)
    {
        var writer = new SegmentSql(segments, asOf);
        var tests = new List<(string Words, string Holds)>();
        var select = writer.Select(segment, tests);
        var sql = new StringBuilder("CREATE OR REPLACE TEMP TABLE segment_found AS\n");
        if (writer._sets.Count > 0)
        {
            sql.Append("WITH ").AppendJoin(",\n", writer._sets).Append('\n');
        }

        return (sql.Append(select).ToString(), [.. writer._parameters], [.. tests.Select(test => test.Words)]);
    }

    private string Select(Segment segment, List<(string Words, string Holds)> tests)
    {
        var joins = new List<string>();
        var (holds, reason) = Place(segment.Where, tests, joins);
        var top = segment.Top is { } most
            ? $"holds AND row_number() OVER (PARTITION BY holds ORDER BY value DESC, customer_key) <= {Parameter(most)}"
            : "holds";
        return $"""
            SELECT customer_key, value, revenue, {top} AS is_member, reason, held
            FROM (
                SELECT person.customer_key, person.value, person.revenue, coalesce({holds}, false) AS holds, {reason} AS reason,
                       CAST([{string.Join(", ", tests.Select(test => test.Holds))}] AS BOOLEAN[]) AS held
                FROM temp.segment_person AS person{string.Concat(joins.Select(set => $"\n    LEFT JOIN {set} ON {set}.customer_key = person.customer_key"))}
            )
            """;
    }

    private (string Holds, string Reason) Place(Condition condition, List<(string Words, string Holds)> tests, List<string> joins)
    {
        switch (condition)
        {
            case AllOf { Parts: [] }:
                return ("true", "''");
            case AllOf all:
                var every = all.Parts.Select(part => Place(part, tests, joins)).ToArray();
                return ($"({string.Join(" AND ", every.Select(part => part.Holds))})", $"concat_ws('; ', {string.Join(", ", every.Select(part => part.Reason))})");
            case AnyOf any:
                var some = any.Parts.Select(part => Place(part, tests, joins)).ToArray();
                return some.Length == 0
                    ? ("false", "''")
                    : ($"({string.Join(" OR ", some.Select(part => part.Holds))})",
                        $"concat_ws('; ', {string.Join(", ", some.Select(part => $"CASE WHEN {part.Holds} THEN {part.Reason} END"))})");
            case Not not:
                var first = tests.Count;
                var denied = Place(not.Part, tests, joins);
                return ($"(NOT {denied.Holds})", Parameter("not " + string.Join(" and ", tests.Skip(first).Select(test => test.Words))));
            case Test test:
                var customers = Set(test);
                var set = FormattableString.Invariant($"set_{_sets.Count}");
                _sets.Add($"{set} AS (\n{customers}\n)");
                joins.Add(set);
                tests.Add((test.Words, $"{set}.customer_key IS NOT NULL"));
                return ($"({set}.customer_key IS NOT NULL)", $"{set}.reason");
            default:
                throw new NotSupportedException($"There is no SQL for {condition.GetType().Name}.");
        }
    }

    private string Set(Test test) => test switch
    {
        OneOf { Column: "rfm_segment" } rfm =>
            $"""
            SELECT customer_key, rfm_segment || ' (R ' || recency_score || ', F ' || frequency_score || ', M ' || monetary_score || '): last bought ' || recency_days || ' days before' AS reason
            FROM temp.segment_person WHERE list_contains(CAST({Parameter(rfm.Values.ToArray())} AS VARCHAR[]), rfm_segment)
            """,
        OneOf one => $"SELECT customer_key, '{one.Column} ' || {one.Column} AS reason FROM temp.segment_person WHERE list_contains(CAST({Parameter(one.Values.ToArray())} AS VARCHAR[]), {one.Column})",
        Within within => $"SELECT customer_key, '{within.Column} ' || {within.Column} AS reason FROM temp.segment_person WHERE {In(within.Column, within.Bounds)}",
        Bought bought => Purchases(bought),
        Contacted contacted => Contacts(contacted),
        Consented consented =>
            $"""
            SELECT customer_key, 'allowed ' || {Parameter(consented.Channel)} || ' on ' || strftime(max(stated_at), '%Y-%m-%d') AS reason
            FROM star.customer_consent
            WHERE channel = {Parameter(consented.Channel)} AND purpose = 'marketing' AND stated_at < {EndsAt} AND known_at < {KnownBefore}
            GROUP BY customer_key HAVING arg_max(is_granted, (stated_at, NOT is_granted))
            """,
        Responded responded => Responses(responded),
        InSegment other =>
            $"SELECT customer_key, {Parameter(other.Words)} AS reason FROM ({Select(Segment.Find(_segments, other.Name), [])}) WHERE is_member",
        Sampled sampled =>
            $"SELECT customer_key, {Parameter(sampled.Words)} AS reason FROM temp.segment_person WHERE md5_number_lower({Parameter(sampled.Seed)} || ':' || customer_key) % 1000000 < {Parameter((long)(sampled.Share * 1_000_000))}",
        _ => throw new NotSupportedException($"There is no SQL for {test.GetType().Name}."),
    };

    private string Purchases(Bought bought)
    {
        var having = new List<string>();
        if (bought.Times is { } times)
        {
            having.Add(In("count(DISTINCT sale.order_id)", times));
        }

        if (bought.Value is { } value)
        {
            having.Add(In("sum(abs(sale.net_amount))", value));
        }

        var of = bought.Of.Select(part => part.Column switch
        {
            "channel" => $" AND sale.channel_key IN (SELECT channel_key FROM star.dim_channel WHERE list_contains(CAST({Parameter(part.Values.ToArray())} AS VARCHAR[]), channel))",
            "product" => $" AND sale.product_version_key IN (SELECT product_version_key FROM star.dim_product WHERE list_contains(CAST({Parameter(part.Values.ToArray())} AS VARCHAR[]), product_id))",
            _ => $" AND sale.product_version_key IN (SELECT product_version_key FROM star.dim_product WHERE list_contains(CAST({Parameter(part.Values.ToArray())} AS VARCHAR[]), {part.Column}))",
        });
        return $"""
            SELECT sale.customer_key, {Parameter(bought.IsReturn ? "returned " : "bought ")} || count(DISTINCT sale.order_id) || ' times for ' || CAST(sum(abs(sale.net_amount)) AS DECIMAL(18,2)) || ', last on ' || max(sale.date_key) AS reason
            FROM star.fact_sale AS sale
            WHERE sale.is_return = {Parameter(bought.IsReturn)} AND sale.known_at < {KnownBefore} AND {During("sale.date_key", bought.Period)}{string.Concat(of)}
            GROUP BY sale.customer_key{Having(having)}
            """;
    }

    private string Contacts(Contacted contacted)
    {
        var parts = new StringBuilder();
        if (contacted.IsComplaint is { } complaint)
        {
            parts.Append(CultureInfo.InvariantCulture, $" AND contact.is_complaint = {Parameter(complaint)}");
        }

        if (contacted.IsResolved is { } resolved)
        {
            parts.Append(CultureInfo.InvariantCulture, $" AND coalesce(contact.resolved_at < {EndsAt} AND contact.is_resolved, false) = {Parameter(resolved)}");
        }

        if (contacted.Topics.Count > 0)
        {
            parts.Append(CultureInfo.InvariantCulture, $" AND contact.reason_key IN (SELECT reason_key FROM star.dim_reason WHERE list_contains(CAST({Parameter(contacted.Topics.ToArray())} AS VARCHAR[]), topic))");
        }

        return $"""
            SELECT contact.customer_key, 'in touch ' || count(*) || ' times, last on ' || max(contact.date_key) AS reason
            FROM star.fact_contact AS contact
            WHERE contact.known_at < {KnownBefore} AND {During("contact.date_key", contacted.Period)}{parts}
            GROUP BY contact.customer_key{Having(contacted.Times is { } times ? [In("count(*)", times)] : [])}
            """;
    }

    private string Responses(Responded responded)
    {
        var parts = new StringBuilder();
        if (responded.Wave is { } wave)
        {
            parts.Append(CultureInfo.InvariantCulture, $" AND campaign.wave = {Parameter(wave)}");
        }

        if (responded.Arm is { } arm)
        {
            parts.Append(CultureInfo.InvariantCulture, $" AND touch.arm = {Parameter(arm)}");
        }

        if (responded.Milestone is { } milestone)
        {
            parts.Append(CultureInfo.InvariantCulture, $" AND touch.{milestone} < {EndsAt}");
        }

        return $"""
            SELECT touch.customer_key, {Parameter(responded.Words)} AS reason
            FROM star.fact_touch AS touch JOIN star.dim_campaign AS campaign ON campaign.campaign_key = touch.campaign_key
            WHERE campaign.campaign_id = {Parameter(responded.Campaign)} AND touch.date_key <= {Date} AND touch.known_at < {KnownBefore}{parts}
            GROUP BY touch.customer_key
            """;
    }

    private string During(string date, Period period)
    {
        var since = period.Window == Window.All ? "" : $"{date} >= {Parameter(period.Window.FirstDate(_asOf.Date))} AND ";
        var until = period.Until is { } last && last < _asOf.Date ? Parameter(last) : Date;
        return $"{since}{date} <= {until}";
    }

    private string In(string value, Bounds bounds) => string.Join(
        " AND ",
        new[] { bounds.From is { } from ? $"{value} >= {Parameter(from)}" : null, bounds.To is { } to ? $"{value} <= {Parameter(to)}" : null }.OfType<string>());

    private static string Having(List<string> conditions) => conditions.Count == 0 ? "" : $" HAVING {string.Join(" AND ", conditions)}";

    private string Named(string name, object value)
    {
        if (!_parameters.Contains((name, value)))
        {
            _parameters.Add((name, value));
        }

        return "$" + name;
    }

    private string Parameter(object value)
    {
        var name = FormattableString.Invariant($"p{_parameters.Count}");
        _parameters.Add((name, value));
        return "$" + name;
    }
}
