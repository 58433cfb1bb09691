using System.Globalization;
using System.Text;
using Warehouse.Analysis.Populations;

namespace Warehouse.Campaigns.Segments;

/// <summary>Writes the SQL of single tests. Values are parameters; every name comes from this file or from the reader's lists.</summary>
internal sealed class TestSql(SqlValues values, AsOf asOf)
{
    private string EndsAt => values.Named("ends_at", asOf.End);

    /// <summary>Of a fact with versions: what the company took for true then.</summary>
    private string Known
    {
        get
        {
            var before = values.Named("known_before", asOf.KnownBefore);
            return $"known_at < {before} AND known_to >= least({before}, TIMESTAMPTZ '9999-12-31 00:00:00+00')";
        }
    }

    /// <summary>Whether a test of the person himself holds (what is not known is NULL), and how to write the reason; null where it is a test of facts.</summary>
    public (string Holds, Func<string> Reason)? OfPerson(Test test) => test switch
    {
        OneOf { Column: "rfm_segment" } rfm => ($"person.rfm_segment IN {values.Of(rfm.Values)}", () => ReasonSql.Rfm),
        OneOf one => ($"person.{one.Column} IN {values.Of(one.Values)}", () => $"'{one.Column} ' || person.{one.Column}"),
        Within within => (In($"person.{within.Column}", within.Bounds), () => ReasonSql.Attribute(within.Column)),
        Sampled sampled => (
            Draw.Of(sampled, values),
            () => values.Of(sampled.Words)),
        _ => null,
    };

    /// <summary>Whether a test of what the person allows holds, where reasons are not wanted: <c>temp.segment_person</c> knows the channels, not since when.</summary>
    public string? OfAllowed(Test test) => test is Consented { Channel: var channel } && !channel.Contains('|', StringComparison.Ordinal)
        ? $"contains(person.allows, {values.Of($"|{channel}|")})"
        : null;

    /// <summary>The customers for whom a test of facts holds, each once, with the reason where the scope wants it.</summary>
    public string OfFacts(Test test, FoundScope scope) => test switch
    {
        Was was =>
            $"""
            SELECT customer_key
            FROM mart.customer_snapshot
            WHERE as_of = (SELECT max(as_of) FROM mart.customer_snapshot WHERE as_of <= {values.Of(was.Date(asOf.Date))})
              AND {was.Column} IN {values.Of(was.Values)}{Few(scope)}
            """,
        Bought bought => Purchases(bought, scope),
        Contacted contacted => Contacts(contacted, scope),
        Consented consented =>
            $"""
            SELECT customer_key{Reason(scope, "'allowed ' || channel || ' on ' || strftime(stated_at, '%Y-%m-%d')")}
            FROM star.permission_among('{(scope == FoundScope.Few ? "temp.segment_few_consent" : "star.customer_consent")}', {values.Of(LastInstant(asOf.KnownBefore))}, stated_by := {values.Of(LastInstant(asOf.End))})
            WHERE channel = {values.Of(consented.Channel)} AND purpose = 'marketing' AND is_granted
            """,
        Responded responded =>
            $"""
            SELECT DISTINCT customer_key
            FROM (
            {Events(responded, scope)}
            )
            """,
        InOrder order => Sequence(order, scope),
        _ => throw new NotSupportedException($"There is no SQL for {test.GetType().Name}."),
    };

    /// <summary>The customers whose measure lies within the bounds.</summary>
    /// <param name="table">Holds customer_key and value.</param>
    public string OfMeasure(Measured measured, string table) =>
        $"SELECT customer_key, {values.Of($"{measured.Cube}.{measured.Measure} ")} || {ReasonSql.Number("value")} AS reason FROM {table} WHERE {In("value", measured.Bounds)}";

    private static DateTimeOffset LastInstant(DateTimeOffset before) => before.AddTicks(-TimeSpan.TicksPerMicrosecond);

    /// <summary>The words for the reason of a test whose customers come without one; null where they come with it.</summary>
    public Func<string>? SameForAll(Test test) => test is Was or Responded or InSegment ? () => values.Of(test.Words) : null;

    private static string Reason(FoundScope scope, string sql) => scope == FoundScope.Keys ? "" : $", {sql} AS reason";

    /// <summary>Of facts, where few people are asked about.</summary>
    private static string Few(FoundScope scope) => scope == FoundScope.Few ? " AND customer_key IN (FROM temp.segment_few)" : "";

    private string Purchases(Bought bought, FoundScope scope)
    {
        var having = new List<string>();
        if (bought.Times is { } times)
        {
            having.Add(times is { From: 2m, To: null } ? "min(order_id) < max(order_id)" : In("count(DISTINCT order_id)", times));
        }

        if (bought.Value is { } value)
        {
            having.Add(In("sum(abs(net_amount))", value));
        }

        return $"""
            SELECT customer_key{Reason(scope, ReasonSql.Purchases(bought.IsReturn ? "returned" : "bought"))}
            FROM star.sale_version
            WHERE {Sales(bought)}{Few(scope)}
            GROUP BY customer_key{Having(having)}
            """;
    }

    private string Contacts(Contacted contacted, FoundScope scope) =>
        $"""
        SELECT customer_key{Reason(scope, ReasonSql.Contacts)}
        FROM star.contact_version
        WHERE {Cases(contacted)}{Few(scope)}
        GROUP BY customer_key{Having(contacted.Times is { } times ? [In("count(*)", times)] : [])}
        """;

