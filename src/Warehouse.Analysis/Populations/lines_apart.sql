-- Grain: one row. Lines of the window that a definition leaves out: returns, and lines whose cost is not known.
SELECT
    count(*) FILTER (is_return) AS returns,
    coalesce(sum(net_amount) FILTER (is_return), 0) AS returned,
    count(*) FILTER (cost_amount IS NULL AND (NOT is_return OR $with_returns)) AS without_cost,
    coalesce(sum(net_amount) FILTER (cost_amount IS NULL AND (NOT is_return OR $with_returns)), 0) AS revenue_without_cost
FROM star.sale_version
WHERE date_key >= $first_date
  AND date_key <= $as_of
  AND known_at < $known_before
  AND known_to >= least($known_before, TIMESTAMPTZ '9999-12-31 00:00:00+00')
