using System.Globalization;

namespace Warehouse.Etl.Conform.Identities;

/// <summary>Writes the question which persons a rule takes for one, from <c>temp.identity_value</c>.</summary>
internal static class IdentityRuleSql
{
    private static readonly string[] Sides = ["one", "other"];

    /// <summary>The pairs of persons with the same values, in an order that does not depend on when they arrived.</summary>
    public static (string Text, (string Name, object? Value)[] Values) Of(IdentityRule rule)
    {
        var values = new List<(string, object?)> { ("at_most", (long)rule.AtMost) };
        var parts = rule.Match.Select((attribute, place) => Alias(values, "v", place, attribute)).ToArray();
        var joins = parts.Skip(1).Select(part => $"JOIN temp.identity_value AS {part} ON {part}.identity_key = v0.identity_key AND {part}.attribute = ${part}");
        var guards = rule.UnlessDifferent.Select((attribute, place) => Alias(values, "u", place, attribute)).ToArray();
        var guardJoins = guards.SelectMany(guard => Sides.Select(side => $"""
            LEFT JOIN (SELECT node_key, list(DISTINCT value) AS known FROM temp.identity_value WHERE attribute = ${guard} GROUP BY node_key) AS {guard}_{side}
                ON {guard}_{side}.node_key = {side}.node_key
            """));
        var isRefused = string.Join(" OR ", guards.Select(guard => $"NOT coalesce(list_has_any({guard}_one.known, {guard}_other.known), true)").DefaultIfEmpty("false"));
        var text = $"""
            WITH keyed AS (
                SELECT DISTINCT v0.node_key, v0.identity_key, v0.label, concat_ws(' ', {string.Join(", ", parts.Select(part => $"{part}.value"))}) AS matched
                FROM temp.identity_value AS v0
                {string.Join('\n', joins)}
                WHERE v0.attribute = $v0
            ),
            shared AS (
                SELECT matched FROM keyed GROUP BY matched HAVING count(DISTINCT node_key) BETWEEN 2 AND $at_most
            )
            SELECT one.node_key, other.node_key, one.identity_key, other.identity_key, one.matched, {isRefused}
            FROM shared
            JOIN keyed AS one ON one.matched = shared.matched
            JOIN keyed AS other ON other.matched = shared.matched AND one.label < other.label
            {string.Join('\n', guardJoins)}
            WHERE one.node_key <> other.node_key
            ORDER BY one.matched, one.label, other.label
            """;
        return (text, [.. values]);
    }

    private static string Alias(List<(string, object?)> values, string kind, int place, string attribute)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{kind}{place}");
        values.Add((name, attribute));
        return name;
    }
}
