using Warehouse.Etl.Feeds;
using Warehouse.Etl.Mapping;

namespace Warehouse.Etl.Star;

/// <summary>
/// Writes the SQL about parts of a fact, such as orders or days, that a source tells as a whole: what stood in them and is
/// not told again is no more. <c>temp.NAME_replacement</c> has the parts that a load tells; <c>star.replacement</c> those
/// that were told at a time of their own, for what is told late of the time before it.
/// </summary>
/// <param name="fact">The fact.</param>
/// <param name="columns">The columns of the star that make a part.</param>
internal sealed class FactParts(FactTable fact, IReadOnlyList<string> columns)
{
    private readonly string _name = fact.Name;
    private readonly string _natural = string.Join(", ", fact.NaturalKey);
    private readonly string _columns = string.Join(", ", columns);

    /// <summary>The kind of the parts, as <c>star.replacement</c> names it.</summary>
    public string Scope { get; } = string.Join(',', columns);

    /// <summary>The parts of a kind that <c>star.replacement</c> names.</summary>
    public static FactParts Of(FactTable fact, string scope) => new(fact, scope.Split(','));

    /// <summary>
    /// Finds the parts that the rows of a feed tell. One of which a row was rejected is left out, for nobody can say whether
    /// that row was told again; where a rejected row does not say of which part it is, all of its file are.
    /// Parameter: $feed.
    /// </summary>
    public string Tell(FeedTarget fill, int place)
    {
        var said = fill.Replaces.SelectMany(name => fact.Parts[name].Said).Select(fill.Target.Find).Where(column => fill.Find(column!) is not null)
            .Select(column => (Line: MappedColumn.PartColumn(column!), Mapped: MappedColumn.NameOf(place, column!) + MappedColumn.PartColumn(column!)[column!.Name.Length..])).ToArray();
        return $"""
            CREATE OR REPLACE TEMP TABLE {_name}_replacement AS
            WITH broken AS (
                SELECT load_key, {string.Join(", ", said.Select(column => $"{column.Mapped} AS {column.Line}"))}
                FROM temp.mapped
                WHERE fault > 0 AND fault < {short.MaxValue}
            ),
            unclear AS (
                SELECT load_key FROM temp.staged_file AS file
                WHERE (SELECT count(*) FROM quality.reject AS reject WHERE reject.load_key = file.load_key AND reject.rule <> 'duplicate')
                    > (SELECT count(*) FROM broken WHERE broken.load_key = file.load_key AND {string.Join(" AND ", said.Select(column => $"{column.Line} IS NOT NULL"))})
            ),
            told AS (
                SELECT said.*, {string.Join(", ", said.Select(column => $"line.{column.Line} AS said_{column.Line}"))}, line.changed_at IS NOT NULL AS is_timed
                FROM temp.{_name}_row AS said
                JOIN temp.{_name}_line AS line ON line.mapped_row = said.mapped_row
                WHERE said.load_key NOT IN (SELECT load_key FROM unclear)
            )
            SELECT
                {_columns}, '{Scope}' AS scope, {PartOf("told")} AS part, $feed AS feed, load_key,
                max(mapped_row) AS mapped_row, arg_max(source_line, mapped_row) AS source_line, bool_and(is_timed) AS is_timed,
                CASE WHEN bool_and(is_timed) THEN max(known_at) ELSE (SELECT known_at FROM temp.load_context) END AS known_at,
                (SELECT generation FROM temp.load_context) AS generation
            FROM told
            ANTI JOIN broken ON broken.load_key = told.load_key AND {string.Join(" AND ", said.Select(column => $"broken.{column.Line} = told.said_{column.Line}"))}
            GROUP BY load_key, {_columns}
            """;
    }

    /// <summary>The keys that stand, or stood, in the parts that are told.</summary>
    public IEnumerable<string> KeysOfTold() =>
    [
        $"SELECT {_natural} FROM star.fact_{_name} SEMI JOIN temp.{_name}_replacement USING ({_columns})",
        $"SELECT {_natural} FROM star.fact_{_name}_history SEMI JOIN temp.{_name}_replacement USING ({_columns})",
        $"SELECT {_natural} FROM temp.{_name}_row SEMI JOIN (SELECT {_columns} FROM temp.{_name}_replacement GROUP BY {_columns} HAVING count(*) > 1) USING ({_columns})",
    ];

    /// <summary>The keys of the load's rows that stand in parts that were told before.</summary>
    public string KeysOfKept() => $"SELECT {_natural} FROM temp.{_name}_row AS said WHERE {IsKept("said")}";

    /// <summary>Whether a row stands in a part of this kind that was told before. Parameter: $feed.</summary>
    public string IsKept(string row) =>
        $"({PartOf(row)} IN (SELECT part FROM star.replacement WHERE fact = '{_name}' AND scope = '{Scope}' AND coalesce(feed = $feed, true)))";

