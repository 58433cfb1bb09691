-- Grain: as rfm_scored, which it stores.
CREATE OR REPLACE TEMP TABLE rfm_score AS
FROM rfm_scored($as_of, $purchased_after, $frequency, $monetary, $segments, $bins);

DROP MACRO TABLE temp.rfm_scored;
DROP MACRO temp.beyond;
