-- Stores temp.snapshot_row as the customers of a date. What the churn model wrote of the date stays; whoever is no longer known
-- keeps nothing else. Storing the same date again changes nothing.
UPDATE mart.customer_snapshot
SET first_purchase = NULL, recency_days = NULL, frequency = NULL, monetary = NULL,
    recency_score = NULL, frequency_score = NULL, monetary_score = NULL, rfm_segment = NULL, value_tier = NULL,
    lifecycle_stage = NULL, rhythm_days = NULL, overdue = NULL, spend_trend = NULL, open_complaints = NULL,
    probability_alive = NULL, expected_purchases = NULL, expected_spend = NULL, lifetime_value = NULL
WHERE as_of = $as_of AND lifecycle_stage IS NOT NULL AND customer_key NOT IN (SELECT customer_key FROM temp.snapshot_row);

DELETE FROM mart.customer_snapshot
WHERE as_of = $as_of AND lifecycle_stage IS NULL AND churn_model IS NULL;

MERGE INTO mart.customer_snapshot AS stored
USING (SELECT CAST($as_of AS DATE) AS as_of, * FROM temp.snapshot_row) AS found
ON stored.as_of = found.as_of AND stored.customer_key = found.customer_key
WHEN MATCHED THEN UPDATE SET
    first_purchase = found.first_purchase,
    recency_days = found.recency_days,
    frequency = found.frequency,
    monetary = found.monetary,
    recency_score = found.recency_score,
    frequency_score = found.frequency_score,
    monetary_score = found.monetary_score,
    rfm_segment = found.rfm_segment,
    value_tier = found.value_tier,
    lifecycle_stage = found.lifecycle_stage,
    rhythm_days = found.rhythm_days,
    overdue = found.overdue,
    spend_trend = found.spend_trend,
    open_complaints = found.open_complaints,
    probability_alive = found.probability_alive,
    expected_purchases = found.expected_purchases,
    expected_spend = found.expected_spend,
    lifetime_value = found.lifetime_value
WHEN NOT MATCHED THEN INSERT BY NAME;
