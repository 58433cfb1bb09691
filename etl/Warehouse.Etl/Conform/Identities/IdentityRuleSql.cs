using System.Globalization;

namespace Warehouse.Etl.Conform.Identities;

/// <summary>Writes the questions of a rule, from <c>temp.identity_value</c>.</summary>
/// <param name="rule">The rule.</param>
/// <param name="place">Its place among the rules.</param>
internal sealed class IdentityRuleSql(IdentityRule rule, int place)
{
    private static readonly string[] Sides = ["one", "other"];

    private readonly List<(string, object?)> _values = [("rule", (short)place), ("at_most", (long)rule.AtMost)];

    /// <summary>The parameters of the statement that was written last.</summary>
    public (string Name, object? Value)[] Values => [.. _values];

    /// <summary>Keeps the values by which the rule matches the identifiers, as far as <c>star.identity_match</c> has them not.</summary>
    public string Keep()
    {
        _values.RemoveAt(1);
        return $"""
            WITH keyed AS ({Keyed()}),
            matched AS (SELECT DISTINCT md5_number_lower(matched) AS match_key, identity_key FROM keyed)
            INSERT INTO star.identity_match (rule, match_key, identity_key, generation)
            SELECT $rule, match_key, identity_key, (SELECT generation FROM temp.identity_context)
            FROM matched
            ANTI JOIN (SELECT match_key, identity_key FROM star.identity_match WHERE rule = $rule AND identity_key IN (SELECT identity_key FROM matched)) AS known
                USING (match_key, identity_key)
            """;
    }

    /// <summary>
    /// Finds the pairs of persons with the same values, in an order that does not depend on when they arrived. Values in
    /// <c>temp.identity_common</c> identify nobody.
    /// </summary>
    public string Pairs()
    {
        var guards = rule.UnlessDifferent.Select((attribute, number) => Alias("u", number, attribute)).ToArray();
        var guardJoins = guards.SelectMany(guard => Sides.Select(side => $"""
            LEFT JOIN (SELECT node_key, list(DISTINCT value) AS known FROM temp.identity_value WHERE attribute = ${guard} GROUP BY node_key) AS {guard}_{side}
                ON {guard}_{side}.node_key = {side}.node_key
            """));
        var isRefused = string.Join(" OR ", guards.Select(guard => $"NOT coalesce(list_has_any({guard}_one.known, {guard}_other.known), true)").DefaultIfEmpty("false"));
        return $"""
            WITH keyed AS ({Keyed()}),
            shared AS (
                SELECT matched FROM keyed
                WHERE md5_number_lower(matched) NOT IN (SELECT match_key FROM temp.identity_common WHERE rule = $rule)
                GROUP BY matched HAVING count(DISTINCT node_key) BETWEEN 2 AND $at_most
            )
            SELECT one.node_key, other.node_key, one.identity_key, other.identity_key, one.matched, {isRefused}
            FROM shared
            JOIN keyed AS one ON one.matched = shared.matched
            JOIN keyed AS other ON other.matched = shared.matched AND one.label < other.label
            {string.Join('\n', guardJoins)}
            WHERE one.node_key <> other.node_key
            ORDER BY one.matched, one.label, other.label
            """;
    }

    private string Keyed()
    {
        var parts = rule.Match.Select((attribute, number) => Alias("v", number, attribute)).ToArray();
        var joins = parts.Skip(1).Select(part => $"JOIN temp.identity_value AS {part} ON {part}.identity_key = v0.identity_key AND {part}.attribute = ${part}");
        return $"""
            SELECT DISTINCT v0.node_key, v0.identity_key, v0.label, concat_ws(' ', {string.Join(", ", parts.Select(part => $"{part}.value"))}) AS matched
            FROM temp.identity_value AS v0
            {string.Join('\n', joins)}
            WHERE v0.attribute = $v0
            """;
    }

    private string Alias(string kind, int number, string attribute)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{kind}{number}");
        _values.Add((name, attribute));
        return name;
    }
}
