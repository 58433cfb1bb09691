-- Grain: one row per change that a source told of one of its customers. dim_customer is derived from it: what a source
-- said is never overwritten, so versions, merges and splits can be computed again.
CREATE TABLE star.customer_record (
    source              VARCHAR     NOT NULL,  -- the name space of source_id
    source_id           VARCHAR     NOT NULL,
    valid_from          TIMESTAMPTZ NOT NULL,  -- business time from which it is true
    given_name          VARCHAR,
    family_name         VARCHAR,
    email               VARCHAR,
    phone               VARCHAR,
    street              VARCHAR,
    postcode            VARCHAR,
    city                VARCHAR,
    region              VARCHAR,
    country             VARCHAR,
    birth_year          SMALLINT,
    gender              VARCHAR,
    occupation          VARCHAR,
    household_id        VARCHAR,
    language            VARCHAR,
    acquisition_channel VARCHAR,
    registered_on       DATE,
    confirmed_on        DATE,
    is_test             BOOLEAN,
    known_at            TIMESTAMPTZ NOT NULL,
    generation          INTEGER     NOT NULL,
    load_key            INTEGER     NOT NULL,
    source_line         BIGINT      NOT NULL,
    is_timeless         BOOLEAN               -- of attributes without a history: true of all time
);