    /// <summary>
    /// Of each step those events that follow, in time, one of the step before. The latest before it is the nearest, so that it alone
    /// has to be looked at.
    /// </summary>
    private string Sequence(InOrder order, FoundScope scope)
    {
        var chain = "";
        foreach (var step in order.Steps)
        {
            string Said() => $"{values.Of(step.Event.Words + " on ")} || strftime(next.happened_at, '%Y-%m-%d')";
            var time = step.Within is { } days ? $"before.happened_at + to_days({values.Of(days)})" : null;
            chain = (chain, step.IsAbsent) switch
            {
                ("", _) => $"SELECT DISTINCT customer_key, happened_at, {Said()} AS reason FROM ({Events(step.Event, scope)}) AS next",
                (_, true) =>
                    $"""
                    SELECT before.customer_key, before.happened_at, before.reason || {values.Of($", and not {step.Event.Words} since")} AS reason
                    FROM ({chain}) AS before
                    ASOF LEFT JOIN ({Events(step.Event, scope)}) AS next ON next.customer_key = before.customer_key AND before.happened_at < next.happened_at
                    WHERE {time} < {EndsAt} AND (next.happened_at IS NULL OR next.happened_at > {time})
                    """,
                _ =>
                    $"""
                    SELECT next.customer_key, next.happened_at, before.reason || ', then ' || {Said()} AS reason
                    FROM ({Events(step.Event, scope)}) AS next
                    ASOF JOIN ({chain}) AS before ON next.customer_key = before.customer_key AND next.happened_at > before.happened_at
                    {(time is null ? "" : $"WHERE next.happened_at <= {time}")}
                    """,
            };
        }

        return $"SELECT customer_key{Reason(scope, "arg_max(reason, (happened_at, reason))")} FROM (\n{chain}\n) GROUP BY customer_key";
    }

    /// <summary>Every time that something happened: customer_key and happened_at.</summary>
    private string Events(Test test, FoundScope scope) => test switch
    {
        Bought bought => $"SELECT DISTINCT customer_key, ordered_at AS happened_at FROM star.sale_version WHERE {Sales(bought)}{Few(scope)}",
        Contacted contacted => $"SELECT customer_key, opened_at AS happened_at FROM star.contact_version WHERE {Cases(contacted)}{Few(scope)}",
        Responded responded =>
            $"""
            SELECT customer_key, {responded.Milestone ?? "assigned_at"} AS happened_at
            FROM star.touch_version
            WHERE {Known} AND {responded.Milestone ?? "assigned_at"} < {EndsAt} AND date_key <= {values.Of(asOf.Date)}{Arm(responded)}
              AND campaign_key IN (SELECT campaign_key FROM star.dim_campaign WHERE campaign_id = {values.Of(responded.Campaign)}{Wave(responded)}){Few(scope)}
            """,
        _ => throw new NotSupportedException($"There are no events of {test.GetType().Name}."),
    };

    private static string Arm(Responded responded) => responded.Arm is { } arm ? $" AND arm {(arm == "control" ? "=" : "<>")} 'control'" : "";

    private string Wave(Responded responded) => responded.Wave is { } wave ? $" AND wave = {values.Of(wave)}" : "";

    private string Sales(Bought bought) =>
        $"is_return = {values.Of(bought.IsReturn)} AND {Known} AND {During(bought.Period)}" + string.Concat(bought.Of.Select(part => part.Column switch
        {
            "channel" => $" AND channel_key IN (SELECT channel_key FROM star.dim_channel WHERE channel IN {values.Of(part.Values)})",
            "product" => $" AND product_version_key IN (SELECT product_version_key FROM star.dim_product WHERE product_id IN {values.Of(part.Values)})",
            _ => $" AND product_version_key IN (SELECT product_version_key FROM star.dim_product WHERE {part.Column} IN {values.Of(part.Values)})",
        }));

    private string Cases(Contacted contacted)
    {
        var parts = new StringBuilder($"{Known} AND {During(contacted.Period)}");
        if (contacted.IsComplaint is { } complaint)
        {
            parts.Append(CultureInfo.InvariantCulture, $" AND is_complaint = {values.Of(complaint)}");
        }

        if (contacted.IsResolved is { } resolved)
        {
            parts.Append(CultureInfo.InvariantCulture, $" AND coalesce(resolved_at < {EndsAt} AND is_resolved, false) = {values.Of(resolved)}");
        }

        if (contacted.Topics.Count > 0)
        {
            parts.Append(CultureInfo.InvariantCulture, $" AND reason_key IN (SELECT reason_key FROM star.dim_reason WHERE topic IN {values.Of(contacted.Topics)})");
        }

        return parts.ToString();
    }

    private string During(Period period)
    {
        var (first, last) = period.Dates(asOf.Date);
        return $"{(first == DateOnly.MinValue ? "" : $"date_key >= {values.Of(first)} AND ")}date_key <= {values.Of(last)}";
    }

    private string In(string value, Bounds bounds) => string.Join(
        " AND ",
        new[] { bounds.From is { } from ? $"{value} >= {values.Of(from)}" : null, bounds.To is { } to ? $"{value} <= {values.Of(to)}" : null }.OfType<string>());

    private static string Having(List<string> conditions) => conditions.Count == 0 ? "" : $" HAVING {string.Join(" AND ", conditions)}";
}
