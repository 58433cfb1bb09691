-- Grain: one row per complaint that is open on the date, those that are due first, then the most valuable customers, then the oldest.
SELECT
    contact.contact_id,
    contact.customer_key,
    coalesce(customer.customer_id, '(unknown)') AS customer_id,
    reason.topic,
    contact.opened_at,
    snapshot.value_tier,
    snapshot.monetary,
    contact.opened_at + to_hours(CASE snapshot.value_tier WHEN 'A' THEN $hours_a WHEN 'B' THEN $hours_b ELSE $hours_others END) AS due_at
FROM star.contact_version AS contact
LEFT JOIN star.dim_reason AS reason ON reason.reason_key = contact.reason_key
LEFT JOIN star.dim_customer AS customer ON customer.customer_key = contact.customer_key AND customer.is_current
LEFT JOIN mart.customer_snapshot AS snapshot
    ON snapshot.customer_key = contact.customer_key
    AND snapshot.as_of = (SELECT max(as_of) FROM mart.snapshot WHERE as_of <= $as_of)
WHERE contact.is_complaint
  AND contact.date_key >= $first_date AND contact.date_key <= $as_of
  AND contact.known_at < $known_before
  AND contact.known_to >= least($known_before, TIMESTAMPTZ '9999-12-31 00:00:00+00')
  AND coalesce(contact.resolved_at >= $ends_at, NOT contact.is_resolved)
  AND coalesce(contact.closed_at >= $ends_at, true)
ORDER BY due_at >= $ends_at, snapshot.monetary DESC NULLS LAST, contact.opened_at, contact.contact_id
