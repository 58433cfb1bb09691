-- Grain: one row. The last load, the last churn scoring of the date, and whether the date is stored by a definition and as far as they go.
SELECT
    coalesce((SELECT max(generation) FROM ops.load), 0) AS facts_generation,
    coalesce((
        SELECT bool_or(
            definition = $definition
            AND has_hindsight = $has_hindsight
            AND facts_generation = coalesce((SELECT max(generation) FROM ops.load), 0)
            AND generation > coalesce((SELECT max(generation) FROM ops.churn_scoring WHERE as_of = $as_of), -1))
        FROM mart.snapshot
        WHERE as_of = $as_of), false) AS is_stored,
    coalesce((SELECT max(customers) FROM mart.snapshot WHERE as_of = $as_of), 0) AS customers
