-- Launches of campaigns are kept whole, and who asked to be forgotten stays so.
CREATE TABLE ops.campaign_launch (
    launch_key         INTEGER     NOT NULL,
    campaign_key       INTEGER     NOT NULL,
    campaign           VARCHAR     NOT NULL,
    wave               INTEGER     NOT NULL,
    definition         VARCHAR     NOT NULL,
    segment            VARCHAR     NOT NULL,
    segment_definition VARCHAR     NOT NULL,
    as_of              DATE        NOT NULL,
    launched_at        TIMESTAMPTZ NOT NULL,
    generation         INTEGER     NOT NULL,
    members            BIGINT      NOT NULL,
    treated            BIGINT      NOT NULL,
    control            BIGINT      NOT NULL,
    member_hash        VARCHAR     NOT NULL,
    plan               VARCHAR     NOT NULL,
    PRIMARY KEY (launch_key)
);

CREATE TABLE mart.campaign_member (
    launch_key      INTEGER       NOT NULL,
    customer_key    INTEGER       NOT NULL,
    arm             VARCHAR,
    suppression     VARCHAR,
    reason          VARCHAR       NOT NULL,
    stratum         VARCHAR       NOT NULL,
    value           DECIMAL(38,4) NOT NULL,
    expected_profit DECIMAL(18,4)
);

CREATE TABLE ops.forgotten_customer (
    identifier_hash VARCHAR     NOT NULL,
    customer_key    INTEGER     NOT NULL,
    forgotten_at    TIMESTAMPTZ NOT NULL
);
