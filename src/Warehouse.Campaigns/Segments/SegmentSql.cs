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
    /// <param name="among">The members among these alone, in the order of their value; null for all. A segment that is cut by value has no such part.</param>
    public static (string Sql, (string Name, object? Value)[] Values, IReadOnlyList<string> Tests) Write(
        Segment segment, IReadOnlyList<Segment> segments, IReadOnlyDictionary<Measured, string> measures, AsOf asOf, FoundScope scope, int[]? among = null)
    {
        var writer = new SegmentSql(segments, measures, asOf);
        var tests = new List<(string Words, string Holds)>();
        var select = writer.Select(segment, tests, scope, among);
        var sql = new StringBuilder();
        if (writer._sets.Count > 0)
        {
            sql.Append("WITH ").AppendJoin(",\n", writer._sets).Append('\n');
        }

        return (sql.Append(select).ToString(), writer._values.All, [.. tests.Select(test => test.Words)]);
    }

    private string Select(Segment segment, List<(string Words, string Holds)> tests, FoundScope scope, int[]? among = null)
    {
        var joins = new List<string>();
        var (holds, reason) = Place(segment.Where, tests, joins);
        var people = $"FROM temp.segment_person AS person{string.Concat(joins.Select(set => $"\n    LEFT JOIN {set} ON {set}.customer_key = person.customer_key"))}";
        var columns = "person.customer_key, person.value, person.revenue"
            + (scope == FoundScope.Keys ? "" : $", {reason()} AS reason")
            + (scope == FoundScope.Everybody ? $", CAST([{string.Join(", ", tests.Select(test => test.Holds))}] AS BOOLEAN[]) AS held" : "");
        if (among is not null)
        {
            return $"SELECT {columns}, true AS is_member\n{people}\nWHERE {holds} AND person.customer_key IN (SELECT unnest(CAST({_values.Of(among)} AS INTEGER[])))";
        }

        return (segment.Top, scope == FoundScope.Everybody) switch
        {
            (null, false) => $"SELECT {columns}, true AS is_member\n{people}\nWHERE {holds}",
            (null, true) => $"SELECT {columns}, {holds} AS is_member\n{people}",
            ({ } most, false) => $"SELECT {columns}, true AS is_member\n{people}\nWHERE {holds}\nORDER BY person.value DESC, person.customer_key\nLIMIT {_values.Of(most)}",
            ({ } most, true) =>
                $"""
                SELECT * EXCLUDE (holds), holds AND row_number() OVER (PARTITION BY holds ORDER BY value DESC, customer_key) <= {_values.Of(most)} AS is_member
                FROM (SELECT {columns}, {holds} AS holds
                {people})
                """,
        };
    }

    /// <summary>Whether a condition holds, and how to write the reason where it is wanted.</summary>
    private (string Holds, Func<string> Reason) Place(Condition condition, List<(string Words, string Holds)> tests, List<string> joins)
    {
        switch (condition)
        {
            case AllOf { Parts: [] }:
                return ("true", () => "''");
            case AllOf all:
                var every = all.Parts.Select(part => Place(part, tests, joins)).ToArray();
                return ($"({string.Join(" AND ", every.Select(part => part.Holds))})", () => $"concat_ws('; ', {string.Join(", ", every.Select(part => part.Reason()))})");
            case AnyOf any:
                var some = any.Parts.Select(part => Place(part, tests, joins)).ToArray();
                return some.Length == 0
                    ? ("false", () => "''")
                    : ($"({string.Join(" OR ", some.Select(part => part.Holds))})",
                        () => $"concat_ws('; ', {string.Join(", ", some.Select(part => $"CASE WHEN {part.Holds} THEN {part.Reason()} END"))})");
            case Not not:
                var first = tests.Count;
                var denied = Place(not.Part, tests, joins);
                var words = "not " + string.Join(" and ", tests.Skip(first).Select(test => test.Words));
                return ($"(NOT {denied.Holds})", () => _values.Of(words));
            case Test test:
                var (holds, reason) = _tests.OfPerson(test) ?? Joined(test, joins);
                tests.Add((test.Words, holds));
                return (holds, reason);
            default:
                throw new NotSupportedException($"There is no SQL for {condition.GetType().Name}.");
        }
    }

    private (string Holds, Func<string> Reason) Joined(Test test, List<string> joins)
    {
        var customers = test switch
        {
            InSegment other =>
                $"SELECT customer_key, {_values.Of(other.Words)} AS reason FROM ({Select(Segment.Find(_segments, other.Name), [], FoundScope.Keys)})",
            Measured measured => _tests.OfMeasure(measured, _measures[measured]),
            _ => _tests.OfFacts(test),
        };
        var set = FormattableString.Invariant($"set_{_sets.Count}");
        _sets.Add($"{set} AS (\n{customers}\n)");
        joins.Add(set);
        return ($"({set}.customer_key IS NOT NULL)", () => $"{set}.reason");
    }
}
