namespace Warehouse.Etl.Star;

/// <summary>
/// Writes the SQL that takes corrections and deletions into a fact. Only the rows that are not simply new pass here: those
/// whose natural key the star knows or the load says twice, and deletions. All that was ever told of such a key is put in
/// the order in which the company knew it; the last of it is the fact, what came before is its history.
/// </summary>
internal sealed class FactVersions(FactTable fact)
{
    private readonly string _name = fact.Name;
    private readonly string _natural = string.Join(", ", fact.NaturalKey);

    /// <summary>Finds the number that makes a row's place in the load its key: <c>temp.NAME_start</c>. Places may begin anywhere.</summary>
    public string Start() =>
        $"""
        CREATE OR REPLACE TEMP TABLE {_name}_start AS
        SELECT coalesce(max(last_key) + 1, 0) - coalesce((SELECT min(mapped_row) FROM temp.mapped_{_name}), 0) AS first_key
        FROM (
            SELECT max({fact.Key}) AS last_key FROM star.fact_{_name}
            UNION ALL SELECT max({fact.Key}) FROM star.fact_{_name}_history
        )
        """;

    /// <summary>Finds the keys of which more is to be said than that they are new (<c>temp.NAME_touched</c>), and the rows of the load about them (<c>temp.NAME_apart</c>).</summary>
    /// <param name="isEmpty">Whether the star holds nothing yet, so that only the load itself can say a key twice.</param>
    /// <param name="others">Questions that give further keys.</param>
    public string FindApart(bool isEmpty, IEnumerable<string> others)
    {
        string[] questions =
        [
            $"SELECT {_natural} FROM temp.{_name}_line GROUP BY ALL HAVING count(*) > 1 OR bool_or(coalesce(is_deleted, false))",
            .. isEmpty ? Array.Empty<string>() : [$"SELECT {_natural} FROM star.fact_{_name} SEMI JOIN temp.{_name}_line USING ({_natural})"],
            $"SELECT {_natural} FROM star.fact_{_name}_history SEMI JOIN temp.{_name}_line USING ({_natural})",
            $"SELECT {_natural} FROM star.{_name}_deletion SEMI JOIN temp.{_name}_line USING ({_natural})",
            .. others,
        ];
        return $"""
            CREATE OR REPLACE TEMP TABLE {_name}_touched AS
            {string.Join("\nUNION ", questions)};

            CREATE OR REPLACE TEMP TABLE {_name}_apart AS
            SELECT mapped_row, load_key FROM temp.{_name}_line SEMI JOIN temp.{_name}_touched USING ({_natural})
            """;
    }

    /// <summary>Takes the rows that are simply new.</summary>
    /// <param name="hasApart">Whether there are others.</param>
    public string InsertNew(bool hasApart) =>
        $"""
        INSERT INTO star.fact_{_name} BY NAME
        SELECT * EXCLUDE (mapped_row) FROM temp.{_name}_row
        {(hasApart ? $"WHERE mapped_row NOT IN (SELECT mapped_row FROM temp.{_name}_apart)" : "")}
        """;

    /// <summary>Gathers all that was ever told of the keys, each with the time since when it was known: <c>temp.NAME_told</c>.</summary>
    /// <param name="isReplaced">Says of a row whether a part that it stands in was told as a whole before.</param>
    public string Gather(string isReplaced) =>
        $"""
        CREATE OR REPLACE TEMP TABLE {_name}_told AS
        WITH statement AS (
            SELECT *, false AS is_deletion, CAST(NULL AS INTEGER) AS ended_generation, CAST(NULL AS BIGINT) AS mapped_row, CAST(NULL AS TIMESTAMPTZ) AS changed_at
            FROM {fact.Known} SEMI JOIN temp.{_name}_touched USING ({_natural})
            UNION ALL BY NAME
            SELECT * EXCLUDE (known_to), false AS is_deletion
            FROM {fact.Past} SEMI JOIN temp.{_name}_touched USING ({_natural})
            UNION ALL BY NAME
            SELECT *, true AS is_deletion
            FROM star.{_name}_deletion SEMI JOIN temp.{_name}_touched USING ({_natural})
            UNION ALL BY NAME
            SELECT said.*, line.changed_at, false AS is_deletion
            FROM {fact.Said} AS said
            JOIN temp.{_name}_apart AS apart ON apart.mapped_row = said.mapped_row
            JOIN temp.{_name}_line AS line ON line.mapped_row = said.mapped_row
            WHERE NOT coalesce(line.is_deleted, false)
            UNION ALL BY NAME
            SELECT {_natural}, mapped_row, changed_at, context.generation, load_key, source_line, true AS is_deletion,
                CASE WHEN is_known_at_event THEN least(coalesce(changed_at, context.known_at), context.known_at) ELSE context.known_at END AS known_at
            FROM temp.{_name}_line
            CROSS JOIN temp.load_context AS context
            WHERE is_deleted
        )
        -- What says no time of its own is known since this load, unless nothing was told of the key before.
        SELECT * REPLACE (
            CASE
                WHEN mapped_row IS NULL OR changed_at IS NOT NULL OR (row_number() OVER arrival = 1 AND NOT {isReplaced}) THEN known_at
                ELSE (SELECT known_at FROM temp.load_context)
            END AS known_at)
        FROM statement
        WINDOW arrival AS (PARTITION BY {_natural} ORDER BY mapped_row NULLS FIRST)
        """;

