-- Grain: one row per person known on the as-of date. The stage is looked up in the table of all kinds of customer, whose axes are
-- the traits cut at the numbers that the rules name; place 0 of an axis is « not known ».
CREATE OR REPLACE TEMP MACRO place(value, cuts) AS
    CASE WHEN value IS NULL THEN 0 ELSE 1
        + coalesce(value >= cuts[1], false)::INTEGER
        + coalesce(value >= cuts[2], false)::INTEGER
        + coalesce(value >= cuts[3], false)::INTEGER
        + coalesce(value >= cuts[4], false)::INTEGER
        + coalesce(value >= cuts[5], false)::INTEGER
        + coalesce(value >= cuts[6], false)::INTEGER
        + coalesce(value >= cuts[7], false)::INTEGER
        + coalesce(value >= cuts[8], false)::INTEGER
        + coalesce(value >= cuts[9], false)::INTEGER
    END;

CREATE OR REPLACE TEMP TABLE customer_stage AS
WITH cut AS (
    SELECT
        CAST($orders AS DOUBLE[]) AS orders,
        CAST($tenure_days AS DOUBLE[]) AS tenure_days,
        CAST($overdue AS DOUBLE[]) AS overdue,
        CAST($trend AS DOUBLE[]) AS trend,
        CAST($open_complaints AS DOUBLE[]) AS open_complaints,
        CAST($churn AS DOUBLE[]) AS churn
),
kind AS (
    SELECT unnest(CAST($stages AS VARCHAR[])) AS stage, generate_subscripts(CAST($stages AS VARCHAR[]), 1) - 1 AS kind
),
placed AS (
    SELECT
        activity.customer_key,
        scored.churn_probability,
        ((((place(activity.orders, cut.orders) * (len(cut.tenure_days) + 2)
            + place(activity.tenure_days, cut.tenure_days)) * (len(cut.overdue) + 2)
            + place(activity.overdue, cut.overdue)) * (len(cut.trend) + 2)
            + place(activity.trend, cut.trend)) * (len(cut.open_complaints) + 2)
            + place(activity.open_complaints, cut.open_complaints)) * (len(cut.churn) + 2)
            + place(scored.churn_probability, cut.churn) AS kind
    FROM temp.customer_activity AS activity
    LEFT JOIN mart.customer_snapshot AS scored
        ON scored.customer_key = activity.customer_key AND scored.as_of = $as_of AND scored.churn_probability IS NOT NULL
    CROSS JOIN cut
)
SELECT placed.customer_key, placed.churn_probability, kind.stage
FROM placed
LEFT JOIN kind USING (kind);

DROP MACRO temp.place;
