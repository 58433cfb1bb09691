-- Grain: one row per version of a customer (slowly changing, type 2); key -1 is the unknown customer.
-- customer_key is the person, for ever; customer_version_key is what was true of the person in [valid_from, valid_to).
-- Names, addresses and numbers are not here: see customer_contact.
CREATE TABLE star.dim_customer (
    customer_version_key INTEGER     NOT NULL,
    customer_key         INTEGER     NOT NULL,
    customer_id          VARCHAR     NOT NULL,  -- the identifier by which people of the company know the customer
    birth_year           SMALLINT,
    gender               VARCHAR,
    occupation           VARCHAR,
    household_id         VARCHAR,
    city                 VARCHAR,
    region               VARCHAR,
    postcode_area        VARCHAR,
    country              VARCHAR,
    language             VARCHAR,
    acquisition_channel  VARCHAR,
    registered_on        DATE,
    confirmed_on         DATE,                  -- when the customer last confirmed the profile
    is_inferred          BOOLEAN     NOT NULL,  -- seen in a fact before any source described the customer
    is_test              BOOLEAN     NOT NULL,
    valid_from           TIMESTAMPTZ NOT NULL,  -- business time, inclusive; 0001-01-01 for the first version
    valid_to             TIMESTAMPTZ NOT NULL,  -- exclusive; 9999-12-31 for the current version
    is_current           BOOLEAN     NOT NULL,
    known_at             TIMESTAMPTZ NOT NULL,  -- when the company knew it
    generation           INTEGER     NOT NULL,
    load_key             INTEGER     NOT NULL,
    source_line          BIGINT      NOT NULL
);
