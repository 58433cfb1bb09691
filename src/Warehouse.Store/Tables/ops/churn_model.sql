-- Grain: one row per trained churn model. Rows are added, never changed: what a model was made of and how good it was stays.
CREATE TABLE ops.churn_model (
    model           VARCHAR     NOT NULL,  -- the name that the definition gives
    version         INTEGER     NOT NULL,  -- counts from 1 within the name
    as_of           DATE,                  -- the date that it was tested at; NULL for a table without dates
    horizon_days    INTEGER,
    generation      INTEGER     NOT NULL,  -- of the data learned from
    definition_hash VARCHAR     NOT NULL,
    definition      VARCHAR     NOT NULL,  -- the text
    learner         VARCHAR     NOT NULL,
    seed            INTEGER     NOT NULL,
    metrics         VARCHAR     NOT NULL,  -- JSON: the training's result
    encoding        VARCHAR     NOT NULL,  -- JSON: how features become columns
    calibration     VARCHAR     NOT NULL,  -- JSON
    reference       VARCHAR     NOT NULL,  -- JSON: how features and scores were spread, to tell drift
    artefact        VARCHAR     NOT NULL,  -- XGBoost's JSON, or the regression's
    sha256          VARCHAR     NOT NULL,  -- of definition_hash, encoding, calibration, reference and artefact
    trained_at      TIMESTAMPTZ NOT NULL,
    trained_by      VARCHAR     NOT NULL,
    PRIMARY KEY (model, version)
);
