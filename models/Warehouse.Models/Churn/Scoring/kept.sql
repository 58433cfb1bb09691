-- Grain: one row: the generation of the scoring that is kept last of a date and version, NULL where there is none, and how many
-- customers temp.churn_scored says something else of.
WITH last AS (
    SELECT max(generation) AS generation
    FROM ops.churn_scoring
    WHERE as_of = $as_of AND model = $model AND version = $version
),
kept AS (
    SELECT customer_key, probability, score, expected_loss
    FROM mart.churn_score
    WHERE as_of = $as_of AND model = $model AND version = $version AND generation = (SELECT generation FROM last)
)
SELECT
    (SELECT generation FROM last) AS generation,
    count(*) FILTER (
        kept.probability IS DISTINCT FROM scored.probability
        OR kept.score IS DISTINCT FROM scored.score
        OR kept.expected_loss IS DISTINCT FROM CAST(scored.probability * scored.value AS DECIMAL(18,4))
    ) AS differing
FROM temp.churn_scored AS scored
FULL JOIN kept USING (customer_key)
