-- Grain: one row per customer of whom an identifier begins with the text, the customer's own identifier before those of sources; with
-- contacts also an e-mail address or a phone number. Without them an e-mail address that is an identifier is found whole alone.
WITH found AS (
    SELECT customer_key, 1 AS place, 'customer' AS kind, customer_id AS matched
    FROM star.dim_customer
    WHERE is_current AND starts_with(lower(customer_id), lower($text))
    UNION ALL
    SELECT customer_key, 2, source, source_id
    FROM star.customer_identity
    WHERE (starts_with(lower(source_id), lower($text)) OR starts_with(lower(source || ':' || source_id), lower($text)))
      AND ($with_contacts OR NOT contains(source_id, '@') OR lower($text) IN (lower(source_id), lower(source || ':' || source_id)))
    UNION ALL
    SELECT customer_key, 3, 'e-mail', email
    FROM star.customer_contact
    WHERE $with_contacts AND starts_with(lower(email), lower($text))
    UNION ALL
    SELECT customer_key, 4, 'phone', phone
    FROM star.customer_contact
    WHERE $with_contacts AND $digits <> '' AND starts_with(regexp_replace(phone, '[^0-9]', '', 'g'), $digits)
),
best AS (
    SELECT customer_key, min({'place': place, 'matched': matched, 'kind': kind}) AS hit
    FROM found
    WHERE customer_key <> -1
    GROUP BY customer_key
)
SELECT customer.customer_key, customer.customer_id, hit.kind, hit.matched, customer.city, customer.country, customer.registered_on
FROM best
JOIN star.dim_customer AS customer ON customer.customer_key = best.customer_key AND customer.is_current
ORDER BY hit.place, hit.matched, customer.customer_key
LIMIT $most
