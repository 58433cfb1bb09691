-- Grain: one row per planted rule and antecedent.
CREATE TABLE basket_rules (
    rule                   VARCHAR NOT NULL,
    kind                   VARCHAR NOT NULL,  -- together, instead, same_season (a pair that only seems to belong together)
    antecedent             VARCHAR NOT NULL,  -- sku
    antecedent_probability DOUBLE  NOT NULL,  -- of an order's having it; of orders of November and December for same_season
    consequent             VARCHAR NOT NULL,
    confidence             DOUBLE  NOT NULL,  -- P(consequent | all antecedents of the rule)
    base                   DOUBLE  NOT NULL   -- P(consequent | not all of them)
);

CREATE VIEW basket_rules_file AS SELECT * FROM basket_rules ORDER BY rule, antecedent;
