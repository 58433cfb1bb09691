-- What jobs had to be run, and what became of them.
CREATE TABLE ops.job_run (
    job         VARCHAR     NOT NULL,
    due_at      TIMESTAMPTZ NOT NULL,  -- of a run by hand: when it was asked for
    caused_by   VARCHAR     NOT NULL,  -- clock; first sight, of the row from which on a job's due times count; or who ran it by hand
    is_by_hand  BOOLEAN     NOT NULL,
    schedule    VARCHAR     NOT NULL,  -- what the due time follows from
    words       VARCHAR     NOT NULL,  -- of the command line
    attempt     INTEGER     NOT NULL,  -- how often it was begun
    started_at  TIMESTAMPTZ,           -- the last attempt; NULL where none was begun
    finished_at TIMESTAMPTZ,           -- the last attempt; NULL while it is at work
    outcome     VARCHAR,               -- done, reserve, failed, timeout, retry, skipped, interrupted or known; NULL while it is at work
    log         VARCHAR     NOT NULL,
    PRIMARY KEY (job, due_at)
);
