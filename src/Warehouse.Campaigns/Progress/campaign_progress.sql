-- Grain: one row per arm of a wave, with what came of its touches and what its customers bought in the window so far.
-- Parameters: $campaign_key, $starts_on, $ends_on (exclusive), $at (an instant, inclusive).
WITH bought AS (
    SELECT customer_key, count(*) FILTER (NOT is_return) AS lines, sum(net_amount) AS spend
    FROM star.fact_sale
    WHERE date_key >= $starts_on AND date_key < $ends_on AND known_at <= $at AND customer_key <> -1
    GROUP BY customer_key
)
SELECT
    touch.arm,
    count(DISTINCT touch.customer_key) AS customers,
    count(*) FILTER (touch.sent_at <= $at) AS sent,
    count(*) FILTER (touch.delivered_at <= $at) AS delivered,
    count(*) FILTER (touch.bounced_at <= $at) AS bounced,
    count(*) FILTER (touch.opened_at <= $at) AS opened,
    count(*) FILTER (touch.clicked_at <= $at) AS clicked,
    count(*) FILTER (touch.unsubscribed_at <= $at) AS unsubscribed,
    sum(touch.cost_amount)::DECIMAL(38,4) AS cost_amount,
    count(*) FILTER (bought.lines > 0) AS buyers,
    coalesce(sum(bought.spend), 0)::DECIMAL(38,4) AS spend,
    count(*) FILTER (touch.replied_at <= $at) AS replied
FROM star.fact_touch AS touch
LEFT JOIN bought ON bought.customer_key = touch.customer_key
WHERE touch.campaign_key = $campaign_key AND touch.known_at <= $at
GROUP BY touch.arm
ORDER BY touch.arm = 'control' DESC, touch.arm