    /// <summary>What was told of keys, with the part of this kind in which it stands.</summary>
    public string Parts() =>
        $"SELECT {_natural}, known_at, mapped_row, load_key, source_line, is_deletion, '{Scope}' AS scope, {PartOf("told")} AS part FROM temp.{_name}_told AS told";

    /// <summary>
    /// Finds the keys that are no more: of each part and the keys that stood in it just before it was told, those that were
    /// not told with it. Parameter: $feed.
    /// </summary>
    /// <param name="fact">The fact.</param>
    /// <param name="kinds">All kinds of parts that there are.</param>
    public static string End(FactTable fact, IEnumerable<FactParts> kinds)
    {
        var natural = string.Join(", ", fact.NaturalKey);
        return $"""
            CREATE OR REPLACE TEMP TABLE {fact.Name}_ended AS
            WITH owner AS (
                SELECT load_key, feed FROM ops.load UNION ALL SELECT load_key, $feed FROM temp.staged_file
            ),
            told AS (
                SELECT said.*, owner.feed
                FROM ({string.Join("\nUNION ALL ", kinds.Select(kind => kind.Parts()))}) AS said
                LEFT JOIN owner USING (load_key)
            ),
            replacement AS (
                SELECT scope, part, feed AS of_feed, known_at AS told_at, load_key AS by_load, source_line AS by_line, mapped_row AS by_row, is_timed, generation AS by_generation
                FROM temp.{fact.Name}_replacement
                UNION ALL
                SELECT scope, part, feed, known_at, load_key, source_line, NULL, true, generation
                FROM star.replacement
                WHERE fact = '{fact.Name}' AND (scope, part) IN (SELECT (scope, part) FROM told)
            ),
            concerned AS (
                SELECT DISTINCT {string.Join(", ", fact.NaturalKey.Select(column => "told." + column))}, replacement.*
                FROM replacement
                JOIN told ON told.scope = replacement.scope AND told.part = replacement.part
                WHERE NOT told.is_deletion AND coalesce(told.feed = replacement.of_feed, true)
            ),
            -- A part that is told now knows what it holds by its rows; one that was told before, by their time.
            remaining AS (
                SELECT * FROM concerned
                ANTI JOIN told
                    ON {string.Join(" AND ", fact.NaturalKey.Select(column => $"told.{column} = concerned.{column}"))}
                    AND told.scope = concerned.scope AND NOT told.is_deletion
                    AND CASE WHEN concerned.by_row IS NULL THEN told.known_at = concerned.told_at ELSE told.load_key = concerned.by_load AND told.mapped_row IS NOT NULL END
            ),
            before AS (
                SELECT
                    {string.Join(", ", fact.NaturalKey.Select(column => "remaining." + column))}, remaining.scope, remaining.part, of_feed, told_at, by_load, by_line, by_row, is_timed, by_generation,
                    max(struct_pack(
                        known_at := told.known_at, place := coalesce(told.mapped_row, -1), load_key := told.load_key, source_line := told.source_line,
                        is_deletion := told.is_deletion, part := told.part, feed := told.feed)) AS latest
                FROM remaining
                JOIN told
                    ON {string.Join(" AND ", fact.NaturalKey.Select(column => $"told.{column} = remaining.{column}"))} AND told.scope = remaining.scope
                    AND (told.known_at < remaining.told_at OR (remaining.by_row IS NOT NULL AND told.known_at = remaining.told_at AND coalesce(told.mapped_row, -1) < remaining.by_row))
                GROUP BY ALL
            )
            SELECT
                {natural}, told_at AS known_at, by_load AS load_key, by_line AS source_line, by_row AS mapped_row, by_generation AS generation,
                -- What follows from a part that is kept is not kept itself.
                NOT is_timed OR latest.known_at = told_at AS is_kept
            FROM before
            WHERE NOT latest.is_deletion AND latest.part = part AND coalesce(latest.feed = of_feed, of_feed IS NULL)
            """;
    }

    /// <summary>Keeps the parts that were told at a time of their own.</summary>
    public static string Keep(FactTable fact) =>
        $"""
        INSERT INTO star.replacement (fact, scope, part, feed, known_at, generation, load_key, source_line)
        SELECT '{fact.Name}', scope, part, feed, known_at, generation, load_key, source_line
        FROM temp.{fact.Name}_replacement AS told
        WHERE is_timed AND NOT EXISTS (
            SELECT 1 FROM star.replacement AS kept
            WHERE kept.fact = '{fact.Name}' AND kept.scope = told.scope AND kept.part = told.part AND kept.feed IS NOT DISTINCT FROM told.feed AND kept.known_at = told.known_at)
        """;

    private string PartOf(string row) => $"concat_ws('|', {string.Join(", ", columns.Select(column => $"CAST({row}.{column} AS VARCHAR)"))})";
}
