-- Grain: one row per customer: where he lived, and since which date he allows marketing by a channel, NULL where he does not.
-- Only what was known before $known_before (an instant, exclusive) counts. Parameters: $known_before, $channel.
WITH heard AS (
    SELECT
        customer_key,
        arg_max(is_granted, (stated_at, NOT is_granted)) AS is_granted,
        max(stated_at) AS stated_at
    FROM star.customer_consent
    WHERE channel = $channel
      AND purpose = 'marketing'
      AND stated_at < $known_before
      AND known_at < $known_before
    GROUP BY customer_key
)
SELECT
    customer.customer_key,
    customer.country,
    CASE WHEN heard.is_granted THEN strftime(heard.stated_at, '%Y-%m-%d') END
FROM star.dim_customer AS customer
LEFT JOIN heard USING (customer_key)
WHERE customer.customer_key <> -1
  AND customer.valid_from < $known_before
  AND customer.valid_to >= $known_before
