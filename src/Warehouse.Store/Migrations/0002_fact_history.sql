-- Facts keep their history: what was corrected or deleted stays answerable as of the time when it was known.
-- What facts of an earlier version do not know, by which identifier the source named the person, is found again where the person has but one.
CREATE TABLE star.customer_identity_numbered (
    source       VARCHAR     NOT NULL,
    source_id    VARCHAR     NOT NULL,
    customer_key INTEGER     NOT NULL,
    rule         VARCHAR     NOT NULL,
    known_at     TIMESTAMPTZ NOT NULL,
    generation   INTEGER     NOT NULL,
    load_key     INTEGER     NOT NULL,
    source_line  BIGINT      NOT NULL,
    identity_key INTEGER     NOT NULL,
    home_key     INTEGER     NOT NULL
);

INSERT INTO star.customer_identity_numbered
SELECT *, row_number() OVER (ORDER BY customer_key, source, source_id) - 1, customer_key FROM star.customer_identity;

DROP TABLE star.customer_identity;
ALTER TABLE star.customer_identity_numbered RENAME TO customer_identity;

ALTER TABLE star.fact_sale ADD COLUMN identity_key INTEGER DEFAULT -1;
ALTER TABLE star.fact_sale ALTER COLUMN identity_key DROP DEFAULT;
ALTER TABLE star.fact_sale ALTER COLUMN identity_key SET NOT NULL;

ALTER TABLE star.fact_contact ADD COLUMN identity_key INTEGER DEFAULT -1;
ALTER TABLE star.fact_contact ALTER COLUMN identity_key DROP DEFAULT;
ALTER TABLE star.fact_contact ALTER COLUMN identity_key SET NOT NULL;

ALTER TABLE star.fact_touch ADD COLUMN identity_key INTEGER DEFAULT -1;
ALTER TABLE star.fact_touch ALTER COLUMN identity_key DROP DEFAULT;
ALTER TABLE star.fact_touch ALTER COLUMN identity_key SET NOT NULL;

ALTER TABLE ops.load ADD COLUMN rows_corrected BIGINT DEFAULT 0;
ALTER TABLE ops.load ALTER COLUMN rows_corrected DROP DEFAULT;
ALTER TABLE ops.load ALTER COLUMN rows_corrected SET NOT NULL;
ALTER TABLE ops.load ADD COLUMN rows_deleted BIGINT DEFAULT 0;
ALTER TABLE ops.load ALTER COLUMN rows_deleted DROP DEFAULT;
ALTER TABLE ops.load ALTER COLUMN rows_deleted SET NOT NULL;

CREATE TABLE star.fact_sale_history (
    sale_key             BIGINT        NOT NULL,
    customer_key         INTEGER       NOT NULL,
    customer_version_key INTEGER       NOT NULL,
    product_key          INTEGER       NOT NULL,
    product_version_key  INTEGER       NOT NULL,
    location_key         INTEGER       NOT NULL,
    channel_key          INTEGER       NOT NULL,
    date_key             DATE          NOT NULL,
    ordered_at           TIMESTAMPTZ   NOT NULL,
    order_id             VARCHAR       NOT NULL,
    line_id              VARCHAR       NOT NULL,
    quantity             DECIMAL(18,4) NOT NULL,
    unit_price           DECIMAL(18,4) NOT NULL,
    gross_amount         DECIMAL(18,4) NOT NULL,
    discount_amount      DECIMAL(18,4) NOT NULL,
    net_amount           DECIMAL(18,4) NOT NULL,
    cost_amount          DECIMAL(18,4),
    original_net_amount  DECIMAL(18,4) NOT NULL,
    currency             VARCHAR       NOT NULL,
    is_return            BOOLEAN       NOT NULL,
    returned_sale_key    BIGINT,
    known_at             TIMESTAMPTZ   NOT NULL,
    generation           INTEGER       NOT NULL,
    load_key             INTEGER       NOT NULL,
    source_line          BIGINT        NOT NULL,
    identity_key         INTEGER       NOT NULL,
    known_to             TIMESTAMPTZ   NOT NULL,
    ended_generation     INTEGER       NOT NULL
);

