-- Grain: one row per customer of the population. A score is 1 and one more for each edge that the customer is beyond:
-- purchased after it, more orders, more value. Equal values are beyond the same edges.
CREATE OR REPLACE TEMP MACRO beyond(value, edges) AS
    coalesce(value > edges[1], false)::TINYINT
    + coalesce(value > edges[2], false)::TINYINT
    + coalesce(value > edges[3], false)::TINYINT
    + coalesce(value > edges[4], false)::TINYINT
    + coalesce(value > edges[5], false)::TINYINT
    + coalesce(value > edges[6], false)::TINYINT
    + coalesce(value > edges[7], false)::TINYINT
    + coalesce(value > edges[8], false)::TINYINT
    + coalesce(value > edges[9], false)::TINYINT;

-- segments are the names of the cells in the order of their scores; NULL where there is no map.
CREATE OR REPLACE TEMP MACRO rfm_scored(as_of, purchased_after, frequency_edges, monetary_edges, segments, bins) AS TABLE
WITH scored AS (
    SELECT
        customer_key,
        as_of - last_purchase AS recency_days,
        orders AS frequency,
        value AS monetary,
        revenue,
        1::TINYINT + beyond(last_purchase, CAST(purchased_after AS DATE[])) AS recency_score,
        1::TINYINT + beyond(orders, CAST(frequency_edges AS BIGINT[])) AS frequency_score,
        1::TINYINT + beyond(value, CAST(monetary_edges AS DECIMAL(38,4)[])) AS monetary_score
    FROM temp.customer_sales
    WHERE standing = 'counted'
)
SELECT *, CAST(segments AS VARCHAR[])[((recency_score - 1) * bins + frequency_score - 1) * bins + monetary_score] AS segment
FROM scored
