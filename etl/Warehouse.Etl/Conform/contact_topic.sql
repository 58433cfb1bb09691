-- Gives keys to the topics in temp.topic_told that are not known yet, complaints about a topic apart from other contacts about it.
INSERT INTO star.dim_reason (reason_key, topic, is_complaint, generation)
SELECT
    (SELECT max(reason_key) FROM star.dim_reason) + row_number() OVER (ORDER BY topic, is_complaint),
    topic,
    is_complaint,
    generation
FROM (SELECT DISTINCT topic, coalesce(is_complaint, false) AS is_complaint FROM temp.topic_told WHERE topic IS NOT NULL) AS said
CROSS JOIN (SELECT generation FROM temp.load_context) AS context
WHERE (topic, is_complaint) NOT IN (SELECT (topic, is_complaint) FROM star.dim_reason);
