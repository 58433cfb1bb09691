-- Grain: as customer_history. What is read of the facts once for all; first_date is that of the window.
CREATE OR REPLACE TEMP TABLE kept_history AS
FROM customer_history(DATE '0001-01-01', $first_date, $as_of, $known_before, $with_returns, $by_margin, $recent_after, $previous_after)
LIMIT 0
