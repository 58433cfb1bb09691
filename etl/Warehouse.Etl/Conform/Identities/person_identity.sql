-- Grain: one row per reason why an identifier is, or was, that of the person whom $label (source:id) names: the identifier itself,
-- a link to another one, a decision that names it, and a person that it was before.
WITH identity AS (
    SELECT *, source || ':' || source_id AS label FROM star.customer_identity
),
person AS (
    SELECT * FROM identity WHERE customer_key = (SELECT customer_key FROM identity WHERE label = $label)
),
reason AS (
    SELECT
        1 AS place, 'identifier' AS kind, person.label AS identifier, NULL AS other, person.rule AS because, NULL AS value,
        person.known_at AS since, NULL AS decided_by, person.generation, load.feed, load.source, person.source_line AS line
    FROM person
    LEFT JOIN ops.load AS load USING (load_key)
    UNION ALL
    SELECT
        2, 'link', one.label, other.label, link.rule, link.matched, made.started_at, NULL, link.generation,
        (SELECT string_agg(DISTINCT feed, ', ' ORDER BY feed) FROM ops.load WHERE generation = link.generation), NULL, NULL
    FROM star.identity_link AS link
    JOIN person AS one USING (identity_key)
    JOIN identity AS other ON other.identity_key = link.other_identity_key
    LEFT JOIN ops.generation AS made ON made.generation = link.generation
    UNION ALL
    SELECT
        3, CASE WHEN ended_generation IS NULL THEN 'decision' ELSE 'taken back' END, array_to_string(identifiers, ', '), NULL,
        CASE WHEN is_same THEN 'one person: ' ELSE 'different persons: ' END || because, NULL,
        coalesce(ended_at, decided_at), coalesce(ended_by, decided_by), coalesce(ended_generation, generation), NULL, NULL, NULL
    FROM star.identity_decision
    WHERE list_has_any(identifiers, (SELECT list(label) FROM person))
    UNION ALL
    SELECT
        4, 'was', person.label, 'person ' || before.customer_key, 'until then', NULL, before.known_to, NULL, before.ended_generation, NULL, NULL, NULL
    FROM star.identity_history AS before
    JOIN person USING (identity_key)
)
SELECT kind, identifier, other, because, value, since, decided_by, generation, feed, source, line
FROM reason
ORDER BY place, since, identifier, other
