-- Grain: one row per refresh and arm of a wave: what came of it until then, by intention to treat.
CREATE TABLE mart.campaign_progress (
    campaign_key      INTEGER       NOT NULL,
    arm               VARCHAR       NOT NULL,
    refreshed_at      TIMESTAMPTZ   NOT NULL,
    generation        INTEGER       NOT NULL,  -- that it was found in
    is_final          BOOLEAN       NOT NULL,  -- the wave's window had closed: no refresh follows
    customers         BIGINT        NOT NULL,  -- drawn into the arm
    sent              BIGINT        NOT NULL,
    delivered         BIGINT        NOT NULL,
    bounced           BIGINT        NOT NULL,
    opened            BIGINT        NOT NULL,
    clicked           BIGINT        NOT NULL,
    unsubscribed      BIGINT        NOT NULL,
    cost_amount       DECIMAL(38,4) NOT NULL,
    buyers            BIGINT        NOT NULL,  -- with an order in the window so far
    spend             DECIMAL(38,4) NOT NULL,  -- in the window so far, returns taken off
    conversion_uplift DOUBLE,                  -- difference of the share of buyers to the control; NULL of the control, and where it cannot be told
    conversion_low    DOUBLE,                  -- 95 % interval that holds at every look
    conversion_high   DOUBLE,
    spend_uplift      DOUBLE,                  -- difference of the spend per customer
    spend_low         DOUBLE,
    spend_high        DOUBLE,
    replied           BIGINT                   -- messages that were answered; NULL of refreshes before it was counted
);
