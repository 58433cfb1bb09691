-- Notes that a date is stored.
DELETE FROM mart.snapshot WHERE as_of = $as_of;

INSERT INTO mart.snapshot (as_of, definition, has_hindsight, facts_generation, generation, customers, lifetime_model, computed_at)
SELECT $as_of, $definition, $has_hindsight, coalesce(max(generation), 0), $generation, $customers, $lifetime_model, $computed_at
FROM ops.load;
