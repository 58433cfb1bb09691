-- Derives the versions of the products of this load from star.product_record. A value that a source leaves out stays
-- what it was; a version begins where any value changes, the first at the beginning of time.
-- What is said of all time begins none.
CREATE OR REPLACE TEMP TABLE product_version AS
WITH filled AS (
    SELECT
        product_id, valid_from,
        last_value(name IGNORE NULLS) OVER said AS name,
        last_value(category IGNORE NULLS) OVER said AS category,
        last_value(subcategory IGNORE NULLS) OVER said AS subcategory,
        last_value(brand IGNORE NULLS) OVER said AS brand,
        last_value(unit_cost IGNORE NULLS) OVER said AS unit_cost,
        last_value(list_price IGNORE NULLS) OVER said AS list_price,
        last_value(launched_on IGNORE NULLS) OVER said AS launched_on,
        last_value(is_replenished IGNORE NULLS) OVER said AS is_replenished,
        known_at, generation, load_key, source_line,
        lead(valid_from) OVER said IS NOT DISTINCT FROM valid_from
            OR is_timeless AND NOT bool_and(is_timeless) OVER (PARTITION BY product_id) AS is_no_beginning
    FROM star.product_record
    WHERE product_id IN (SELECT id FROM temp.mapped_product)
    WINDOW said AS (PARTITION BY product_id ORDER BY valid_from, is_timeless DESC, known_at, load_key, source_line)
),
changed AS (
    SELECT
        *,
        hash(name, category, subcategory, brand, unit_cost, list_price, launched_on, is_replenished) AS content
    FROM filled
    WHERE NOT is_no_beginning
    QUALIFY content IS DISTINCT FROM lag(content) OVER (PARTITION BY product_id ORDER BY valid_from)
)
SELECT
    * EXCLUDE (content, is_no_beginning) REPLACE (
        CASE WHEN lag(valid_from) OVER product IS NULL THEN TIMESTAMPTZ '0001-01-01 00:00:00+00' ELSE valid_from END AS valid_from),
    coalesce(lead(valid_from) OVER product, TIMESTAMPTZ '9999-12-31 00:00:00+00') AS valid_to
FROM changed
WINDOW product AS (PARTITION BY product_id ORDER BY valid_from);

CREATE OR REPLACE TEMP TABLE product_known AS
SELECT product_id, product_key, product_version_key, valid_from
FROM star.dim_product
WHERE product_id IN (SELECT product_id FROM temp.product_version);

CREATE OR REPLACE TEMP TABLE product_new AS
SELECT
    product_id,
    (SELECT max(product_key) FROM star.dim_product) + row_number() OVER (ORDER BY min(load_key), min(source_line), product_id) AS product_key
FROM temp.product_version
WHERE product_id NOT IN (SELECT product_id FROM temp.product_known)
GROUP BY product_id;

DELETE FROM star.dim_product WHERE product_id IN (SELECT product_id FROM temp.product_version);

INSERT INTO star.dim_product
SELECT
    coalesce(
        known.product_version_key,
        (SELECT max(key) FROM (
            SELECT max(product_version_key) AS key FROM star.dim_product
            UNION ALL SELECT max(product_version_key) FROM temp.product_known))
        + row_number() OVER (PARTITION BY known.product_version_key IS NULL ORDER BY version.load_key, version.source_line, version.product_id, version.valid_from)),
    coalesce(owner.product_key, fresh.product_key),
    version.product_id, version.name, version.category, version.subcategory, version.brand,
    version.unit_cost, version.list_price, version.launched_on, version.is_replenished,
    false,
    version.valid_from, version.valid_to, version.valid_to = TIMESTAMPTZ '9999-12-31 00:00:00+00',
    version.known_at, version.generation, version.load_key, version.source_line
FROM temp.product_version AS version
LEFT JOIN temp.product_known AS known ON known.product_id = version.product_id AND known.valid_from = version.valid_from
LEFT JOIN (SELECT DISTINCT product_id, product_key FROM temp.product_known) AS owner ON owner.product_id = version.product_id
LEFT JOIN temp.product_new AS fresh ON fresh.product_id = version.product_id;

-- Sales keep the version that was valid when they happened, also where that version came later than they.
UPDATE star.fact_sale AS sale
SET product_version_key = version.product_version_key
FROM star.dim_product AS version
WHERE sale.product_key = version.product_key
  AND version.product_id IN (SELECT product_id FROM temp.product_known)
  AND sale.ordered_at >= version.valid_from
  AND sale.ordered_at < version.valid_to
  AND sale.product_version_key <> version.product_version_key;

UPDATE star.fact_sale_history AS sale
SET product_version_key = version.product_version_key
FROM star.dim_product AS version
WHERE sale.product_key = version.product_key
  AND version.product_id IN (SELECT product_id FROM temp.product_known)
  AND sale.ordered_at >= version.valid_from
  AND sale.ordered_at < version.valid_to
  AND sale.product_version_key <> version.product_version_key;

-- What a line cost is known with the product's cost, where the line itself did not say it.
UPDATE star.fact_sale AS sale
SET cost_amount = TRY(times(sale.quantity, version.unit_cost))
FROM star.dim_product AS version
WHERE sale.cost_amount IS NULL
  AND sale.product_version_key = version.product_version_key
  AND version.product_id IN (SELECT product_id FROM temp.product_known)
  AND version.unit_cost IS NOT NULL;
