-- What was sent to whom is kept, and who looked at whom.
CREATE TABLE ops.export (
    export_key     INTEGER     NOT NULL,
    export_id      VARCHAR     NOT NULL,
    kind           VARCHAR     NOT NULL,
    list           VARCHAR     NOT NULL,
    wave           INTEGER     NOT NULL,
    list_definition VARCHAR    NOT NULL,
    as_of          DATE        NOT NULL,
    generation     INTEGER     NOT NULL,
    destination    VARCHAR     NOT NULL,
    definition     VARCHAR     NOT NULL,
    definition_text VARCHAR    NOT NULL,
    is_whole       BOOLEAN     NOT NULL,
    exported_at    TIMESTAMPTZ NOT NULL,
    exported_by    VARCHAR     NOT NULL,
    purpose        VARCHAR,
    row_count      BIGINT      NOT NULL,
    finished_at    TIMESTAMPTZ,
    content_hash   VARCHAR
);

CREATE TABLE ops.export_row (
    export_key   INTEGER   NOT NULL,
    place        BIGINT    NOT NULL,
    customer_key INTEGER   NOT NULL,
    change       VARCHAR   NOT NULL,
    fields       VARCHAR[] NOT NULL
);

CREATE TABLE ops.export_batch (
    export_key   INTEGER     NOT NULL,
    batch        INTEGER     NOT NULL,
    delivered_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE ops.audit_log (
    entry         BIGINT      NOT NULL,
    happened_at   TIMESTAMPTZ NOT NULL,
    actor         VARCHAR     NOT NULL,
    action        VARCHAR     NOT NULL,
    subject       VARCHAR     NOT NULL,
    purpose       VARCHAR,
    detail        VARCHAR     NOT NULL,
    previous_hash VARCHAR     NOT NULL,
    hash          VARCHAR     NOT NULL
);

CREATE TABLE ops.privacy_salt (
    salt VARCHAR NOT NULL
);
