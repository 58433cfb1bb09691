-- Grain: one row per foreign currency and date from which a rate holds, until the next.
CREATE TABLE star.exchange_rate (
    currency    VARCHAR       NOT NULL,
    valid_from  DATE          NOT NULL,
    rate        DECIMAL(18,8) NOT NULL,  -- reporting currency for one unit of the foreign one
    generation  INTEGER       NOT NULL,
    load_key    INTEGER       NOT NULL,
    source_line BIGINT        NOT NULL
);
