-- Grain: one row per version of a touch that was corrected or deleted. The company took it for true in [known_at, known_to);
-- readers saw it in the generations from generation on and before ended_generation. star.touch_version holds these and the current ones.
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
    ended_generation     INTEGER       NOT NULL,
    replied_at           TIMESTAMPTZ
);
