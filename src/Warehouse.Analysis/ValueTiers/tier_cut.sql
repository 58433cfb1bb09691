-- Grain: one row. The greatest value whose customers have at least so much above them: it and what is below is outside the tier.
SELECT max(value)
FROM temp.value_rank
WHERE CASE WHEN $by_customers THEN customers_above ELSE value_above END >= CAST($limit AS DECIMAL(38,4))
