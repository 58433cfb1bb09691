-- Takes the statements of this load; one that is known already is not taken twice.
INSERT INTO star.customer_consent (customer_key, channel, purpose, is_granted, stated_at, source, known_at, generation, load_key, source_line, identity_key)
SELECT DISTINCT ON (identity.identity_key, said.channel, coalesce(said.purpose, 'marketing'), said.stated_at, said.is_granted)
    identity.customer_key,
    said.channel,
    coalesce(said.purpose, 'marketing'),
    said.is_granted,
    said.stated_at,
    said.customer_identity,
    CASE WHEN is_known_at_event THEN least(said.stated_at, context.known_at) ELSE context.known_at END,
    context.generation,
    said.load_key,
    said.source_line,
    identity.identity_key
FROM temp.mapped_consent AS said
JOIN star.customer_identity AS identity ON identity.source = said.customer_identity AND identity.source_id = said.customer
CROSS JOIN temp.load_context AS context
WHERE (identity.identity_key, said.channel, coalesce(said.purpose, 'marketing'), said.stated_at, said.is_granted)
    NOT IN (SELECT (identity_key, channel, purpose, stated_at, is_granted) FROM star.customer_consent)
ORDER BY said.load_key, said.source_line;
