-- Memberships of segments are stored.
CREATE TABLE mart.segment_build (
    build_key  INTEGER       NOT NULL,
    segment    VARCHAR       NOT NULL,
    definition VARCHAR       NOT NULL,
    as_of      DATE          NOT NULL,
    generation INTEGER       NOT NULL,
    built_at   TIMESTAMPTZ   NOT NULL,
    members    BIGINT        NOT NULL,
    revenue    DECIMAL(38,4) NOT NULL
);

CREATE TABLE mart.segment_member (
    build_key    INTEGER NOT NULL,
    customer_key INTEGER NOT NULL,
    reason       VARCHAR NOT NULL
);
