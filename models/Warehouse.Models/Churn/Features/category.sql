-- Grain: one row per customer. The category of products that most lines of the last 365 days are of (the first by name
-- among equals), its share, and how many categories there are. Categories as they were at the sale, where known by then.
-- Lines and category are compared as one number, lines first: code counts the categories from the last name.
WITH product_category AS (
    SELECT product_version_key, category, dense_rank() OVER (ORDER BY category DESC) AS code
    FROM star.dim_product
    WHERE category IS NOT NULL AND known_at < $known_before
),
by_category AS (
    SELECT customer_key, code, count(*) AS lines
    FROM star.sale_version
    JOIN product_category USING (product_version_key)
    WHERE customer_key >= 0
      AND NOT is_return
      AND date_key >= $as_of - 365
      AND date_key < $as_of
      AND ordered_at < $known_before
      AND known_at < $known_before
      AND known_to >= $known_before
    GROUP BY customer_key, code
),
main_category AS (
    SELECT
        customer_key,
        max(lines * 4294967296 + code) % 4294967296 AS code,
        CAST(max(lines) AS DOUBLE) / CAST(sum(lines) AS DOUBLE) AS share,
        count(*) AS categories
    FROM by_category
    GROUP BY customer_key
)
SELECT place, category AS main_category, share AS main_category_share, categories
FROM main_category
JOIN (SELECT DISTINCT code, category FROM product_category) USING (code)
JOIN temp.churn_customer USING (customer_key)
