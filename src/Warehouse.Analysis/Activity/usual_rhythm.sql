-- Grain: one row. Days between purchases, as is usual of all customers until the as-of date.
CREATE OR REPLACE TEMP TABLE usual_rhythm AS
SELECT CAST(usual_days(purchases, first_on, last_on) AS DOUBLE) AS days
FROM customer_history(DATE '0001-01-01', DATE '0001-01-01', $as_of, $known_before, false, false, NULL, NULL)
WHERE customer_key <> -1 AND purchases > 0
