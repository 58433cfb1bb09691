-- Grain: one row per campaign wave that the person was in until the date, the latest first.
SELECT campaign.campaign_id, campaign.wave, campaign.name, touch.date_key, touch.arm, touch.sent_at IS NOT NULL, touch.opened_at IS NOT NULL, touch.converted_at IS NOT NULL
FROM star.touch_version AS touch
JOIN star.dim_campaign AS campaign USING (campaign_key)
WHERE touch.customer_key = $key AND touch.date_key <= $as_of
  AND touch.known_at < $known_before
  AND touch.known_to >= least($known_before, TIMESTAMPTZ '9999-12-31 00:00:00+00')
ORDER BY touch.date_key DESC, campaign.campaign_id, campaign.wave
