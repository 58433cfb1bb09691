-- Reads what the facts say of the customers of a range of keys, both ends in it.
INSERT INTO kept_history
FROM customer_history(DATE '0001-01-01', $first_date, $as_of, $known_before, $with_returns, $by_margin, $recent_after, $previous_after)
WHERE customer_key >= $first_key AND customer_key <= $last_key
