-- Grain: one row per customer: how to reach the person. Apart from dim_customer, for privacy.
CREATE TABLE star.customer_contact (
    customer_key INTEGER     NOT NULL,
    given_name   VARCHAR,
    family_name  VARCHAR,
    email        VARCHAR,
    phone        VARCHAR,
    street       VARCHAR,
    postcode     VARCHAR,
    city         VARCHAR,
    country      VARCHAR,
    known_at     TIMESTAMPTZ NOT NULL,
    generation   INTEGER     NOT NULL,
    load_key     INTEGER     NOT NULL,
    source_line  BIGINT      NOT NULL
);
