-- Whoever asks for the history of customers is given what was kept.
CREATE OR REPLACE TEMP MACRO customer_history(from_date, first_date, as_of, known_before, with_returns, by_margin, recent_after, previous_after) AS TABLE
FROM temp.kept_history
