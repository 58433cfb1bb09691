-- Grain: one row per as-of date and customer with an order in [from, as_of).
-- Churn is: no order in [as_of, as_of + 90 days).
CREATE TABLE churn (
    as_of      DATE    NOT NULL,
    person_id  INTEGER NOT NULL,
    best       FLOAT   NOT NULL,  -- the probability given what could be known: no model can do better
    hidden     FLOAT   NOT NULL,  -- the probability given the customer's rate and whether he had left
    has_bought BOOLEAN NOT NULL   -- what happened
);

CREATE VIEW churn_file AS
SELECT as_of, person_id, best, hidden, has_bought FROM churn ORDER BY as_of, person_id;
