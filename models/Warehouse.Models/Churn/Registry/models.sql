-- Grain: one row per trained churn model, the newest first, with the last decision about it. Of those that were promoted
-- the one decided about last scores; the others did earlier.
WITH decision AS (
    SELECT model, version, action, reason, row_number() OVER (PARTITION BY model, version ORDER BY decided_at DESC, rowid DESC) AS place
    FROM ops.churn_promotion
),
scoring AS (
    SELECT model, arg_max(version, (decided_at, rowid)) AS version
    FROM ops.churn_promotion
    WHERE action = 'promoted'
    GROUP BY model
)
SELECT
    known.model,
    known.version,
    known.as_of,
    known.horizon_days,
    known.generation,
    known.definition_hash,
    known.learner,
    CAST(json_extract(known.metrics, '$.test.auc.value') AS DOUBLE) AS auc,
    known.trained_at,
    known.trained_by,
    CASE
        WHEN scoring.version = known.version THEN 'promoted'
        WHEN decision.action = 'promoted' THEN 'earlier'
        ELSE coalesce(decision.action, 'trained')
    END AS status,
    decision.reason,
    CAST(json_extract(known.metrics, '$.test.calibrationError') AS DOUBLE) AS calibration_error
FROM ops.churn_model AS known
LEFT JOIN decision ON decision.model = known.model AND decision.version = known.version AND decision.place = 1
LEFT JOIN scoring ON scoring.model = known.model
ORDER BY known.trained_at DESC, known.model, known.version DESC
