-- Grain: one row per launched wave of a campaign: by which plan, for which segment, and what became of the segment's members.
-- Who they are is in mart.campaign_member.
CREATE TABLE ops.campaign_launch (
    launch_key         INTEGER     NOT NULL,
    campaign_key       INTEGER     NOT NULL,  -- the wave in star.dim_campaign
    campaign           VARCHAR     NOT NULL,
    wave               INTEGER     NOT NULL,
    definition         VARCHAR     NOT NULL,  -- SHA-256 of the plan
    segment            VARCHAR     NOT NULL,
    segment_definition VARCHAR     NOT NULL,
    as_of              DATE        NOT NULL,  -- the date that the segment was found for
    launched_at        TIMESTAMPTZ NOT NULL,
    generation         INTEGER     NOT NULL,  -- that it made
    members            BIGINT      NOT NULL,
    treated            BIGINT      NOT NULL,
    control            BIGINT      NOT NULL,
    member_hash        VARCHAR     NOT NULL,  -- SHA-256 of the customers with their arms and reasons, in the order of the customers
    plan               VARCHAR     NOT NULL,  -- the plan's text
    PRIMARY KEY (launch_key)
);
