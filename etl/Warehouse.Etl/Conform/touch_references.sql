-- Gives keys to the campaign waves that touches name and that are not known yet.
INSERT INTO star.dim_campaign (campaign_key, campaign_id, wave, is_inferred, known_at, generation, load_key, source_line)
SELECT
    (SELECT max(campaign_key) FROM star.dim_campaign) + row_number() OVER (ORDER BY load_key, source_line, campaign, wave),
    campaign, wave, true, known_at, generation, load_key, source_line
FROM (
    SELECT campaign, coalesce(wave, 1) AS wave, min(load_key) AS load_key, min(source_line) AS source_line
    FROM temp.mapped_touch
    GROUP BY ALL
) AS said
CROSS JOIN temp.load_context
WHERE (campaign, wave) NOT IN (SELECT (campaign_id, wave) FROM star.dim_campaign);
