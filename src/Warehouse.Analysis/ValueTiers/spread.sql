-- Grain: one row. How much value there is, and the sum of ranks from the best times ten thousandths of value, for Gini.
SELECT
    coalesce(sum(customers), 0)::BIGINT AS customers,
    coalesce(sum(value * customers), 0) AS value,
    coalesce(sum((value * 10000)::HUGEINT * (customers * customers_above + customers * (customers + 1) // 2)), 0)::HUGEINT AS ranked_value
FROM temp.value_rank
