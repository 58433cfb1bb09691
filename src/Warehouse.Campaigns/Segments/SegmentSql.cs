using System.Globalization;
using System.Text;
using Warehouse.Analysis.Populations;

namespace Warehouse.Campaigns.Segments;

/// <summary>
/// Writes the SQL of a segment: what a test asks of the person himself is asked of <c>temp.segment_person</c>, what it asks of facts is
/// a set of customers with the reason, and the segment is what its conditions make of them.
/// </summary>
internal sealed class SegmentSql
{
    private readonly IReadOnlyList<Segment> _segments;
    private readonly IReadOnlyDictionary<Measured, string> _measures;
    private readonly List<string> _sets = [];
    private readonly SqlValues _values = new();
    private readonly TestSql _tests;

    private SegmentSql(IReadOnlyList<Segment> segments, IReadOnlyDictionary<Measured, string> measures, AsOf asOf) =>
        (_segments, _measures, _tests) = (segments, measures, new TestSql(_values, asOf));

    /// <summary>A query for members: customer_key, value, revenue, is_member; by the scope reason, and held: which of the tests hold, in their order.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="segments">Every segment that it may name.</param>
    /// <param name="measures">The tables that hold the values of measures.</param>
    /// <param name="asOf">The date.</param>
    /// <param name="scope">Who is wanted, and with what; of those who are no member is_member is false.</param>
    public static (string Sql, (string Name, object? Value)[] Values, IReadOnlyList<string> Tests) Write(
        Segment segment, IReadOnlyList<Segment> segments, IReadOnlyDictionary<Measured, string> measures, AsOf asOf, FoundScope scope)
    {
        var writer = new SegmentSql(segments, measures, asOf);
        var tests = new List<(string Words, string Holds)>();
        var select = writer.Select(segment, tests, scope);
        return (writer.WithSets(select), writer._values.All, [.. tests.Select(test => test.Words)]);
    }

    /// <summary>
    /// A query that counts, by one scan: the members of a segment, their revenue, the keys of the most valuable of them (a list, the best
    /// first), and of each of the others the members and those in both.
    /// </summary>
    /// <param name="segment">The segment.</param>
    /// <param name="others">The others, each with the key of a build that holds its members; null where they are to be found.</param>
    /// <param name="segments">Every segment that they may name.</param>
    /// <param name="measures">The tables that hold the values of measures.</param>
    /// <param name="asOf">The date.</param>
    /// <param name="most">So many keys at most.</param>
    public static (string Sql, (string Name, object? Value)[] Values) WriteCounts(
        Segment segment,
        IReadOnlyList<(Segment Segment, int? Build)> others,
        IReadOnlyList<Segment> segments,
        IReadOnlyDictionary<Measured, string> measures,
        AsOf asOf,
        int most)
    {
        var writer = new SegmentSql(segments, measures, asOf);
        string[] members = [.. others.Prepend((segment, null)).Select(one => writer.Membership(one.Segment, one.Build))];
        var (inside, counts) = (new StringBuilder(), new StringBuilder());
        foreach (var (holds, place) in members.Select((holds, place) => (holds, place)))
        {
            inside.Append(CultureInfo.InvariantCulture, $", {holds} AS in_{place}");
            counts.Append(place == 0 ? "" : FormattableString.Invariant($",\n    count(*) FILTER (in_{place}), count(*) FILTER (in_0 AND in_{place})"));
        }

        return (writer.WithSets(FormattableString.Invariant(
            $$"""
            SELECT
                count(*) FILTER (in_0), coalesce(sum(revenue) FILTER (in_0), 0)::DECIMAL(38,4),
                coalesce(list_transform(max({'value': value, 'key': -customer_key}, {{most}}) FILTER (in_0), lambda best: -best.key), []){{counts}}
            FROM (
                SELECT person.customer_key, person.value, person.revenue{{inside}}
                FROM temp.segment_person AS person
            )
            """)), writer._values.All);
    }

    private string WithSets(string select) => _sets.Count == 0 ? select : $"WITH {string.Join(",\n", _sets)}\n{select}";

    /// <summary>Whether a person is a member: by his own conditions, or as one of those who were stored or whom a cut by value leaves.</summary>
    private string Membership(Segment segment, int? build) => (build, segment.Top) switch
    {
        ({ } stored, _) => IsIn(Set($"SELECT customer_key FROM mart.segment_member WHERE build_key = {_values.Of(stored)}")),
        (null, null) => Place(segment.Where, [], [], FoundScope.Keys).Holds,
        _ => IsIn(Set(Select(segment, [], FoundScope.Keys))),
    };

