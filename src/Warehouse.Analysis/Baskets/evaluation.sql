-- Grain: one row per question, of two: which items will a customer buy for the first time, and which will he buy again, in his first
-- basket after the cut? Each is answered from before the cut by the model and by popularity, with the same items to choose from.
-- Ten answers count. Of very many customers a fixed part is asked.
WITH before AS (
    SELECT customer_key, item_key, count(*) AS baskets
    FROM temp.basket_item
    WHERE customer_key <> -1 AND bought_on <= $cut
    GROUP BY customer_key, item_key
),
following AS (
    SELECT customer_key, item_key, bought_on
    FROM temp.basket_item
    WHERE customer_key <> -1 AND bought_on > $cut AND customer_key IN (SELECT customer_key FROM before)
    QUALIFY bought_on = min(bought_on) OVER (PARTITION BY customer_key)
),
asked AS (
    SELECT customer_key
    FROM following
    GROUP BY customer_key
    ORDER BY hash(customer_key), customer_key
    LIMIT 20000
),
popular AS (
    SELECT item_key, count(*) AS customers, row_number() OVER (ORDER BY count(*) DESC, item_key) AS place
    FROM before
    GROUP BY item_key
),
usual AS (
    SELECT item_key, avg(baskets) AS baskets
    FROM before
    GROUP BY item_key
),
target AS (
    SELECT DISTINCT
        following.customer_key,
        following.item_key,
        before.item_key IS NOT NULL AS is_again
    FROM following
    JOIN asked ON asked.customer_key = following.customer_key
    LEFT JOIN before ON before.customer_key = following.customer_key AND before.item_key = following.item_key
),
liked AS (
    SELECT before.customer_key, neighbour.other_key AS item_key, sum(neighbour.likeness) AS score
    FROM before
    JOIN asked ON asked.customer_key = before.customer_key
    JOIN temp.item_neighbour AS neighbour ON neighbour.item_key = before.item_key
    GROUP BY before.customer_key, neighbour.other_key
),
answer AS (
    -- New items by likeness to what the customer has.
    SELECT liked.customer_key, liked.item_key, false AS is_again, true AS is_model,
        row_number() OVER (PARTITION BY liked.customer_key ORDER BY liked.score DESC, liked.item_key) AS place
    FROM liked
    LEFT JOIN before ON before.customer_key = liked.customer_key AND before.item_key = liked.item_key
    WHERE before.item_key IS NULL
    UNION ALL
    -- New items by popularity: nobody can have bought more of the popular ones than he has bought items.
    SELECT asked.customer_key, popular.item_key, false, false,
        row_number() OVER (PARTITION BY asked.customer_key ORDER BY popular.place)
    FROM asked
    JOIN popular ON popular.place <= 200
    LEFT JOIN before ON before.customer_key = asked.customer_key AND before.item_key = popular.item_key
    WHERE before.item_key IS NULL
    UNION ALL
    -- Items again by how often the customer bought them, with what is usual for the item counted as once.
    SELECT before.customer_key, before.item_key, true, true,
        row_number() OVER (PARTITION BY before.customer_key ORDER BY before.baskets - 1 + usual.baskets DESC, popular.place)
    FROM before
    JOIN asked ON asked.customer_key = before.customer_key
    JOIN usual ON usual.item_key = before.item_key
    JOIN popular ON popular.item_key = before.item_key
    UNION ALL
    SELECT before.customer_key, before.item_key, true, false, row_number() OVER (PARTITION BY before.customer_key ORDER BY popular.place)
    FROM before
    JOIN asked ON asked.customer_key = before.customer_key
    JOIN popular ON popular.item_key = before.item_key
),
found AS (
    SELECT
        target.customer_key,
        target.is_again,
        min(answer.place) FILTER (answer.is_model) AS by_model,
        min(answer.place) FILTER (NOT answer.is_model) AS by_popularity
    FROM target
    LEFT JOIN answer
        ON answer.customer_key = target.customer_key AND answer.item_key = target.item_key
        AND answer.is_again = target.is_again AND answer.place <= 10
    GROUP BY target.customer_key, target.is_again
)
SELECT
    is_again,
    count(*) AS customers,
    count(by_model) AS model_hits,
    coalesce(CAST(sum(CAST(1.0 / by_model AS DECIMAL(18, 15))) AS DOUBLE), 0) / count(*) AS model_mrr,
    count(by_popularity) AS popularity_hits,
    coalesce(CAST(sum(CAST(1.0 / by_popularity AS DECIMAL(18, 15))) AS DOUBLE), 0) / count(*) AS popularity_mrr,
    count(*) FILTER (by_model IS NOT NULL AND by_popularity IS NULL) AS model_alone,
    count(*) FILTER (by_model IS NULL AND by_popularity IS NOT NULL) AS popularity_alone
FROM found
GROUP BY is_again
ORDER BY is_again
