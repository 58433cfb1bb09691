-- Grain: one row per customer and campaign wave, treated or control, accumulating.
CREATE TABLE star.fact_touch (
    touch_key            BIGINT        NOT NULL,
    campaign_key         INTEGER       NOT NULL,
    customer_key         INTEGER       NOT NULL,
    customer_version_key INTEGER       NOT NULL,
    date_key             DATE          NOT NULL,  -- business date of assigned_at
    arm                  VARCHAR       NOT NULL,  -- treated or control
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
    identity_key         INTEGER       NOT NULL,  -- the identifier in customer_identity by which the source named the person; -1 where it named nobody
    replied_at           TIMESTAMPTZ
);
