-- Grain: one row per stored membership and member, with the reason as it was then.
CREATE TABLE mart.segment_member (
    build_key    INTEGER NOT NULL,
    customer_key INTEGER NOT NULL,
    reason       VARCHAR NOT NULL
);