    /// <summary>Adds to what was told what ended: <c>temp.NAME_all</c>.</summary>
    /// <param name="hasEnded">Whether <c>temp.NAME_ended</c> has keys that are no more because what they stood in was told again without them.</param>
    public string AddEnded(bool hasEnded) =>
        $"""
        CREATE OR REPLACE TEMP VIEW {_name}_all AS
        SELECT *, false AS is_ended, true AS is_kept FROM temp.{_name}_told
        {(hasEnded ? $"UNION ALL BY NAME SELECT *, true AS is_deletion, true AS is_ended FROM temp.{_name}_ended" : "")}
        """;

    /// <summary>Puts what was told in order (<c>temp.NAME_statement</c>), and makes versions of it (<c>temp.NAME_version</c>).</summary>
    public string Derive() =>
        $"""
        CREATE OR REPLACE TEMP TABLE {_name}_statement AS
        WITH compared AS (
            SELECT
                *,
                row({string.Join(", ", fact.Content)}) AS content,
                lag(content) OVER known AS content_before,
                lag(is_deletion) OVER known AS is_deletion_before,
                lag(known_at) OVER known AS known_before
            FROM temp.{_name}_{(fact.Accumulation is null ? "all" : "completed")}
            WINDOW known AS (PARTITION BY {_natural} ORDER BY known_at, mapped_row NULLS FIRST, load_key, source_line)
        )
        SELECT
            * EXCLUDE (content, content_before, is_deletion_before, known_before),
            CASE
                WHEN is_ended THEN coalesce(is_deletion_before, true)
                ELSE mapped_row IS NOT NULL
                    AND is_deletion IS NOT DISTINCT FROM is_deletion_before
                    AND (is_deletion OR content IS NOT DISTINCT FROM content_before)
                    AND (changed_at IS NULL OR known_at = known_before)
            END AS says_nothing_new
        FROM compared;

        CREATE OR REPLACE TEMP TABLE {_name}_version AS
        SELECT
            * EXCLUDE (says_nothing_new, changed_at, is_ended) REPLACE (
                min({fact.Key}) OVER (PARTITION BY {_natural}) AS {fact.Key},
                coalesce(ended_generation, (SELECT generation FROM temp.load_context)) AS ended_generation),
            coalesce(lead(known_at) OVER known, TIMESTAMPTZ '9999-12-31 00:00:00+00') AS known_to,
            lead(known_at) OVER known IS NULL AS is_current
        FROM temp.{_name}_statement
        WHERE NOT says_nothing_new
        WINDOW known AS (PARTITION BY {_natural} ORDER BY known_at, mapped_row NULLS FIRST, load_key, source_line);
        """;

    /// <summary>Puts the versions into the star in place of what it held of their keys.</summary>
    public string Write() =>
        $"""
        DELETE FROM star.fact_{_name} WHERE {fact.Key} IN (SELECT {fact.Key} FROM temp.{_name}_version);
        DELETE FROM star.fact_{_name}_history WHERE {fact.Key} IN (SELECT {fact.Key} FROM temp.{_name}_version);

        INSERT INTO star.fact_{_name} BY NAME
        SELECT * EXCLUDE (is_deletion, is_current, is_kept, mapped_row, known_to, ended_generation)
        FROM temp.{_name}_version
        WHERE is_current AND NOT is_deletion;

        -- What this load told and overtook at the same instant was never known by anybody.
        INSERT INTO star.fact_{_name}_history BY NAME
        SELECT * EXCLUDE (is_deletion, is_current, is_kept, mapped_row)
        FROM temp.{_name}_version
        WHERE NOT is_current AND NOT is_deletion AND (known_at < known_to OR generation < ended_generation);

        INSERT INTO star.{_name}_deletion BY NAME
        SELECT {_natural}, known_at, generation, load_key, source_line
        FROM temp.{_name}_version
        WHERE is_deletion AND is_kept AND mapped_row IS NOT NULL;
        """;

    /// <summary>What became of the rows apart, by load: loaded, corrected, deleted or said before; and how many keys are no more because what they stood in was told again without them.</summary>
    public string Outcomes() =>
        $"""
        SELECT
            load_key,
            count(*) FILTER (NOT says_nothing_new AND NOT is_deletion AND rows_before = 0),
            count(*) FILTER (NOT says_nothing_new AND NOT is_deletion AND rows_before > 0),
            count(*) FILTER (NOT says_nothing_new AND is_deletion AND NOT is_ended),
            count(*) FILTER (says_nothing_new AND NOT is_ended),
            count(*) FILTER (NOT says_nothing_new AND is_ended)
        FROM (
            SELECT *, count(*) FILTER (NOT is_deletion) OVER (
                PARTITION BY {_natural} ORDER BY mapped_row NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS rows_before
            FROM temp.{_name}_statement
        )
        WHERE mapped_row IS NOT NULL
        GROUP BY load_key
        """;
}
