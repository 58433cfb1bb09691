-- Facts of the persons in temp.customer_moved keep the version of their customer that was valid when they happened, also where that version came later than they;
-- the history of facts keeps it too.
UPDATE star.fact_sale AS fact
SET customer_version_key = version.customer_version_key
FROM temp.customer_moved AS version
WHERE fact.customer_key = version.customer_key
  AND fact.ordered_at >= version.valid_from AND fact.ordered_at < version.valid_to
  AND fact.customer_version_key <> version.customer_version_key;

UPDATE star.fact_sale_history AS fact
SET customer_version_key = version.customer_version_key
FROM temp.customer_moved AS version
WHERE fact.customer_key = version.customer_key
  AND fact.ordered_at >= version.valid_from AND fact.ordered_at < version.valid_to
  AND fact.customer_version_key <> version.customer_version_key;

UPDATE star.fact_contact AS fact
SET customer_version_key = version.customer_version_key
FROM temp.customer_moved AS version
WHERE fact.customer_key = version.customer_key
  AND fact.opened_at >= version.valid_from AND fact.opened_at < version.valid_to
  AND fact.customer_version_key <> version.customer_version_key;

UPDATE star.fact_contact_history AS fact
SET customer_version_key = version.customer_version_key
FROM temp.customer_moved AS version
WHERE fact.customer_key = version.customer_key
  AND fact.opened_at >= version.valid_from AND fact.opened_at < version.valid_to
  AND fact.customer_version_key <> version.customer_version_key;

UPDATE star.fact_touch AS fact
SET customer_version_key = version.customer_version_key
FROM temp.customer_moved AS version
WHERE fact.customer_key = version.customer_key
  AND fact.assigned_at >= version.valid_from AND fact.assigned_at < version.valid_to
  AND fact.customer_version_key <> version.customer_version_key;

UPDATE star.fact_touch_history AS fact
SET customer_version_key = version.customer_version_key
FROM temp.customer_moved AS version
WHERE fact.customer_key = version.customer_key
  AND fact.assigned_at >= version.valid_from AND fact.assigned_at < version.valid_to
  AND fact.customer_version_key <> version.customer_version_key;
