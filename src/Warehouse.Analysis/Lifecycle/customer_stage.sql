-- Grain: one row per person known on the as-of date.
CREATE OR REPLACE TEMP TABLE customer_stage AS
SELECT
    activity.customer_key,
    scored.churn_probability,
    stage_of(
        activity.orders, activity.tenure_days, activity.overdue, activity.trend, activity.open_complaints, scored.churn_probability,
        $orders, $tenure_days, $overdue, $trend, $open_complaints, $churn, $stages) AS stage
FROM temp.customer_activity AS activity
LEFT JOIN mart.customer_snapshot AS scored
    ON scored.customer_key = activity.customer_key AND scored.as_of = $as_of AND scored.churn_probability IS NOT NULL;

DROP MACRO temp.stage_of;
DROP MACRO temp.place;
