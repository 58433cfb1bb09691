-- Grain: one row per hundredth of the customers, rounded up to whole customers, best first: how many they are, and their value.
SELECT
    best.customers,
    rank.value_above + rank.value * (best.customers - rank.customers_above) AS value
FROM (SELECT DISTINCT (unnest(range(1, 101)) * $customers + 99) // 100 AS customers) AS best
ASOF JOIN temp.value_rank AS rank ON best.customers > rank.customers_above
ORDER BY best.customers
