-- Grain: one row per value at which a hundredth of the customers ends, best first.
SELECT value, customers, customers_above, value_above
FROM temp.value_rank
WHERE customers_above * 100 // $customers < (customers_above + customers) * 100 // $customers
ORDER BY customers_above
