-- Grain: one row per customer of a scoring (as-of date, churn model, version, generation of the data scored). Rows are added, never
-- changed: what was said of a customer stays, whatever another version says of the same date. mart.customer_snapshot shows the
-- version in force.
CREATE TABLE mart.churn_score (
    as_of         DATE          NOT NULL,
    model         VARCHAR       NOT NULL,
    version       INTEGER       NOT NULL,
    generation    INTEGER       NOT NULL,  -- the scoring's in ops.churn_scoring
    customer_key  INTEGER       NOT NULL,  -- the person as known then
    probability   DOUBLE        NOT NULL,  -- of no purchase within the model's horizon
    score         DOUBLE        NOT NULL,  -- raw score before calibration: what the reasons add up to
    band          VARCHAR       NOT NULL,  -- high, medium or low
    expected_loss DECIMAL(18,4) NOT NULL,  -- probability × purchases of the last 365 days
    reasons       VARCHAR                  -- JSON: topics with words and contributions to the score, the largest first; NULL where none were asked for
);
