-- Grain: one row. What the same days of the year before brought against that year's average: days of purchase in
-- [as_of - 365, as_of - 365 + horizon) beside those of the year before the as-of date. NULL where the year is not whole.
SELECT
    CAST(count(*) FILTER (date_key < $as_of - 365 + $horizon) AS DOUBLE) * 365 / (count(*) * $horizon) AS season_ahead
FROM temp.churn_day
WHERE lines > 0 AND date_key >= $as_of - 365
HAVING (SELECT min(date_key) FROM temp.churn_day) <= $as_of - 364
