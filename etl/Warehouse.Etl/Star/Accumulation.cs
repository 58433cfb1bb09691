using Warehouse.Etl.Feeds;

namespace Warehouse.Etl.Star;

/// <summary>
/// How a fact accumulates: each row adds to what was told before, and what it leaves empty stays. Writes the SQL that gives every
/// row about a key what was told before it.
/// </summary>
/// <param name="Held">The columns that stay until something else is told, each with the column of the target that tells it.</param>
/// <param name="Once">The columns that every version has, also where they were told later.</param>
/// <param name="Milestones">The columns of <paramref name="Held"/> from which others follow where nothing is said of them.</param>
/// <param name="Follows">Those others, each with what it is by the milestones of its own row.</param>
internal sealed record Accumulation(
    IReadOnlyList<(string Star, string Said)> Held, IReadOnlyList<string> Once, IReadOnlyList<string> Milestones, IReadOnlyDictionary<string, string> Follows)
{
    /// <summary>The SQL that makes <c>temp.NAME_completed</c>, the fact's rows, of <c>temp.NAME_held</c>.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    private IEnumerable<string> Words => Follows.Keys;

    /// <summary>Makes <c>temp.NAME_held</c> of <c>temp.NAME_all</c>, and <c>temp.NAME_worded</c> with the columns that each row tells itself.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="fill">What the load's rows fill.</param>
    public string Hold(FactTable fact, FeedTarget fill)
    {
        var name = fact.Name;
        var natural = string.Join(", ", fact.NaturalKey);
        var isWhole = fill.Replaces.Count > 0;
        bool Clears(string said) => isWhole ? fill.Fills(said) : fill.Clears.Contains(said);
        return $"""
            CREATE OR REPLACE TEMP TABLE {name}_worded AS
            WITH ordered AS (
                SELECT
                    told_now.*, told_before.told_columns AS columns_before,
                    row_number() OVER known AS place, count(*) FILTER (is_deletion) OVER before AS life
                FROM temp.{name}_all AS told_now
                LEFT JOIN star.fact_told AS told_before
                    ON told_before.fact = '{name}' AND told_before.fact_key = told_now.{fact.Key} AND told_before.known_at = told_now.known_at
                    AND told_before.load_key = told_now.load_key AND told_before.source_line = told_now.source_line AND told_now.mapped_row IS NULL
                WINDOW
                    known AS (PARTITION BY {natural} ORDER BY told_now.known_at, mapped_row NULLS FIRST, told_now.load_key, told_now.source_line),
                    before AS (PARTITION BY {natural} ORDER BY told_now.known_at, mapped_row NULLS FIRST, told_now.load_key, told_now.source_line ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
            )
            SELECT
                * EXCLUDE (columns_before),
                list_filter([{string.Join(",\n", Held.Select(column => Told(column.Star, Clears(column.Said))).Concat(Words.Select(Said)))}], lambda told: told IS NOT NULL) AS told_columns
            FROM ordered
            WINDOW before AS (PARTITION BY {natural}, life, is_deletion, mapped_row IS NULL ORDER BY place);

            CREATE OR REPLACE TEMP TABLE {name}_held AS
            SELECT
                * EXCLUDE (told_columns) REPLACE (
                    {string.Join(",\n", Held.Select(column => Last(column.Star)).Concat(Once.Select(First)))})
                {string.Concat(Words.Select(column => $", list_contains(told_columns, '{column}') AS says_{column}"))}
                {string.Concat(Words.Select(column => $", mapped_row IS NOT NULL AND {(Clears(column) || (isWhole && Milestones.Any(fill.Fills)) ? "true" : "false")} AS clears_{column}"))}
            FROM temp.{name}_worded
            WINDOW
                held AS (PARTITION BY {natural}, life ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
                so_far AS (PARTITION BY {natural} ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW),
                ever AS (PARTITION BY {natural} ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
            """;

        static string Last(string column) =>
            $"struct_extract(last_value(CASE WHEN list_contains(told_columns, '{column}') THEN struct_pack(told := {column}) END IGNORE NULLS) OVER held, 'told') AS {column}";
        static string First(string column) => $"coalesce(last_value({column} IGNORE NULLS) OVER so_far, first_value({column} IGNORE NULLS) OVER ever) AS {column}";
    }

    /// <summary>
    /// Puts down which columns each version told itself, so that a row that arrives late is not overruled by what later ones took over.
    /// Rows of one instant are one version, which tells what all of them told.
    /// </summary>
    /// <param name="fact">The fact.</param>
    public static string Keep(FactTable fact) =>
        $"""
        DELETE FROM star.fact_told WHERE fact = '{fact.Name}' AND fact_key IN (SELECT {fact.Key} FROM temp.{fact.Name}_version);

        INSERT INTO star.fact_told
        SELECT '{fact.Name}', version.{fact.Key}, version.known_at, version.load_key, version.source_line, list_distinct(flatten(list(told.told_columns)))
        FROM temp.{fact.Name}_version AS version
        JOIN temp.{fact.Name}_worded AS told
            ON told.known_at = version.known_at AND (told.load_key, told.source_line) <= (version.load_key, version.source_line) AND NOT told.is_deletion
            AND {string.Join(" AND ", fact.NaturalKey.Select(column => $"told.{column} = version.{column}"))}
        WHERE NOT version.is_deletion
        GROUP BY ALL;
        """;

    /// <summary>
    /// The column's name where a row tells it. Of a version of which that was not put down (it is the first, or of an older database)
    /// all that it has counts, and what it lost.
    /// </summary>
    private static string Told(string column, bool clears) =>
        $"""
        CASE
            WHEN columns_before IS NOT NULL THEN CASE WHEN list_contains(columns_before, '{column}') THEN '{column}' END
            WHEN {column} IS NOT NULL OR CASE WHEN mapped_row IS NULL THEN lag({column}) OVER before IS NOT NULL ELSE {(clears ? "true" : "false")} END THEN '{column}'
        END
        """;

    private string Said(string column) =>
        $"CASE WHEN CASE WHEN columns_before IS NOT NULL THEN list_contains(columns_before, '{column}') WHEN mapped_row IS NOT NULL THEN {column} IS NOT NULL ELSE {column} <> ({Follows[column]}) END THEN '{column}' END";
}
