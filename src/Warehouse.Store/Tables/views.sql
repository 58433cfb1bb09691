-- Every version of every fact, the current ones among them: true, as far as the company knew, in [known_at, known_to).
-- What was known at an instant T: WHERE known_at <= T AND T < known_to. The facts themselves hold what is known now.
CREATE VIEW star.sale_version AS
SELECT *, TIMESTAMPTZ '9999-12-31 00:00:00+00' AS known_to, CAST(NULL AS INTEGER) AS ended_generation FROM star.fact_sale
UNION ALL
SELECT * FROM star.fact_sale_history;

CREATE VIEW star.contact_version AS
SELECT *, TIMESTAMPTZ '9999-12-31 00:00:00+00' AS known_to, CAST(NULL AS INTEGER) AS ended_generation FROM star.fact_contact
UNION ALL
SELECT * FROM star.fact_contact_history;

CREATE VIEW star.touch_version AS
SELECT *, TIMESTAMPTZ '9999-12-31 00:00:00+00' AS known_to, CAST(NULL AS INTEGER) AS ended_generation FROM star.fact_touch
UNION ALL
SELECT * FROM star.fact_touch_history;
