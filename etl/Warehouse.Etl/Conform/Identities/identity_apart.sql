-- Gives a person of its own to each identifier in temp.identity_apart that has none yet.
UPDATE star.customer_identity AS identity SET split_key = fresh.split_key
FROM (
    SELECT
        identity_key,
        (SELECT greatest(max(customer_key), max(home_key), max(split_key)) FROM star.customer_identity) + row_number() OVER (ORDER BY identity_key) AS split_key
    FROM star.customer_identity
    WHERE split_key IS NULL AND identity_key IN (SELECT identity_key FROM temp.identity_apart)
) AS fresh
WHERE identity.identity_key = fresh.identity_key;
