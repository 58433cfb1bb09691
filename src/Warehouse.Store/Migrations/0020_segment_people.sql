-- The customers of the last build of a segment, kept for previews.
CREATE TABLE mart.segment_population (
    as_of      DATE    NOT NULL,
    definition VARCHAR NOT NULL,  -- whose sales are scored, of which time, and what value is
    generation INTEGER NOT NULL   -- that stored them; later ones that change no customer leave them valid
);

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
    value               DECIMAL(38,4) NOT NULL,
    revenue             DECIMAL(38,4) NOT NULL,
    recency_score       TINYINT,
    frequency_score     TINYINT,
    monetary_score      TINYINT,
    rfm_segment         VARCHAR,
    tier                VARCHAR,
    churn_band          VARCHAR,
    churn_probability   DOUBLE,
    lifecycle_stage     VARCHAR
);
