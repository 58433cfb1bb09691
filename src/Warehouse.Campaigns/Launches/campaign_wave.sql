-- Takes a launched wave into star.dim_campaign, in place of what a feed said of it.
-- Parameters: $key, $campaign, $wave, $channel, $offer, $starts_on, $ends_on, $cost, $at, $generation.
INSERT INTO star.dim_campaign (campaign_key, campaign_id, wave, name, channel, offer, starts_on, ends_on, cost_per_contact, is_inferred, known_at, generation, load_key, source_line)
VALUES ($key, $campaign, $wave, $campaign, $channel, $offer, $starts_on, $ends_on, $cost, false, $at, $generation, -1, 0)
