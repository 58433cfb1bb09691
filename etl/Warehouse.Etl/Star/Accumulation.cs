using Warehouse.Etl.Feeds;

namespace Warehouse.Etl.Star;

/// <summary>
/// How a fact accumulates: each row adds to what was told before, and what it leaves empty stays. Writes the SQL that gives every
/// row about a key what was told before it.
/// </summary>
/// <param name="Held">The columns that stay until something else is told, each with the column of the target that tells it.</param>
/// <param name="Once">The columns that every version has, also where they were told later.</param>
/// <param name="Milestones">The columns of <paramref name="Held"/> from which <paramref name="Words"/> follow where nothing is said of them.</param>
/// <param name="Words">The columns that follow from milestones.</param>
internal sealed record Accumulation(
    IReadOnlyList<(string Star, string Said)> Held, IReadOnlyList<string> Once, IReadOnlyList<string> Milestones, IReadOnlyList<string> Words)
{
    /// <summary>Makes <c>temp.NAME_held</c> of <c>temp.NAME_all</c>.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="fill">What the load's rows fill.</param>
    public string Hold(FactTable fact, FeedTarget fill)
    {
        var name = fact.Name;
        var natural = string.Join(", ", fact.NaturalKey);
        var isWhole = fill.Replaces.Count > 0;
        bool Clears(string said) => isWhole ? fill.Fills(said) : fill.Clears.Contains(said);
        var told = Held.Select(column =>
            // A version that has no value where the one before it had one was told so.
            $"""
            CASE WHEN {column.Star} IS NOT NULL OR CASE WHEN mapped_row IS NULL THEN lag({column.Star}) OVER before IS NOT NULL ELSE {(Clears(column.Said) ? "true" : "false")} END
                THEN struct_pack(told := {column.Star}) END AS told_{column.Star}
            """);
        var held = Held.Select(column => $"struct_extract(last_value(told_{column.Star} IGNORE NULLS) OVER held, 'told') AS {column.Star}").Concat(Once.Select(column =>
            $"coalesce(last_value({column} IGNORE NULLS) OVER so_far, first_value({column} IGNORE NULLS) OVER ever) AS {column}"));
        return $"""
            CREATE OR REPLACE TEMP TABLE {name}_held AS
            WITH ordered AS (
                SELECT *, row_number() OVER known AS place, count(*) FILTER (is_deletion) OVER before AS life
                FROM temp.{name}_all
                WINDOW
                    known AS (PARTITION BY {natural} ORDER BY known_at, mapped_row NULLS FIRST, load_key, source_line),
                    before AS (PARTITION BY {natural} ORDER BY known_at, mapped_row NULLS FIRST, load_key, source_line ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
            ),
            told AS (
                SELECT
                    *,
                    {string.Join(",\n", told)}
                FROM ordered
                WINDOW before AS (PARTITION BY {natural}, life, is_deletion, mapped_row IS NULL ORDER BY place)
            )
            SELECT
                * EXCLUDE ({string.Join(", ", Held.Select(column => "told_" + column.Star))}) REPLACE (
                    {string.Join(",\n", held)})
                {string.Concat(Milestones.Select(column => $", {column} AS own_{column}"))}
                {string.Concat(Words.Select(column => $", {(Clears(column) || (isWhole && Milestones.Any(fill.Fills)) ? "true" : "false")} AS clears_{column}"))}
            FROM told
            WINDOW
                held AS (PARTITION BY {natural}, life ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
                so_far AS (PARTITION BY {natural} ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
                ever AS (PARTITION BY {natural} ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
            """;
    }
}
