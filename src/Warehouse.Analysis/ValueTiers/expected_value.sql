-- Replaces the value of each customer by what the lifetime models expect of him, to the ten thousandth; zero without an expectation.
UPDATE temp.customer_sales
SET value = coalesce((SELECT CAST(lifetime.lifetime_value AS DECIMAL(38,4)) FROM temp.customer_lifetime AS lifetime WHERE lifetime.customer_key = customer_sales.customer_key), 0)
WHERE standing = 'counted'
