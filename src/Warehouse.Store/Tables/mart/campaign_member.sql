-- Grain: one row per launched wave and member of its segment, as it was at the launch: the arm, or why he was left out.
CREATE TABLE mart.campaign_member (
    launch_key      INTEGER       NOT NULL,
    customer_key    INTEGER       NOT NULL,
    arm             VARCHAR,                 -- NULL where the customer was left out
    suppression     VARCHAR,                 -- the first reason to leave him out, in the plan's order; NULL where he was drawn
    reason          VARCHAR       NOT NULL,  -- why he was in the segment
    stratum         VARCHAR       NOT NULL,  -- within which he was drawn; empty where the draw was simple
    value           DECIMAL(38,4) NOT NULL,
    expected_profit DECIMAL(18,4)            -- of treating him, as the plan expected it; NULL where the plan expects nothing
);
