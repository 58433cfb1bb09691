-- Who unsubscribed from a campaign, as this load tells, allows its channel no more from that instant on; where nobody said
-- by which channel the campaign reached him, it is e-mail. What is known already is not taken twice.
INSERT INTO star.customer_consent (customer_key, channel, purpose, is_granted, stated_at, source, known_at, generation, load_key, source_line, identity_key)
SELECT DISTINCT ON (touch.identity_key, coalesce(campaign.channel, 'email'), touch.unsubscribed_at)
    touch.customer_key,
    coalesce(campaign.channel, 'email'),
    'marketing',
    false,
    touch.unsubscribed_at,
    identity.source,
    CASE WHEN context.is_known_at_event THEN least(touch.unsubscribed_at, context.known_at) ELSE context.known_at END,
    context.generation,
    touch.load_key,
    touch.source_line,
    touch.identity_key
FROM star.fact_touch AS touch
JOIN temp.load_context AS context ON context.generation = touch.generation
JOIN star.dim_campaign AS campaign ON campaign.campaign_key = touch.campaign_key
JOIN star.customer_identity AS identity ON identity.identity_key = touch.identity_key
WHERE touch.unsubscribed_at IS NOT NULL
  AND (touch.identity_key, coalesce(campaign.channel, 'email'), touch.unsubscribed_at)
      NOT IN (SELECT (identity_key, channel, stated_at) FROM star.customer_consent WHERE purpose = 'marketing' AND NOT is_granted AND identity_key IS NOT NULL)
ORDER BY touch.load_key, touch.source_line;
