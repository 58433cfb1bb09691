-- Stores all that the analyses of a date say of every person known on it, one row each. What the churn model wrote of the date
-- stays; whoever is no longer known keeps nothing else, and whoever was forgotten, or merged into another, nothing at all. Storing the same date again
-- changes nothing. Scores, tier and stage are found on the way into the table, so that they are written once.
CREATE OR REPLACE TEMP TABLE scored AS
SELECT customer_key, churn_model, churn_version, churn_probability, churn_score, churn_band, churn_expected_loss, churn_reasons
FROM mart.customer_snapshot
WHERE as_of = $as_of AND churn_model IS NOT NULL
  AND customer_key NOT IN (SELECT customer_key FROM ops.forgotten_customer)
  AND customer_key NOT IN (SELECT customer_key FROM star.identity_history EXCEPT SELECT customer_key FROM star.customer_identity);

DELETE FROM mart.customer_snapshot WHERE as_of = $as_of;

INSERT INTO mart.customer_snapshot BY NAME
SELECT
    CAST($as_of AS DATE) AS as_of,
    activity.customer_key,
    scored.* EXCLUDE (customer_key),
    activity.first_on AS first_purchase,
    CAST(activity.recency_days AS INTEGER) AS recency_days,
    rfm.frequency,
    rfm.monetary,
    rfm.recency_score,
    rfm.frequency_score,
    rfm.monetary_score,
    rfm.segment AS rfm_segment,
    CAST($names AS VARCHAR[])[tier_of(rfm.monetary, $with_zero_spenders, $has_tiers, $cuts)] AS value_tier,
    stage_of(
        activity.orders, activity.tenure_days, activity.overdue, activity.trend, activity.open_complaints, scored.churn_probability,
        $orders, $tenure_days, $overdue, $trend, $open_complaints, $churn, $stages) AS lifecycle_stage,
    activity.rhythm_days,
    activity.overdue,
    activity.trend AS spend_trend,
    CAST(activity.open_complaints AS INTEGER) AS open_complaints,
    lifetime.probability_alive,
    lifetime.expected_purchases,
    lifetime.expected_spend,
    lifetime.lifetime_value
FROM temp.customer_activity AS activity
LEFT JOIN rfm_scored($as_of, $purchased_after, $frequency, $monetary, $segments, $bins) AS rfm ON rfm.customer_key = activity.customer_key
LEFT JOIN temp.customer_lifetime AS lifetime ON lifetime.customer_key = activity.customer_key
LEFT JOIN temp.scored ON scored.customer_key = activity.customer_key
WHERE activity.customer_key NOT IN (SELECT customer_key FROM ops.forgotten_customer);

INSERT INTO mart.customer_snapshot BY NAME
SELECT CAST($as_of AS DATE) AS as_of, *
FROM temp.scored
WHERE customer_key NOT IN (SELECT customer_key FROM temp.customer_activity);

DROP TABLE temp.scored;
DROP MACRO TABLE temp.rfm_scored;
DROP MACRO temp.beyond;
DROP MACRO temp.tier_of;
DROP MACRO temp.outside;
DROP MACRO temp.stage_of;
DROP MACRO temp.place;