    private string Select(Segment segment, List<(string Words, string Holds)> tests, FoundScope scope)
    {
        var joins = new List<string>();
        var (holds, reason) = Place(segment.Where, tests, joins, scope);
        var people = $"FROM temp.segment_person AS person{string.Concat(joins.Select(set => $"\n    LEFT JOIN {set} ON {set}.customer_key = person.customer_key"))}";
        var columns = "person.customer_key, person.value, person.revenue"
            + (scope == FoundScope.Keys ? "" : $", {reason()} AS reason")
            + (scope == FoundScope.Everybody ? $", CAST([{string.Join(", ", tests.Select(test => $"coalesce({test.Holds}, false)"))}] AS BOOLEAN[]) AS held" : "");
        var members = $"SELECT {columns}, true AS is_member\n{people}\nWHERE {holds}";
        return (segment.Top, scope) switch
        {
            (_, FoundScope.Few) => $"{members} AND person.customer_key IN (FROM temp.segment_few)",
            (null, FoundScope.Everybody) => $"SELECT {columns}, coalesce({holds}, false) AS is_member\n{people}",
            ({ } most, FoundScope.Everybody) =>
                $"""
                SELECT * EXCLUDE (holds), holds AND row_number() OVER (PARTITION BY holds ORDER BY value DESC, customer_key) <= {_values.Of(most)} AS is_member
                FROM (SELECT {columns}, coalesce({holds}, false) AS holds
                {people})
                """,
            (null, _) => members,
            ({ } most, _) => $"{members}\nORDER BY person.value DESC, person.customer_key\nLIMIT {_values.Of(most)}",
        };
    }

    /// <summary>Whether a condition holds, and how to write the reason where it is wanted.</summary>
    private (string Holds, Func<string> Reason) Place(
        Condition condition, List<(string Words, string Holds)> tests, List<string> joins, FoundScope scope)
    {
        switch (condition)
        {
            case AllOf { Parts: [] }:
                return ("true", () => "''");
            case AllOf all:
                var every = all.Parts.Select(part => Place(part, tests, joins, scope)).ToArray();
                return ($"({string.Join(" AND ", every.Select(part => part.Holds))})", () => $"concat_ws('; ', {string.Join(", ", every.Select(part => part.Reason()))})");
            case AnyOf any:
                var some = any.Parts.Select(part => Place(part, tests, joins, scope)).ToArray();
                return some.Length == 0
                    ? ("false", () => "''")
                    : ($"({string.Join(" OR ", some.Select(part => part.Holds))})",
                        () => $"concat_ws('; ', {string.Join(", ", some.Select(part => $"CASE WHEN {part.Holds} THEN {part.Reason()} END"))})");
            case Not not:
                var first = tests.Count;
                var denied = Place(not.Part, tests, joins, scope);
                var words = "not " + string.Join(" and ", tests.Skip(first).Select(test => test.Words));
                return ($"(NOT coalesce({denied.Holds}, false))", () => _values.Of(words));
            case Test test:
                var (holds, reason) = _tests.OfPerson(test) ?? (scope == FoundScope.Keys && _tests.OfAllowed(test) is { } allowed
                    ? (allowed, () => "")
                    : Joined(test, joins, scope));
                tests.Add((test.Words, holds));
                return (holds, reason);
            default:
                throw new NotSupportedException($"There is no SQL for {condition.GetType().Name}.");
        }
    }

    private (string Holds, Func<string> Reason) Joined(Test test, List<string> joins, FoundScope scope)
    {
        var set = Set(test switch
        {
            InSegment { Name: var name } when Segment.Find(_segments, name) is var other =>
                $"SELECT customer_key FROM ({Select(other, [], scope == FoundScope.Few && other.Top is null ? FoundScope.Few : FoundScope.Keys)})",
            Measured measured => _tests.OfMeasure(measured, _measures[measured]),
            _ => _tests.OfFacts(test, scope),
        });
        if (scope == FoundScope.Keys || _tests.SameForAll(test) is not null)
        {
            return (IsIn(set), _tests.SameForAll(test) ?? (() => ""));
        }

        joins.Add(set);
        return ($"({set}.customer_key IS NOT NULL)", () => $"{set}.reason");
    }

    private static string IsIn(string set) => $"person.customer_key IN (SELECT customer_key FROM {set})";

    private string Set(string customers)
    {
        var set = FormattableString.Invariant($"set_{_sets.Count}");
        _sets.Add($"{set} AS (\n{customers}\n)");
        return set;
    }
}
