-- Grain: one row. The dates that were stored before an identifier became another person's.
SELECT count(*) AS dates, min(as_of) AS first_date, max(as_of) AS last_date
FROM mart.snapshot
WHERE generation < (SELECT max(ended_generation) FROM star.identity_history)
