-- Reads the facts once for all: whoever asks for the history of customers is given what was kept. first_date is that of the window.
CREATE OR REPLACE TEMP TABLE kept_history AS
FROM customer_history(DATE '0001-01-01', $first_date, $as_of, $known_before, $with_returns, $by_margin, $recent_after, $previous_after);

CREATE OR REPLACE TEMP MACRO customer_history(from_date, first_date, as_of, known_before, with_returns, by_margin, recent_after, previous_after) AS TABLE
FROM temp.kept_history
