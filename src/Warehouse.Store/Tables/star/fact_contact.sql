-- Grain: one row per contact or complaint case, accumulating: its milestones fill as they are reached.
CREATE TABLE star.fact_contact (
    contact_key          BIGINT      NOT NULL,
    contact_id           VARCHAR     NOT NULL,  -- degenerate dimension
    customer_key         INTEGER     NOT NULL,
    customer_version_key INTEGER     NOT NULL,
    channel_key          INTEGER     NOT NULL,
    reason_key           INTEGER     NOT NULL,
    agent_key            INTEGER     NOT NULL,
    product_key          INTEGER     NOT NULL,
    date_key             DATE        NOT NULL,  -- business date of opened_at
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
    satisfaction         TINYINT,               -- 1 to 5; NULL where the customer did not say
    known_at             TIMESTAMPTZ NOT NULL,
    generation           INTEGER     NOT NULL,
    load_key             INTEGER     NOT NULL,
    source_line          BIGINT      NOT NULL,
    identity_key         INTEGER     NOT NULL   -- the identifier in customer_identity by which the source named the person; -1 where it named nobody
);
