-- Grain: one row per text by which a person is known (temp.erased_identity, temp.erased_person), and whether it is his alone.
SELECT token, is_own
FROM (
    SELECT source_id AS token, true AS is_own FROM temp.erased_identity
    UNION SELECT customer_id, true FROM star.dim_customer WHERE customer_key IN (SELECT customer_key FROM temp.erased_person)
    UNION SELECT identifier, true FROM star.customer_identifier WHERE identity_key IN (SELECT identity_key FROM temp.erased_identity)
    UNION SELECT unnest([email, phone]), true FROM star.customer_record AS record JOIN temp.erased_identity USING (source, source_id)
    UNION SELECT unnest([email, phone]), true FROM star.customer_contact WHERE customer_key IN (SELECT customer_key FROM temp.erased_person)
    UNION SELECT unnest([given_name, family_name, street, postcode, household_id]), false FROM star.customer_record AS record JOIN temp.erased_identity USING (source, source_id)
    UNION SELECT unnest([given_name, family_name, street, postcode]), false FROM star.customer_contact WHERE customer_key IN (SELECT customer_key FROM temp.erased_person)
)
WHERE token IS NOT NULL
