-- Grain: one row. What is known of the person now; names and addresses are not part of it.
SELECT
    customer_id, birth_year, gender, city, region, country, language, acquisition_channel, registered_on, confirmed_on,
    (SELECT count(*) FROM star.dim_customer AS version WHERE version.customer_key = $key) AS versions,
    is_test
FROM star.dim_customer
WHERE customer_key = $key
ORDER BY is_current DESC, valid_from DESC
LIMIT 1
