-- Grain: one row per customer whom segments can choose among, as of the date of mart.segment_population: what the last build gathered, so
-- that a preview need not. It holds nothing that could not be gathered anew.
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
    allows              VARCHAR,       -- the channels of which marketing may make use, each between bars: |email|phone|
    draw                INTEGER        NOT NULL  -- the MD5 of customer_id modulo 2^31 - 1: by it samples are drawn
);
