-- Grain: one row per contact until the date, open ones and complaints first, then the latest.
SELECT
    contact.contact_id, contact.opened_at, reason.topic, contact.is_complaint,
    coalesce(contact.resolved_at < $ends_at, false) AS is_resolved,
    contact.satisfaction
FROM star.contact_version AS contact
JOIN star.dim_reason AS reason USING (reason_key)
WHERE contact.customer_key = $key AND contact.date_key <= $as_of
  AND contact.known_at < $known_before
  AND contact.known_to >= least($known_before, TIMESTAMPTZ '9999-12-31 00:00:00+00')
ORDER BY is_resolved, contact.is_complaint DESC, contact.opened_at DESC
