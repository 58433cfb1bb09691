-- Grain: one row per order until the date, the latest first.
SELECT
    order_id,
    min(date_key) AS bought_on,
    CAST(count(*) FILTER (NOT is_return) AS BIGINT) AS lines,
    CAST(count(*) FILTER (is_return) AS BIGINT) AS returns,
    CAST(sum(net_amount) AS DECIMAL(38,4)) AS amount
FROM star.sale_version
WHERE customer_key = $key AND date_key <= $as_of
  AND known_at < $known_before
  AND known_to >= least($known_before, TIMESTAMPTZ '9999-12-31 00:00:00+00')
GROUP BY order_id
ORDER BY bought_on DESC, order_id DESC
