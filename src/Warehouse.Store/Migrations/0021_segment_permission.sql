-- What the people whom segments choose among allow is kept with them, and their sums in the narrower type, which is read a hundred times as
-- fast; the next build gathers them anew. What is allowed can be asked of few people.
DELETE FROM mart.segment_population;
DROP TABLE mart.segment_person;
CREATE TABLE mart.segment_person (
    customer_key        INTEGER       NOT NULL,
    customer_id         VARCHAR       NOT NULL,
    country             VARCHAR,
    region              VARCHAR,
    city                VARCHAR,
    postcode_area       VARCHAR,
    gender              VARCHAR,
    language            VARCHAR,
    occupation          VARCHAR,
    acquisition_channel VARCHAR,
    birth_year          SMALLINT,
    registered_on       DATE,
    recency_days        INTEGER,
    orders              BIGINT        NOT NULL,
    value               DECIMAL(18,4) NOT NULL,
    revenue             DECIMAL(18,4) NOT NULL,
    recency_score       TINYINT,
    frequency_score     TINYINT,
    monetary_score      TINYINT,
    rfm_segment         VARCHAR,
    tier                VARCHAR,
    churn_band          VARCHAR,
    churn_probability   DOUBLE,
    lifecycle_stage     VARCHAR,
    allows              VARCHAR        -- the channels of which marketing may make use, each between bars: |email|phone|
);

DROP MACRO TABLE star.permission_as_of;
CREATE MACRO star.permission_among(statements, known_by, stated_by := NULL) AS TABLE
SELECT customer_key, channel, purpose, bool_and(is_granted) AS is_granted, max(stated_at) AS stated_at
FROM (
    SELECT
        customer_key, identity_key, channel, purpose, max(stated_at) AS stated_at,
        coalesce(max(stated_at) FILTER (is_granted) > max(stated_at) FILTER (NOT is_granted), bool_and(is_granted)) AS is_granted
    FROM query_table(statements)
    WHERE stated_at <= coalesce(CAST(stated_by AS TIMESTAMPTZ), known_by) AND known_at <= known_by
    GROUP BY customer_key, identity_key, channel, purpose
)
GROUP BY customer_key, channel, purpose;

CREATE MACRO star.permission_as_of(known_by, stated_by := NULL) AS TABLE
FROM star.permission_among('star.customer_consent', known_by, stated_by := stated_by);
