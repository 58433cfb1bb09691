-- What comes of active campaigns is kept at each refresh.
CREATE TABLE mart.campaign_progress (
    campaign_key      INTEGER       NOT NULL,
    arm               VARCHAR       NOT NULL,
    refreshed_at      TIMESTAMPTZ   NOT NULL,
    generation        INTEGER       NOT NULL,
    is_final          BOOLEAN       NOT NULL,
    customers         BIGINT        NOT NULL,
    sent              BIGINT        NOT NULL,
    delivered         BIGINT        NOT NULL,
    bounced           BIGINT        NOT NULL,
    opened            BIGINT        NOT NULL,
    clicked           BIGINT        NOT NULL,
    unsubscribed      BIGINT        NOT NULL,
    cost_amount       DECIMAL(38,4) NOT NULL,
    buyers            BIGINT        NOT NULL,
    spend             DECIMAL(38,4) NOT NULL,
    conversion_uplift DOUBLE,
    conversion_low    DOUBLE,
    conversion_high   DOUBLE,
    spend_uplift      DOUBLE,
    spend_low         DOUBLE,
    spend_high        DOUBLE
);
