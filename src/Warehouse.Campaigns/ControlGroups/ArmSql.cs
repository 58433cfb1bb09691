using Warehouse.DuckDb;

namespace Warehouse.Campaigns.ControlGroups;

/// <summary>Writes the SQL that draws the customers of <c>temp.campaign_choice</c> who are not left out into arms.</summary>
internal static class ArmSql
{
    private const int Parts = 1_000_000;

    /// <summary>
    /// A statement that makes <c>temp.campaign_draw</c>: all columns of the choice, with stratum and arm; both are of those
    /// alone who are not left out.
    /// </summary>
    public static (string Sql, (string Name, object? Value)[] Parameters) Write(ControlGroup group, string seed)
    {
        var quoted = new DuckDBCommandBuilder();
        var stratum = group.Strata.Count == 0
            ? "''"
            : $"concat_ws(' | ', {string.Join(", ", group.Strata.Select(name => $"coalesce(CAST({quoted.QuoteIdentifier(name)} AS VARCHAR), '(unknown)')"))})";
        var place = group.Strata.Count == 0
            ? "lot"
            : $"""
              floor((row_number() OVER (PARTITION BY suppression IS NULL, stratum ORDER BY lot, customer_key) - 1
                  + (md5_number_lower($seed || ':stratum:' || stratum) % {Parts}) / {Parts}.0)
                  / count(*) OVER (PARTITION BY suppression IS NULL, stratum) * {Parts})
              """;
        return (
            $"""
            CREATE OR REPLACE TEMP TABLE campaign_draw AS
            WITH hashed AS (
                SELECT *, md5_number_lower($seed || ':' || customer_id) % {Parts} AS lot, {stratum} AS stratum
                FROM temp.campaign_choice
            ),
            placed AS (
                SELECT * EXCLUDE (lot), CAST({place} AS BIGINT) AS place FROM hashed
            )
            SELECT
                * EXCLUDE (place),
                CASE WHEN suppression IS NULL THEN CAST($arms AS VARCHAR[])[1 + len(list_filter(CAST($ends AS BIGINT[]), lambda ends: ends <= place))] END AS arm
            FROM placed
            """,
            [
                ("seed", seed),
                ("arms", group.Arms.Select(arm => arm.Arm).ToArray()),
                ("ends", Ends(group).ToArray()),
            ]);
    }

    /// <summary>Where each arm but the last ends, in millionths.</summary>
    private static IEnumerable<long> Ends(ControlGroup group)
    {
        var total = 0m;
        foreach (var arm in group.Arms.SkipLast(1))
        {
            total += arm.Share;
            yield return (long)(total * Parts);
        }
    }
}
