-- Takes the campaign waves of this load: a new wave gets the next key, a known one the latest attributes (type 1).
CREATE OR REPLACE TEMP TABLE wave_said AS
SELECT * REPLACE (coalesce(wave, 1) AS wave)
FROM temp.mapped_campaign
QUALIFY row_number() OVER (PARTITION BY id, coalesce(wave, 1) ORDER BY load_key DESC, source_line DESC) = 1;

UPDATE star.dim_campaign AS known
SET name = coalesce(said.name, known.name),
    channel = coalesce(said.channel, known.channel),
    offer = coalesce(said.offer, known.offer),
    starts_on = coalesce(said.starts_on, known.starts_on),
    ends_on = coalesce(said.ends_on, known.ends_on),
    cost_per_contact = coalesce(said.cost_per_contact, known.cost_per_contact),
    is_inferred = false,
    known_at = context.known_at,
    generation = context.generation,
    load_key = said.load_key,
    source_line = said.source_line
FROM temp.wave_said AS said, temp.load_context AS context
WHERE known.campaign_id = said.id AND known.wave = said.wave;

INSERT INTO star.dim_campaign (campaign_key, campaign_id, wave, name, channel, offer, starts_on, ends_on, cost_per_contact, is_inferred, known_at, generation, load_key, source_line)
SELECT
    (SELECT max(campaign_key) FROM star.dim_campaign) + row_number() OVER (ORDER BY load_key, source_line),
    id, wave, name, channel, offer, starts_on, ends_on, cost_per_contact, false, known_at, generation, load_key, source_line
FROM temp.wave_said
CROSS JOIN temp.load_context
WHERE (id, wave) NOT IN (SELECT (campaign_id, wave) FROM star.dim_campaign);
