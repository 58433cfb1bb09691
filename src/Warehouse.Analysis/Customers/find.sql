-- Grain: one row per person of that identifier, the key of the person before identifiers of sources.
SELECT customer_key
FROM (
    SELECT customer_key, 1 AS place FROM star.dim_customer WHERE customer_id = $id AND customer_key <> -1
    UNION ALL
    SELECT customer_key, 2 AS place FROM star.customer_identity WHERE lower(source_id) = lower($id) AND customer_key <> -1
)
GROUP BY customer_key
ORDER BY min(place), customer_key
