-- Grain: one row per wave of a campaign; key -1 is the unknown campaign.
CREATE TABLE star.dim_campaign (
    campaign_key     INTEGER       NOT NULL,
    campaign_id      VARCHAR       NOT NULL,
    wave             INTEGER       NOT NULL,
    name             VARCHAR,
    channel          VARCHAR,
    offer            VARCHAR,
    starts_on        DATE,
    ends_on          DATE,                    -- exclusive
    cost_per_contact DECIMAL(18,4),
    is_inferred      BOOLEAN       NOT NULL,
    known_at         TIMESTAMPTZ   NOT NULL,
    generation       INTEGER       NOT NULL,
    load_key         INTEGER       NOT NULL,
    source_line      BIGINT        NOT NULL
);
