-- Grain: one row. What there is instead, where no customer is in the population.
SELECT
    count(*) AS lines,
    min(date_key) AS first_date,
    max(date_key) AS last_date,
    count(*) FILTER (date_key >= $first_date AND date_key <= $as_of) AS lines_in_window,
    count(*) FILTER (date_key >= $first_date AND date_key <= $as_of AND known_at < $known_before) AS lines_known
FROM star.fact_sale
