-- Grain: one row per known customer and item that he has bought, with when he is likely to buy it next. The rhythm is his own mean
-- number of days between purchases of the item with one interval of the usual length of all customers added, so that it is known from
-- the first purchase on and two purchases on two days make nobody a daily customer.
CREATE OR REPLACE TEMP TABLE next_purchase AS
WITH day AS (
    SELECT DISTINCT customer_key, item_key, bought_on
    FROM temp.basket_item
    WHERE customer_key <> -1 AND bought_on <= $cut
),
own AS (
    SELECT customer_key, item_key, count(*) AS purchases, min(bought_on) AS first_on, max(bought_on) AS last_on
    FROM day
    GROUP BY customer_key, item_key
),
usual AS (
    SELECT item_key, sum(last_on - first_on) / sum(purchases - 1) AS days
    FROM own
    WHERE purchases > 1
    GROUP BY item_key
)
SELECT
    own.customer_key,
    own.item_key,
    own.purchases,
    own.last_on,
    (own.last_on - own.first_on + usual.days) / own.purchases AS rhythm_days,
    own.last_on + CAST(round((own.last_on - own.first_on + usual.days) / own.purchases) AS INTEGER) AS next_on
FROM own
JOIN usual ON usual.item_key = own.item_key