CREATE TABLE star.fact_contact_history (
    contact_key          BIGINT      NOT NULL,
    contact_id           VARCHAR     NOT NULL,
    customer_key         INTEGER     NOT NULL,
    customer_version_key INTEGER     NOT NULL,
    channel_key          INTEGER     NOT NULL,
    reason_key           INTEGER     NOT NULL,
    agent_key            INTEGER     NOT NULL,
    product_key          INTEGER     NOT NULL,
    date_key             DATE        NOT NULL,
    order_id             VARCHAR,
    opened_at            TIMESTAMPTZ NOT NULL,
    answered_at          TIMESTAMPTZ,
    escalated_at         TIMESTAMPTZ,
    resolved_at          TIMESTAMPTZ,
    reopened_at          TIMESTAMPTZ,
    closed_at            TIMESTAMPTZ,
    is_answered          BOOLEAN     NOT NULL,
    is_resolved          BOOLEAN     NOT NULL,
    is_complaint         BOOLEAN     NOT NULL,
    waiting_seconds      INTEGER,
    talk_seconds         INTEGER,
    satisfaction         TINYINT,
    known_at             TIMESTAMPTZ NOT NULL,
    generation           INTEGER     NOT NULL,
    load_key             INTEGER     NOT NULL,
    source_line          BIGINT      NOT NULL,
    identity_key         INTEGER     NOT NULL,
    known_to             TIMESTAMPTZ NOT NULL,
    ended_generation     INTEGER     NOT NULL
);

CREATE TABLE star.fact_touch_history (
    touch_key            BIGINT        NOT NULL,
    campaign_key         INTEGER       NOT NULL,
    customer_key         INTEGER       NOT NULL,
    customer_version_key INTEGER       NOT NULL,
    date_key             DATE          NOT NULL,
    arm                  VARCHAR       NOT NULL,
    assigned_at          TIMESTAMPTZ   NOT NULL,
    sent_at              TIMESTAMPTZ,
    delivered_at         TIMESTAMPTZ,
    bounced_at           TIMESTAMPTZ,
    opened_at            TIMESTAMPTZ,
    clicked_at           TIMESTAMPTZ,
    converted_at         TIMESTAMPTZ,
    unsubscribed_at      TIMESTAMPTZ,
    cost_amount          DECIMAL(18,4) NOT NULL,
    known_at             TIMESTAMPTZ   NOT NULL,
    generation           INTEGER       NOT NULL,
    load_key             INTEGER       NOT NULL,
    source_line          BIGINT        NOT NULL,
    identity_key         INTEGER       NOT NULL,
    known_to             TIMESTAMPTZ   NOT NULL,
    ended_generation     INTEGER       NOT NULL
);

CREATE TABLE star.sale_deletion (
    order_id    VARCHAR     NOT NULL,
    line_id     VARCHAR     NOT NULL,
    known_at    TIMESTAMPTZ NOT NULL,
    generation  INTEGER     NOT NULL,
    load_key    INTEGER     NOT NULL,
    source_line BIGINT      NOT NULL
);

CREATE TABLE star.contact_deletion (
    contact_id  VARCHAR     NOT NULL,
    known_at    TIMESTAMPTZ NOT NULL,
    generation  INTEGER     NOT NULL,
    load_key    INTEGER     NOT NULL,
    source_line BIGINT      NOT NULL
);

CREATE TABLE star.touch_deletion (
    campaign_key INTEGER     NOT NULL,
    identity_key INTEGER     NOT NULL,
    known_at     TIMESTAMPTZ NOT NULL,
    generation   INTEGER     NOT NULL,
    load_key     INTEGER     NOT NULL,
    source_line  BIGINT      NOT NULL
);

CREATE TABLE star.open_return (
    sale_key          BIGINT  NOT NULL,
    returned_order_id VARCHAR NOT NULL,
    returned_line_id  VARCHAR NOT NULL
);

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

UPDATE star.fact_sale AS fact SET identity_key = one.identity_key
FROM (SELECT customer_key, min(identity_key) AS identity_key FROM star.customer_identity GROUP BY customer_key HAVING count(*) = 1) AS one
WHERE fact.customer_key = one.customer_key;

UPDATE star.fact_contact AS fact SET identity_key = one.identity_key
FROM (SELECT customer_key, min(identity_key) AS identity_key FROM star.customer_identity GROUP BY customer_key HAVING count(*) = 1) AS one
WHERE fact.customer_key = one.customer_key;

UPDATE star.fact_touch AS fact SET identity_key = one.identity_key
FROM (SELECT customer_key, min(identity_key) AS identity_key FROM star.customer_identity GROUP BY customer_key HAVING count(*) = 1) AS one
WHERE fact.customer_key = one.customer_key;
