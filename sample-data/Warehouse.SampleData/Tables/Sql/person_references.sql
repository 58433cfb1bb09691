-- Grain: one row per person and reference by which files mean the person. Shared e-mail addresses and telephone
-- numbers are there for each who shares them.
CREATE TABLE person_references (
    person_id INTEGER NOT NULL,
    kind      VARCHAR NOT NULL,  -- account, loyalty_id, web_account, email, phone
    reference VARCHAR NOT NULL   -- as it was before any fault; phones as one of the files writes them
);

CREATE VIEW person_references_file AS
SELECT person_id, kind, reference FROM person_references ORDER BY person_id, kind, reference;
