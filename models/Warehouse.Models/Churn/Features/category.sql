-- Grain: one row per customer. The category of products that most lines of the last 365 days are of (the first by name
-- among equals), its share, and how many categories there are. Categories as they were at the sale, where known by then.
-- Lines and category are compared as one number, lines first: code counts the categories from the last name.
WITH version AS (
    SELECT product_version_key, NULL AS product_key, NULL AS valid_from, NULL AS valid_to, category
    FROM star.dim_product
    WHERE category IS NOT NULL AND known_at < $known_before AND product_key NOT IN (SELECT product_key FROM temp.churn_product)
    UNION ALL
    SELECT NULL, product_key, valid_from, valid_to, category
    FROM temp.churn_product
    WHERE category IS NOT NULL
),
product_category AS (
    SELECT *, dense_rank() OVER (ORDER BY category DESC) AS code
    FROM version
),
line AS (
    SELECT sale.*, code
    FROM star.sale_version AS sale
    JOIN product_category AS product ON product.product_version_key = sale.product_version_key
    UNION ALL
    SELECT sale.*, code
    FROM star.sale_version AS sale
    JOIN product_category AS product
        ON product.product_key = sale.product_key AND sale.ordered_at >= product.valid_from AND sale.ordered_at < product.valid_to
),
by_category AS (
    SELECT coalesce(before.customer_key, line.customer_key) AS customer_key, code, count(*) AS lines
    FROM line
    LEFT JOIN temp.churn_identity AS before USING (identity_key)
    WHERE line.customer_key >= 0
      AND NOT is_return
      AND date_key >= $as_of - 365
      AND date_key < $as_of
      AND ordered_at < $known_before
      AND known_at < $known_before
      AND known_to >= $known_before
    GROUP BY coalesce(before.customer_key, line.customer_key), code
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
